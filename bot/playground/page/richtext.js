/** How is a rich_text block shown? */

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelMention, inline, link, userMention } from "./mrkdwn.js";

const CONTAINERS = {
  rich_text_section: ({ elements }) => h("p", {}, spans(elements)),
  rich_text_preformatted: ({ elements }) => h("pre", {}, h("code", {}, spans(elements))),
  rich_text_quote: ({ elements }) => h("blockquote", {}, spans(elements)),
  rich_text_list: ({ style, indent, offset, elements }) =>
    h(style === "ordered" ? "ol" : "ul", { start: offset ? offset + 1 : false, class: `deep-${indent ?? 0}` },
      elements.map((each) => h("li", {}, spans(each.elements)))),
};

const SPANS = {
  text: ({ text }) => broken(text),
  link: ({ url, text }) => link(url, text || url),
  user: ({ user_id: id }) => userMention(id),
  channel: ({ channel_id: id }) => channelMention(id),
  emoji: ({ name }) => emoji(name) ?? `:${name}:`,
  broadcast: ({ range }) => h("span", { class: "mention" }, `@${range}`),
  usergroup: ({ usergroup_id: id }) => h("span", { class: "mention" }, `@${id}`),
  date: ({ timestamp, format, fallback }) => inline(`<!date^${timestamp}^${format}|${fallback ?? format}>`),
};

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code" };

/** A rich_text block of paragraphs, lists, quotes and code. */
export function richText({ elements }) {
  return h("div", { class: "text rich" }, elements.map((part) => CONTAINERS[part.type]?.(part)));
}

const spans = (elements) => elements.map(span);

function span(element) {
  const plain = SPANS[element.type]?.(element) ?? "";
  return Object.entries(STYLES).reduce(
    (inner, [style, tag]) => (element.style?.[style] ? h(tag, {}, inner) : inner), plain);
}

const broken = (text) => text.split("\n").flatMap((line, at) => (at ? [h("br"), line] : [line]));
