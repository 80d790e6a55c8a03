/** What stands above everything: the place, the person, the state of the bot and of the server. */

import { h, render } from "./dom.js";
import { place } from "./place.js";
import { botChannel, channel, channelName, nameOf, world } from "./see.js";
import { openShortcuts } from "./shortcuts.js";

const picker = document.getElementById("who");
const offline = document.getElementById("offline");

export function prepareTopbar() {
  picker.addEventListener("change", () => place.become(picker.value));
  document.getElementById("shortcuts").addEventListener("click", ({ currentTarget }) => openShortcuts(currentTarget));
}

/** Draw the bar, the title of the window, the note about a bot that is away, and what is to be done first. */
export function drawTopbar() {
  const { me, workspace, advice, bot_connected: isConnected } = world();
  document.getElementById("workspace").textContent = workspace.name;
  drawPicker(me);
  drawPlaceHead();
  const note = document.getElementById("bot-away");
  note.hidden = isConnected;
  note.textContent = isConnected ? "" : `${workspace.app_name} is not connected, so nothing answers yet. `
    + "Start it; this note goes away by itself.";
  const advised = document.getElementById("advice");
  advised.hidden = !advice;
  advised.textContent = advice;
  document.title = `${placeName()} · ${nameOf(me.id)} · Playground`;
  document.getElementById("second-window").href = `?as=${encodeURIComponent(someoneElse(me.id))}`;
}

function drawPicker(me) {
  const people = world().members.filter((each) => !each.is_bot);
  render(picker, people.map((each) => h("option", { key: each.id, value: each.id, disabled: each.deleted },
    nameOf(each.id), roleOf(each))));
  picker.value = me.id;
}

function roleOf({ deleted, is_admin: isAdmin, is_restricted: isGuest }) {
  if (deleted) return " (deactivated)";
  if (isAdmin) return " (admin)";
  return isGuest ? " (guest)" : "";
}

const someoneElse = (id) => world().members.find((each) => each.id !== id && !each.is_bot && !each.deleted)?.id ?? id;

function placeName() {
  if (place.isHome()) return `${world().workspace.app_name} Home`;
  const open = channel(place.channel());
  return open ? channelName(open) : "Playground";
}

/** The app has two sides, as in Slack: its Home and its messages. */
function drawPlaceHead() {
  const bot = botChannel();
  const isApp = place.isHome() || (bot && place.channel() === bot.id);
  render(document.getElementById("place-head"),
    h("h1", {}, isApp ? world().workspace.app_name : placeName()),
    isApp && bot && h("div", { class: "sides", role: "group", "aria-label": "Sides of the app" },
      side("Home", "home", place.isHome()), side("Messages", bot.id, !place.isHome())));
}

function side(name, to, isHere) {
  return h("button", { type: "button", "aria-pressed": String(isHere), on: { click: () => place.go(to) } }, name);
}

/** Say when the playground's server has gone, and take it back when it is there again. */
export function drawServerState(isReachable) {
  offline.hidden = isReachable;
}
