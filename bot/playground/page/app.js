/** What happens when the page opens, and when something changes? */

import { attempt } from "./act.js";
import { drawClock, prepareClock } from "./clock.js";
import { Composer } from "./composer.js";
import { drawConversation, prepareConversation } from "./conversation.js";
import { prepareDrawer } from "./drawer.js";
import { drawHome } from "./home.js";
import { drawModal, prepareModal } from "./modal.js";
import { clearNotices } from "./notices.js";
import { place } from "./place.js";
import { botChannel, channel, redraw, start, watch, watchGone, watchServer, world } from "./see.js";
import { server } from "./server.js";
import { askForReset, drawSidebar } from "./sidebar.js";
import { drawStories, prepareStories } from "./stories.js";
import { drawServerState, drawTopbar, prepareTopbar } from "./topbar.js";

const composers = [
  new Composer(document.getElementById("composer"), { inThread: false }),
  new Composer(document.getElementById("thread-composer"), { inThread: true }),
];
let who;

/** An address without a known member leads to the person of the same name as before, or else to the first. */
async function findSomebody() {
  const { members } = await server.info();
  const people = members.filter((each) => !each.is_bot && !each.deleted);
  if (people.some(({ id }) => id === place.who())) return;
  const found = people.find(({ name }) => name === world()?.me.name) ?? people[0];
  if (found) place.settle(found.id, place.channel());
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
  drawStories();
  drawConversation();
  drawHome();
  drawModal();
  composers.forEach((composer) => composer.draw());
  document.body.classList.add("ready");
}

/** A step in the address: another person means another look, another place only another drawing. */
async function moved() {
  clearNotices();
  if (place.who() === who) return redraw();
  return begin();
}

async function begin() {
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
  prepareStories();
  document.getElementById("reset").addEventListener("click", () => askForReset(begin));
  watch(draw);
  watchServer(drawServerState);
  watchGone(begin);
  addEventListener("popstate", moved);
  document.addEventListener("visibilitychange", redraw);
}

prepare();
moved();
