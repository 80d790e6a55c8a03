/** What is shown of the open channel and of the open thread? */

import { h, render } from "./dom.js";
import { inChannel, inThread, messageRows } from "./message.js";
import { announce } from "./notices.js";
import { place } from "./place.js";
import { channel, channelName, nameOf, world } from "./see.js";
import { server } from "./server.js";
import { closeButton } from "./dialog.js";

const NEAR_THE_END_PX = 60;
const log = document.getElementById("log");
const thread = document.getElementById("thread");
const threadLog = document.getElementById("thread-log");
const PAGE_OF_MESSAGES = 100;
const beingRead = new Set();
let newest = null;

/** How many messages are drawn; the earlier ones come when they are asked for. */
const drawn = { where: "", count: PAGE_OF_MESSAGES };

/** Draw the channel and, beside it, the thread. */
export function drawConversation() {
  const open = place.isHome() ? null : channel(place.channel());
  log.hidden = !open;
  if (open) {
    drawList(log, `${world().me.id} ${open.id}`, channelRows(open));
    log.setAttribute("aria-label", `Messages in ${channelName(open)}`);
    markRead(open);
  }
  drawThread(open);
  tellNews();
}

function channelRows(open) {
  const messages = inChannel(open);
  if (messages.length === 0) return [emptyRow(open)];
  if (drawn.where !== open.id) Object.assign(drawn, { where: open.id, count: PAGE_OF_MESSAGES });
  const earlier = Math.max(0, messages.length - drawn.count);
  return [earlier > 0 && earlierRow(earlier), messageRows(open, messages.slice(earlier), "channel")];
}

function earlierRow(count) {
  const show = () => {
    drawn.count += PAGE_OF_MESSAGES;
    drawConversation();
  };
  return h("li", { key: "earlier", class: "empty" },
    h("button", { type: "button", on: { click: show } }, `Show earlier messages (${count})`));
}

function emptyRow(open) {
  const text = open.is_im
    ? `This is the start of your messages with ${channelName(open)}.`
    : `Nothing has been said in ${channelName(open)} yet.`;
  return h("li", { class: "empty" }, text);
}

function drawThread(open) {
  const ts = open && place.thread();
  const messages = ts ? inThread(open, ts) : [];
  thread.hidden = messages.length === 0;
  document.body.classList.toggle("with-thread", messages.length > 0);
  if (messages.length === 0) return;
  render(document.getElementById("thread-head"), h("h2", {}, "Thread"),
    h("small", {}, channelName(open)), closeButton(() => place.go(open.id), "Close thread"));
  drawList(threadLog, `${world().me.id} ${open.id} ${ts}`, messageRows(open, messages, "thread"));
}

/** A list stays at its end when it was there; otherwise it stays where the person reads. */
function drawList(scroller, what, rows) {
  const list = scroller.querySelector("ol");
  const isOther = scroller.dataset.shows !== what;
  scroller.dataset.shows = what;
  if (isOther) list.replaceChildren();
  render(list, rows);
  if (isOther || follows(scroller)) toEnd(scroller);
}

/** Pictures arrive later than their message, and the window changes its size: the end stays in sight then too. */
export function prepareConversation() {
  for (const scroller of [log, threadLog]) {
    scroller.addEventListener("scroll", scrolled(scroller));
    const observer = new ResizeObserver(() => follows(scroller) && toEnd(scroller));
    observer.observe(scroller);
    observer.observe(scroller.querySelector("ol"));
  }
}

/** Only a step up means that somebody wants to read there; what grows below does not. */
function scrolled(scroller) {
  let before = 0;
  return () => {
    const isUp = scroller.scrollTop < before;
    before = scroller.scrollTop;
    if (isAtEnd(scroller)) scroller.classList.add(FOLLOWS);
    else if (isUp) scroller.classList.remove(FOLLOWS);
  };
}

const FOLLOWS = "follows";
const follows = (scroller) => scroller.classList.contains(FOLLOWS);
const isAtEnd = (scroller) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_THE_END_PX;

function toEnd(scroller) {
  scroller.scrollTop = scroller.scrollHeight;
  scroller.classList.add(FOLLOWS);
}

/** After somebody has sent something they want to see it. */
export function showEnd(inThisThread) {
  toEnd(inThisThread ? threadLog : log);
}

async function markRead({ id, unread }) {
  if (!unread || beingRead.has(id) || document.hidden) return;
  beingRead.add(id);
  await server.act(place.who(), { do: "read", channel: id }).catch(() => null);
  beingRead.delete(id);
}

/** Say aloud what others have written since the last look. */
function tellNews() {
  const { me, channels } = world();
  const all = channels.flatMap((each) => each.messages.map((message) => ({ ...message, in: each })));
  const last = all.reduce((latest, { ts }) => (ts > latest ? ts : latest), "");
  const since = newest?.who === me.id ? newest.last : last;
  const news = all.filter(({ ts, user }) => ts > since && user !== me.id);
  newest = { who: me.id, last };
  if (news.length > 0) announce(news.map(spoken).join(" "));
}

function spoken({ user, bot_id: bot, text, in: where, ephemeral }) {
  const privately = ephemeral ? ", only visible to you" : "";
  return `${nameOf(user ?? bot ?? "somebody")} in ${channelName(where)}${privately}: ${text ?? ""}`;
}
