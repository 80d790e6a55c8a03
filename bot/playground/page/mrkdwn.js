/**
 * How does Slack's text become something to read?
 *
 * Rules: https://docs.slack.dev/messaging/formatting-message-text/. The result is made of nodes, never of HTML.
 */

import { fillDate } from "./dates.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { channel, channelName, nameOf, now, world } from "./see.js";

const WORD = "[\\p{L}\\p{N}]";
const marked = (name, mark) =>
  `(?<!${WORD}|${mark})${mark}(?!\\s)(?<${name}>(?:<[^<>\\n]*>|[^${mark}\\n])+?)(?<!\\s)${mark}(?!${WORD}|${mark})`;
const INLINE = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "<(?<reference>[^<>\\n]+)>",
    ":(?<emoji>[a-z0-9_+'-]+)(?:::skin-tone-\\d)?:",
    marked("bold", "\\*"),
    marked("italic", "_"),
    marked("strike", "~"),
    "(?<url>https?:\\/\\/[^\\s<>|]*[^\\s<>|.,;:!?)'\"*_~])",
  ].join("|"),
  "gu",
);

const QUOTE = /^(?:&gt;|>)\s?(.*)$/;
const ITEM = /^(\s*)(?:[•◦▪-]|(\d+)\.)\s+(.*)$/;
const SAFE_LINK = /^(https?:\/\/|mailto:)/i;
const SPOKEN = { here: "@here", channel: "@channel", everyone: "@everyone" };

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const unescape = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);

/** Slack's `mrkdwn` text as nodes: paragraphs, quotes, lists and code. */
export function mrkdwn(text) {
  const parts = text.split(/```\n?([\s\S]+?)\n?```/);
  return parts.flatMap((part, at) => (at % 2 ? h("pre", {}, h("code", {}, unescape(part))) : groups(trimEdge(part, at))));
}

/** A line break that only sets the code block apart is not shown twice. */
function trimEdge(part, at) {
  return at ? part.replace(/^\n/, "") : part;
}

function groups(text) {
  if (text.startsWith("&gt;&gt;&gt;") || text.startsWith(">>>")) {
    return [h("blockquote", {}, lines(text.replace(/^(&gt;|>){3}\s?/, "").split("\n")))];
  }
  return runs(text.split("\n")).map(({ kind, members }) => SHAPES[kind](members));
}

const SHAPES = {
  quote: (members) => h("blockquote", {}, lines(members.map((line) => line.match(QUOTE)[1]))),
  item: (members) => h("ul", { class: "marks" }, members.map(item)),
  text: (members) => h("p", {}, lines(members)),
  empty: () => h("br"),
};

/** Neighbouring lines of one kind belong together; an empty text is no line at all. */
function runs(all) {
  const found = [];
  all.forEach((line, at) => {
    const kind = kindOf(line);
    if (kind === "empty" && (at === 0 || at === all.length - 1 || found.at(-1)?.kind !== "text")) return;
    if (found.at(-1)?.kind === kind) found.at(-1).members.push(line);
    else found.push({ kind, members: [line] });
  });
  return found;
}

function kindOf(line) {
  if (QUOTE.test(line)) return "quote";
  if (ITEM.test(line)) return "item";
  return line.trim() ? "text" : "empty";
}

function item(line) {
  const [, indent, number, rest] = line.match(ITEM);
  const mark = number ? `${number}.` : "•";
  return h("li", { class: indent.length > 1 ? "deeper" : false },
    h("span", { class: "mark" }, `${mark} `), h("span", {}, inline(rest)));
}

function lines(all) {
  return all.flatMap((line, at) => [at > 0 && h("br"), ...inline(line)]);
}

/** One line with its marks, as nodes and strings. */
export function inline(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(unescape(text.slice(end, match.index)), shape(match));
    end = match.index + match[0].length;
  }
  return [...nodes, unescape(text.slice(end))].filter((node) => node !== "");
}

function shape(match) {
  const { code, reference: inner, emoji: name, bold, italic, strike, url } = match.groups;
  if (code) return h("code", {}, unescape(code));
  if (inner) return reference(inner, match[0]);
  if (name) return emoji(name) ?? match[0];
  if (bold) return h("strong", {}, inline(bold));
  if (italic) return h("em", {}, inline(italic));
  if (strike) return h("s", {}, inline(strike));
  return link(unescape(url), unescape(url));
}

/** What stands between `<` and `>`: somebody, somewhere, a moment, or a link. */
function reference(inner, whole) {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? null : inner.slice(bar + 1);
  if (target.startsWith("@")) return userMention(target.slice(1));
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!date^")) return moment(target, label);
  if (target.startsWith("!")) return h("span", { class: "mention" }, SPOKEN[target.slice(1)] ?? label ?? whole);
  if (!SAFE_LINK.test(target)) return unescape(whole);
  const address = unescape(target);
  return link(address, label ? inline(label) : address.replace(/^mailto:/i, ""));
}

/** A link that opens beside the playground; a label never hides another scheme. */
export function link(address, label) {
  if (!SAFE_LINK.test(address)) return h("span", {}, label);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label);
}

export function userMention(id) {
  const me = id === world().me.id;
  return h("span", { class: me ? "mention me" : "mention" }, `@${nameOf(id)}`);
}

export function channelMention(id, label) {
  const found = channel(id);
  if (!found) return h("span", { class: "mention" }, `#${label ?? id}`);
  return h("a", { class: "mention", href: `#${id}` }, channelName(found));
}

/** `!date^seconds^pattern^link`, with what to show to those who cannot fill it in. */
function moment(target, fallback) {
  const [, seconds, pattern, address] = target.split("^");
  const instant = new Date(Number(seconds) * 1000);
  if (!pattern || Number.isNaN(instant.getTime())) return unescape(fallback ?? "");
  const text = fillDate(unescape(pattern), instant, world().me, now()) ?? unescape(fallback ?? "");
  const shown = h("time", { datetime: instant.toISOString() }, text);
  return address ? link(unescape(address), shown) : shown;
}

/** A text object of Block Kit as nodes: `mrkdwn` with its marks, `plain_text` with emoji only. */
export function textObject(text) {
  if (!text) return [];
  if (text.type === "mrkdwn") return mrkdwn(text.text);
  return plain(text.text, text.emoji !== false);
}

/** Plain text; `:names:` become emoji, entities become their characters. */
export function plain(text, withEmoji = true) {
  if (!withEmoji) return [unescape(text)];
  return text.split(/(:[a-z0-9_+'-]+:)/).map((part) => emoji(part.slice(1, -1), part) ?? unescape(part)).filter(Boolean);
}

/** The same, as one string: for options, labels and what a screen reader says. */
export function plainString(text) {
  return plain(text?.text ?? "", text?.emoji !== false)
    .map((part) => (typeof part === "string" ? part : part.textContent))
    .join("");
}
