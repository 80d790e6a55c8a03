/** Where can this person go? */

import { attempt } from "./act.js";
import { confirm } from "./dialog.js";
import { h, icon, render } from "./dom.js";
import { closeDrawer } from "./drawer.js";
import { say } from "./notices.js";
import { askForPerson } from "./people.js";
import { place } from "./place.js";
import { botChannel, channelName, stop, world } from "./see.js";
import { server } from "./server.js";

const PLUS = "M10 4v12M4 10h12";
const HOUSE = "M3 9.5 10 4l7 5.5V16H12v-4H8v4H3Z";

/** Draw the list of places. */
export function drawSidebar() {
  const { channels, workspace } = world();
  const bot = botChannel();
  const open = channels.filter((each) => !each.is_archived);
  render(document.getElementById("places"),
    group("App", [homeItem(workspace.app_name), bot && channelItem(bot)]),
    group("Channels", open.filter((each) => !each.is_im).map(channelItem)),
    group("Direct messages", open.filter((each) => each.is_im && each !== bot).map(channelItem), newMessageButton()));
}

function group(title, items, beside) {
  return h("section", { key: title, "aria-label": title },
    h("div", { class: "group-head" }, h("h2", {}, title), beside), h("ul", {}, items.filter(Boolean)));
}

const newMessageButton = () => h("button", { type: "button", class: "quiet", "aria-label": "Write to somebody",
  title: "Write to somebody", on: { click: askForPerson } }, icon(PLUS));

function homeItem(appName) {
  return placeItem("home", [icon(HOUSE), h("span", {}, `${appName} Home`)], place.isHome());
}

function channelItem(each) {
  const count = each.unread > 0 && h("span", { class: "unread" }, String(each.unread), h("span", { class: "for-reader" }, " unread"));
  const name = h("span", {}, channelName(each));
  return placeItem(each.id, [name, count], place.channel() === each.id, each.unread > 0);
}

function placeItem(to, content, isHere, isNew) {
  const go = () => {
    closeDrawer();
    place.go(to);
  };
  return h("li", { key: to }, h("button", { type: "button", class: isNew ? "place new" : "place",
    "aria-current": isHere ? "page" : false, on: { click: go } }, content));
}

/**
 * Ask, then begin again with an empty workspace.
 *
 * @param {() => Promise<void>} startAgain as the same person, who has a new id then
 */
export async function askForReset(startAgain) {
  const agreed = await confirm({
    title: "Begin again?",
    text: "All messages and open forms of this playground go. What the bot has stored elsewhere stays.",
    confirm: "Begin again",
    deny: "Keep it",
    danger: true,
  });
  if (!agreed) return;
  stop();
  const done = await attempt(server.reset);
  await startAgain();
  if (done) say("The playground is empty again.");
}
