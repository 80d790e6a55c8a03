/** Which people, channels or options does each kind of select offer? */

import { server } from "./server.js";
import { attempt } from "./act.js";
import { chosen, optionsOf } from "./chosen.js";
import { h } from "./dom.js";
import { plainString } from "./mrkdwn.js";
import { place } from "./place.js";
import { channel, channelName, nameOf, world } from "./see.js";
import { press } from "./surface.js";
import "./picklist.js";

const MOST_SHOWN = 100;

/** How each family of selects turns its options and its stored values into choices. */
const FAMILIES = {
  static: { all: ({ element }) => groupedChoices(element), read: optionChoice },
  external: { all: null, read: optionChoice },
  users: { all: people, read: (id) => ({ value: id, label: nameOf(id) }) },
  conversations: { all: conversations, read: conversationChoice },
  channels: { all: () => world().channels.filter((each) => !each.is_im && !each.is_archived).map(({ id }) => conversationChoice(id)),
    read: conversationChoice },
};

const familyOf = (type) => FAMILIES[type.replace(/^multi_/, "").replace(/_select$/, "")];

/** A select with a search field, for one or several. */
export function pickList(setting) {
  const { surface, block, element, attributes, isInput } = setting;
  const family = familyOf(element.type);
  const { id, "aria-label": label, "aria-describedby": describedBy, "aria-invalid": invalid, ...rest } = attributes;
  const config = {
    inputId: id, label, describedBy, invalid, isInput,
    required: attributes["aria-required"],
    multiple: element.type.startsWith("multi_"),
    most: element.max_selected_items,
    focus: Boolean(element.focus_on_load),
    placeholder: plainString(element.placeholder) || "Choose an option",
    start: startOf(setting).map(family.read),
    find: family.all ? (query) => matching(family.all(setting), query) : (query) => ask(setting, query),
    tell: !isInput || block.dispatch_action ? (list) => press(surface, block, element, list, { value: list.value }) : null,
  };
  return h("pick-list", { ...rest, "data-read": "pick", config });
}

function startOf({ surface, block, element }) {
  const first = chosen(surface, block, element);
  if (first === null && element.default_to_current_conversation) return [place.channel()].filter(channel);
  return [first ?? []].flat();
}

function optionChoice(option) {
  return { value: option.value, label: plainString(option.text), detail: option.description && plainString(option.description) };
}

function groupedChoices(element) {
  if (element.options) return element.options.map(optionChoice);
  return (element.option_groups ?? []).flatMap((group) =>
    group.options.map((option) => ({ ...optionChoice(option), group: plainString(group.label) })));
}

/** Everybody who is there, people before apps. */
export function people() {
  const present = world().members.filter((each) => !each.deleted);
  const rank = (each) => (each.is_bot ? 1 : 0);
  return present
    .sort((one, other) => rank(one) - rank(other) || nameOf(one.id).localeCompare(nameOf(other.id)))
    .map((each) => ({ value: each.id, label: nameOf(each.id), detail: each.is_bot ? "app" : `@${each.name}` }));
}

function conversations({ element }) {
  const { include = ["im", "public"], exclude_bot_users: withoutBots } = element.filter ?? {};
  const bots = new Set(world().members.filter((each) => each.is_bot).map(({ id }) => id));
  return world()
    .channels.filter((each) => !each.is_archived && include.includes(each.is_im ? "im" : each.is_private ? "private" : "public"))
    .filter((each) => !(withoutBots && bots.has(each.with)))
    .map(({ id }) => conversationChoice(id));
}

function conversationChoice(id) {
  const found = channel(id);
  return { value: id, label: found ? channelName(found) : id };
}

/** The choices that every word of the query fits. */
export function matching(choices, query) {
  const words = query.toLowerCase().split(/\s+/);
  const fits = ({ label, detail = "" }) => words.every((word) => `${label} ${detail}`.toLowerCase().includes(word));
  return Promise.resolve(choices.filter(fits).slice(0, MOST_SHOWN));
}

/** Ask the bot for options, from the number of letters on that it wants. */
async function ask({ surface, block, element }, query) {
  if (query.length < (element.min_query_length ?? 3)) return [];
  const question = { do: "options", ...surface.where, action_id: element.action_id, block_id: block.block_id, query };
  const answer = await attempt(() => server.act(place.who(), question));
  return answer ? groupedChoices(answer.option_groups?.length ? { option_groups: answer.option_groups } : answer) : [];
}

/** The number of options that a list may show without a search field. */
export const isShort = (element) => element.type === "static_select" && optionsOf(element).length <= MOST_SHOWN;
