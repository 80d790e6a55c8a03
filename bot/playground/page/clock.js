/** What time is it in the playground, and how does a person move on to a later moment? */

import { attempt, whileBusy } from "./act.js";
import { fieldValue, instantOf, readField, shortMoment, wallClock } from "./dates.js";
import { openDialog } from "./dialog.js";
import { h, icon, render } from "./dom.js";
import { say } from "./notices.js";
import { look, now, world } from "./see.js";
import { server } from "./server.js";

const CLOCK = "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM10 6v4l3 2";
const HOUR_MS = 3_600_000;
const TUESDAY = 2;
const button = document.getElementById("clock");

const TICK_MS = 10_000;

export function prepareClock() {
  button.addEventListener("click", openClock);
  setInterval(() => world() && drawClock(), TICK_MS);
}

/** The time of the playground, in this person's own zone. */
export function drawClock() {
  const { me } = world();
  const text = shortMoment(now(), me);
  button.title = `It is ${text} in ${me.tz}. Move the clock…`;
  render(button, icon(CLOCK), h("span", { class: "for-reader" }, "Move the clock, now "), h("span", {}, text));
}

/** The steps that show most of what a bot does by itself. */
function presets(current, zone) {
  const today = wallClock(current, zone);
  const day = (days, hour) => instantOf({ ...today, day: today.day + days, hour, minute: 0 }, zone);
  const weekday = new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay();
  const toTuesday = (TUESDAY - weekday + 7) % 7;
  const tuesday = day(toTuesday, 10) > current ? day(toTuesday, 10) : day(toTuesday + 7, 10);
  return [
    ["+1 hour", new Date(current.getTime() + HOUR_MS)],
    ["Tomorrow 9:00", day(1, 9)],
    ["Next Tuesday 10:00", tuesday],
    ["+1 week", instantOf({ ...today, day: today.day + 7 }, zone)],
  ];
}

function openClock() {
  const { me } = world();
  const current = now();
  openDialog("Move the clock to…", (close) => [
    h("p", {}, `It is ${shortMoment(current, me)} for you (${me.tz}). What falls due on the way happens at once. `
      + "Time only moves forward."),
    h("div", { class: "presets" }, presets(current, me.tz).map(([name, to]) => preset(name, to, close))),
    momentForm(current, close),
  ], { className: "narrow" });
}

function preset(name, to, close) {
  return h("button", { type: "button", on: { click: ({ currentTarget }) => move(currentTarget, to, close) } },
    h("span", {}, name), h("small", {}, shortMoment(to, world().me)));
}

function momentForm(current, close) {
  const zone = world().me.tz;
  const field = h("input", { id: "clock-moment", type: "datetime-local", required: true,
    min: fieldValue(current, zone), value: fieldValue(new Date(current.getTime() + 24 * HOUR_MS), zone) });
  const submit = (event) => {
    event.preventDefault();
    move(event.currentTarget, readField(field.value, zone), close);
  };
  return h("form", { class: "row", on: { submit } },
    h("label", { for: field.id }, "Or to"), field, h("button", { type: "submit", class: "primary" }, "Move"));
}

function move(node, to, close) {
  return whileBusy(node, async () => {
    const moved = await attempt(() => server.moveClock(to.toISOString()));
    if (!moved) return;
    close();
    await look();
    say(`It is ${shortMoment(now(), world().me)} now.`);
  });
}
