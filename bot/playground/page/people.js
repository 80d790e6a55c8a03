/** How does a person begin to write to somebody for the first time? */

import { act } from "./act.js";
import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { closeDrawer } from "./drawer.js";
import { matching, people } from "./picks.js";
import { place } from "./place.js";
import { world } from "./see.js";

/** Ask for the person, then go to the messages with them. */
export function askForPerson() {
  openDialog("Write to somebody", (close) => [h("div", { class: "input" },
    h("label", { class: "label", for: "new-person" }, "Who?"),
    h("pick-list", { config: settings(close) }))], { className: "narrow" });
}

function settings(close) {
  const others = () => people().filter(({ value }) => value !== world().me.id);
  return {
    inputId: "new-person", placeholder: "A name", multiple: false, start: [], isInput: false, focus: true,
    find: (query) => matching(others(), query),
    tell: async ({ value }) => {
      close();
      await writeTo(value);
      return true;
    },
  };
}

/** Reading opens the conversation in the playground, as opening it does in Slack. */
async function writeTo(id) {
  await act({ do: "read", channel: id });
  const found = world().channels.find((each) => each.is_im && each.with === id);
  closeDrawer();
  if (!found) return;
  place.go(found.id);
  document.getElementById("composer-text").focus();
}
