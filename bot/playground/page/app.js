/** What happens when the page opens, and when something changes? */

import { attempt } from "./act.js";
import { drawClock, prepareClock } from "./clock.js";
import { Composer } from "./composer.js";
import { drawConversation, prepareConversation } from "./conversation.js";
import { prepareDrawer } from "./drawer.js";
import { drawHome } from "./home.js";
import { drawModal, prepareModal } from "./modal.js";
import { place } from "./place.js";
import { botChannel, channel, redraw, start, watch, watchServer, world } from "./see.js";
import { server } from "./server.js";
import { askForReset, drawSidebar } from "./sidebar.js";
import { drawServerState, drawTopbar, prepareTopbar } from "./topbar.js";

const composers = [
  new Composer(document.getElementById("composer"), { inThread: false }),
  new Composer(document.getElementById("thread-composer"), { inThread: true }),
];
let who = null;

/** An address without a known member or place leads to the first of them. */
async function findSomebody() {
  const { members } = await server.info();
  const people = members.filter((each) => !each.is_bot && !each.deleted);
  const known = people.some(({ id }) => id === place.who());
  if (!known && people.length > 0) place.settle(people[0].id, place.channel());
}

function findPlace() {
  if (place.isHome() || channel(place.channel())) return;
  const somewhere = botChannel() ?? world().channels.find((each) => !each.is_archived);
  if (somewhere) place.settle(world().me.id, somewhere.id);
}

function draw() {
  findPlace();
  drawTopbar();
  drawClock();
  drawSidebar();
  drawConversation();
  drawHome();
  drawModal();
  composers.forEach((composer) => composer.draw());
  document.body.classList.add("ready");
}

/** A step in the address: another person means another look, another place only another drawing. */
async function moved() {
  if (place.who() === who) return redraw();
  await attempt(findSomebody);
  who = place.who();
  if (who) await attempt(start);
}

function prepare() {
  prepareTopbar();
  prepareClock();
  prepareDrawer();
  prepareModal();
  prepareConversation();
  document.getElementById("reset").addEventListener("click", askForReset);
  watch(draw);
  watchServer(drawServerState);
  addEventListener("popstate", moved);
  document.addEventListener("visibilitychange", redraw);
}

prepare();
moved();
