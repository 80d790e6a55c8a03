/** How is a person told something that is not a message: a refusal, a broken connection, a new message? */

import { closeButton } from "./dialog.js";
import { h, render } from "./dom.js";

const region = document.getElementById("notices");
let notices = [];
let counter = 0;

/**
 * Show a note until it is dismissed, or for a while if it is only for information.
 *
 * @param {string} text
 * @param {"status"|"alert"} role
 */
export function say(text, role = "status") {
  const notice = { id: `notice-${++counter}`, text, role };
  notices = [...notices.filter((each) => each.text !== text), notice].slice(-3);
  drawNotices();
  if (role === "status") setTimeout(() => dismiss(notice), 6000);
}

/** Take all notes away: the person has gone on. */
export function clearNotices() {
  notices = [];
  drawNotices();
}

function dismiss(notice) {
  notices = notices.filter((each) => each !== notice);
  drawNotices();
}

/** The notes live inside the topmost open dialog, because everything outside of it cannot be reached. */
export function drawNotices() {
  const top = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  if (region.parentElement !== top) top.append(region);
  render(region, notices.map(noticeLine));
}

function noticeLine(notice) {
  return h("div", { key: notice.id, class: `notice ${notice.role}`, role: notice.role },
    h("p", {}, notice.text), closeButton(() => dismiss(notice), "Dismiss"));
}

/** Tell a screen reader, without showing anything. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}
