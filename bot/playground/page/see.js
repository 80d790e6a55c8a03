/** What does this person see now, and who wants to know when it changes? */

import { place } from "./place.js";
import { Refused, server } from "./server.js";

/** @type {import("./server.js").Seen|null} */
let seen = null;
let seenAt = 0;
let stream = null;
let fetching = null;
let again = false;
const watchers = [];
const troubleWatchers = [];
let whenGone = () => {};

/** The latest picture. Only ask after the first `start`. */
export const world = () => seen;

export const member = (id) => seen.members.find((each) => each.id === id);

export const channel = (id) => seen.channels.find((each) => each.id === id);

/** The name by which the workspace knows this person; an unknown id stays visible as it is. */
export function nameOf(id) {
  if (id === seen.workspace.bot_user_id) return seen.workspace.app_name;
  const found = member(id);
  return found ? found.real_name || found.name : id;
}

/** A channel's name as people say it: `#general`, or the other person's name. */
export function channelName(each) {
  return each.is_im ? nameOf(each.with) : `#${each.name}`;
}

export const botChannel = () => seen.channels.find((each) => each.is_im && each.with === seen.workspace.bot_user_id);

/** The time in the playground; it runs on between two looks. */
export const now = () => new Date(Date.parse(seen.now) + performance.now() - seenAt);

/** Call `watcher()` after every change. */
export function watch(watcher) {
  watchers.push(watcher);
}

/** Call `watcher(isReachable)` when the server goes away or comes back. */
export function watchServer(watcher) {
  troubleWatchers.push(watcher);
}

/** Call `handler()` when this person is no longer a member: after a reset everybody has a new id. */
export function watchGone(handler) {
  whenGone = handler;
}

/** Draw the same picture once more, for example after a step to another channel. */
export function redraw() {
  if (seen) watchers.forEach((watcher) => watcher());
}

/** Look again; what stands in the way is told to those who watch the server. */
export const look = () => lookOrFail().catch(lookFailed);

/** Calls that arrive while a look is under way are answered together by one more. */
async function lookOrFail() {
  if (fetching) {
    again = true;
    return fetching;
  }
  fetching = lookUntilSettled().finally(() => (fetching = null));
  return fetching;
}

async function lookUntilSettled() {
  do {
    again = false;
    const who = place.who();
    const picture = await server.see(who);
    if (who !== place.who()) again = true;
    else keep(picture);
  } while (again);
  redraw();
}

function keep(picture) {
  seen = picture;
  seenAt = performance.now();
}

/** Look through this person's eyes from now on. */
export async function start() {
  stream?.close();
  stream = server.stream(place.who());
  stream.onmessage = look;
  stream.onopen = () => tellServer(true);
  stream.onerror = streamFailed;
  await lookOrFail();
}

/** Hear of no more changes until the next `start`. */
export function stop() {
  stream?.close();
}

/** The browser tries again by itself, unless the server has answered with a refusal. */
function streamFailed() {
  tellServer(false);
  if (stream.readyState === EventSource.CLOSED) look();
}

function lookFailed(error) {
  if (!(error instanceof Refused)) throw error;
  if (error.error === "unknown_member") whenGone();
  else tellServer(false);
}

function tellServer(isReachable) {
  troubleWatchers.forEach((watcher) => watcher(isReachable));
}
