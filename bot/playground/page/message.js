/** How is one message shown, and what can be done with it? */

import { act } from "./act.js";
import { avatar } from "./avatar.js";
import { blocks } from "./blocks.js";
import { dayOf, instantOfTs, shortMoment, timeOf } from "./dates.js";
import { h, icon } from "./dom.js";
import { QUICK_REACTIONS, emojiCharacter } from "./emoji.js";
import { openMenu } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { place } from "./place.js";
import { member, nameOf, now, world } from "./see.js";
import { runMessageShortcut, shortcutsFor } from "./shortcuts.js";

const REPLY = "M17 10c0 3-3 5-7 5-1 0-2-.1-3-.5L3 16l1-3c-.7-.8-1-1.8-1-3 0-3 3-5 7-5s7 2 7 5Z";
const SMILE = "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM7 12c1.5 2 4.5 2 6 0M7.5 8h.01M12.5 8h.01";
const DOTS = "M4 9a1 1 0 1 0 0 2 1 1 0 0 0 0-2ZM10 9a1 1 0 1 0 0 2 1 1 0 0 0 0-2ZM16 9a1 1 0 1 0 0 2 1 1 0 0 0 0-2Z";

const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

/** What stands in the channel itself: replies only show in their thread. */
export const inChannel = ({ messages }) => messages.filter((each) => !isReply(each));

/** The message that a thread hangs on, and its replies. */
export const inThread = ({ messages }, ts) => messages.filter((each) => each.ts === ts || each.thread_ts === ts);

/**
 * Messages under the days on which they came.
 *
 * @param {import("./server.js").Channel} channel
 * @param {import("./server.js").Message[]} messages
 * @param {string} list tells the places apart where the same message is shown twice
 */
export function messageRows(channel, messages, list) {
  const { me } = world();
  let before = null;
  return messages.flatMap((each) => {
    const day = dayOf(instantOfTs(each.ts), me, now());
    const rows = [day !== before && dayRow(day, list), messageRow(channel, each, list)];
    before = day;
    return rows;
  });
}

const dayRow = (day, list) => h("li", { key: `${list} ${day}`, class: "day" }, h("span", {}, day));

function messageRow(channel, message, list) {
  const author = authorOf(message);
  const classes = message.ephemeral ? "message ephemeral" : "message";
  return h("li", { key: message.ts, class: classes, tabindex: "-1", "data-anchor": true, "data-ts": message.ts },
    avatar(message.user ?? message.bot_id ?? "", author),
    h("article", { "aria-label": `${author}, ${shortMoment(instantOfTs(message.ts), world().me)}` },
      message.ephemeral && h("p", { class: "only-you" }, "Only visible to you"),
      byline(message, author),
      content(channel, message, list),
      reactions(channel, message),
      list === "channel" && replies(channel, message)),
    !message.ephemeral && tools(channel, message, author));
}

const authorOf = (message) => message.username || nameOf(message.user ?? message.bot_id ?? "somebody");

function byline(message, author) {
  const instant = instantOfTs(message.ts);
  const isApp = message.bot_id || member(message.user)?.is_bot;
  return h("header", {},
    h("strong", {}, author),
    isApp && h("span", { class: "tag" }, "app"),
    h("time", { datetime: instant.toISOString(), title: shortMoment(instant, world().me) }, timeOf(instant, world().me)),
    message.edited && h("small", {}, "(edited)"));
}

/** Slack makes rich text of a plain text by itself; the text says the same, and more closely. */
function content(channel, message, list) {
  const own = (message.blocks ?? []).filter((block) => !(block.type === "rich_text" && block.block_id === "text"));
  const surface = {
    id: `${list}-${message.ts}`,
    where: { channel: channel.id, ts: message.ts },
    heading: "h2",
    state: message.state?.values ?? {},
    errors: {},
  };
  return [
    own.length > 0 ? blocks(own, surface) : h("div", { class: "text" }, mrkdwn(message.text ?? "")),
    message.files?.map(fileLink),
    message.attachments?.map((each, at) => attachment(each, { ...surface, id: `${surface.id}-${at}` })),
  ];
}

/** A file, opened in a window of its own. */
const fileLink = ({ id, name, title, pretty_type: kind, size, url_private: url }) =>
  h("a", { key: id, class: "file", href: url, target: "_blank", rel: "noopener", title: name },
    h("strong", {}, title), h("span", {}, `${kind} · ${sizeOf(size)}`));

const sizeOf = (bytes) => (bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024)} kB`);

/** The old kind of addition to a message: blocks of its own, or a few words. */
function attachment({ blocks: own, pretext, title, text, fallback }, surface) {
  const words = [pretext, title && `*${title}*`, text].filter(Boolean).join("\n") || fallback || "";
  return h("div", { key: surface.id, class: "attachment" },
    own?.length ? blocks(own, surface) : h("div", { class: "text" }, mrkdwn(words)));
}

function reactions(channel, message) {
  if (!message.reactions?.length) return null;
  return h("div", { class: "reactions" }, message.reactions.map(({ name, users, count }) => {
    const mine = users.includes(world().me.id);
    return h("button", { key: name, type: "button", class: "reaction", "aria-pressed": String(mine), title: users.map(nameOf).join(", "),
      "aria-label": `${name.replaceAll("_", " ")}, ${count}`,
      on: { click: () => react(channel, message, name, mine) } },
      emojiCharacter(name) ?? `:${name}:`, ` ${count}`);
  }));
}

const react = (channel, { ts }, name, isMine) =>
  act({ do: "react", channel: channel.id, ts, name, ...(isMine && { remove: true }) });

function replies(channel, { ts, reply_count: count }) {
  if (!count) return null;
  return h("button", { type: "button", class: "replies", on: { click: () => place.go(channel.id, ts) } },
    count === 1 ? "1 reply" : `${count} replies`);
}

function tools(channel, message, author) {
  const about = `message from ${author}, ${timeOf(instantOfTs(message.ts), world().me)}`;
  const thread = message.thread_ts ?? message.ts;
  return h("div", { class: "tools", role: "group", "aria-label": `Do something with the ${about}` },
    tool("Add a reaction", SMILE, (node) => openMenu(node, "Add a reaction", QUICK_REACTIONS.map((name) => ({
      label: emojiCharacter(name), detail: name.replaceAll("_", " "),
      pick: () => react(channel, message, name, false) }))), "menu"),
    tool("Reply in thread", REPLY, () => place.go(channel.id, thread)),
    shortcutsFor("message").length > 0 && tool("More actions", DOTS, (node) =>
      openMenu(node, "More actions", shortcutsFor("message").map((shortcut) => ({
        label: shortcut.name, detail: shortcut.description,
        pick: () => runMessageShortcut(shortcut, channel, message) }))), "menu"));
}

function tool(label, path, click, popup) {
  return h("button", { type: "button", class: "quiet", "aria-label": label, title: label, "aria-haspopup": popup,
    on: { click: ({ currentTarget }) => click(currentTarget) } }, icon(path));
}
