/** How does a person fill in the bot's forms, one above the other? */

import { act, complaints, whileBusy } from "./act.js";
import { blocks } from "./blocks.js";
import { closeButton } from "./dialog.js";
import { h, render } from "./dom.js";
import { plainString } from "./mrkdwn.js";
import { drawNotices } from "./notices.js";
import { world } from "./see.js";
import { typedIn, wrongIn } from "./typed.js";

const dialog = document.getElementById("form");
const stack = document.getElementById("form-stack");
const FIELDS = "input:not([type=hidden]), textarea, select";

/** What the last attempt to send each view came to. @type {Map<string, {errors: Record<string, string>, whole?: string[]}>} */
const outcomes = new Map();
let shown = null;

/** Escape closes the top form only, and the bot hears of it where it asked to. */
export function prepareModal() {
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    const top = world().views.at(-1);
    if (top) close(top);
  });
}

/** Draw all forms of the stack; those below stay as they were typed, out of sight. */
export function drawModal() {
  const { views } = world();
  forgetClosed(views);
  render(stack, views.map((view, at) => form(view, at, views.length)));
  const top = views.at(-1);
  if (!top) return leave();
  dialog.setAttribute("aria-labelledby", titleId(top));
  if (!dialog.open) enter();
  if (shown !== top.id) focusFirst(top);
  shown = top.id;
}

function enter() {
  dialog.showModal();
  drawNotices();
}

function leave() {
  shown = null;
  if (!dialog.open) return;
  dialog.close();
  drawNotices();
}

function forgetClosed(views) {
  for (const id of outcomes.keys()) {
    if (!views.some((view) => view.id === id)) outcomes.delete(id);
  }
}

const titleId = ({ id }) => `title-${id}`;

function form(view, at, count) {
  const isTop = at === count - 1;
  const { errors = {}, whole = [] } = outcomes.get(view.id) ?? {};
  const surface = { id: `view-${view.id}`, where: { view_id: view.id }, heading: "h3", state: view.state?.values ?? {}, errors };
  return h("form", { key: view.id, id: `form-${view.id}`, class: "form", novalidate: true, hidden: !isTop,
    on: { submit: (event) => submit(event, view) } },
    h("header", {},
      h("h2", { id: titleId(view) }, plainString(view.title)),
      count > 1 && h("small", {}, `Form ${at + 1} of ${count}`),
      closeButton(() => close(view))),
    h("div", { class: "body", tabindex: "-1", "data-anchor": true },
      whole.map((text) => h("p", { class: "error whole", role: "alert" }, text)),
      blocks(view.blocks, surface)),
    h("footer", {},
      h("button", { type: "button", on: { click: () => close(view) } }, plainString(view.close) || (view.submit ? "Cancel" : "Close")),
      view.submit && h("button", { type: "submit", class: "primary" }, plainString(view.submit))));
}

async function submit(event, view) {
  event.preventDefault();
  const node = event.currentTarget;
  const wrong = wrongIn(node);
  if (Object.keys(wrong).length > 0) return show(view, { errors: wrong });
  await whileBusy(node, async () => {
    const answer = await act({ do: "submit", view_id: view.id, values: typedIn(node) });
    if (answer) show(view, { errors: answer.errors ?? {}, whole: complaints(answer) });
  });
}

/** Show how sending went, and lead to the first field that needs another look. */
function show(view, outcome) {
  outcomes.set(view.id, outcome);
  drawModal();
  const node = document.getElementById(`form-${view.id}`);
  const invalid = node?.querySelector("[aria-invalid=true]");
  if (!invalid) return;
  (invalid.matches(FIELDS) ? invalid : invalid.querySelector(FIELDS))?.focus();
}

function close(view) {
  return act({ do: "close", view_id: view.id });
}

function focusFirst({ id }) {
  const node = document.getElementById(`form-${id}`);
  const target = node.querySelector("[autofocus]") ?? node.querySelector(`.body :is(${FIELDS}), .body button`);
  (target ?? node.querySelector("footer button:last-child")).focus();
}
