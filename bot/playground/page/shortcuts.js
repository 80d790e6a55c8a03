/** Which shortcuts does the bot offer, and how does a person run one? */

import { act } from "./act.js";
import { openMenu } from "./menu.js";
import { say } from "./notices.js";
import { world } from "./see.js";

/** @param {"global"|"message"} type */
export const shortcutsFor = (type) => world().shortcuts.filter((each) => each.type === type);

/** Open the list of global shortcuts at the button in the top bar. */
export function openShortcuts(button) {
  const items = shortcutsFor("global").map(({ name, description, callback_id: id }) => ({
    label: name,
    detail: description,
    pick: () => act({ do: "shortcut", callback_id: id }),
  }));
  if (items.length > 0) openMenu(button, "Shortcuts", items);
  else say("The bot offers no global shortcuts.");
}

export function runMessageShortcut({ callback_id: id }, channel, { ts }) {
  return act({ do: "message_shortcut", callback_id: id, channel: channel.id, ts });
}
