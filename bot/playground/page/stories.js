/** How is an empty workspace filled with what people did in it, where somebody can tell of it? */

import { attempt, whileBusy } from "./act.js";
import { shortMoment } from "./dates.js";
import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { say } from "./notices.js";
import { look, now, world } from "./see.js";
import { server } from "./server.js";

const button = document.getElementById("story");

export function prepareStories() {
  button.addEventListener("click", openStories);
}

/** The offer goes once it was taken. */
export function drawStories() {
  button.hidden = !world().stories.length;
}

function openStories() {
  openDialog("Fill with a story", (close) => [
    h("p", {}, "Three pairs live through a quarter: goals, tries, answers, and what they found out. "
      + "The clock moves on with them, and cannot go back. It takes a few seconds."),
    h("div", { class: "presets" }, world().stories.map(({ name, label }) =>
      h("button", { type: "button", on: { click: ({ currentTarget }) => tell(currentTarget, name, close) } },
        h("span", {}, label)))),
  ], { className: "narrow" });
}

function tell(node, name, close) {
  return whileBusy(node, async () => {
    const told = await attempt(() => server.tellStory(name));
    if (!told) return;
    close();
    await look();
    say(`A quarter has passed: it is ${shortMoment(now(), world().me)}. Open Home as Tom, Mira or Ada.`);
  });
}
