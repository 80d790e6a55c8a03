/** What does a control show first: what this person chose before, or what the bot proposes? */

/** The word that Slack's `initial_…` and `selected_…` keys end in, by type of element. */
const KEYS = {
  plain_text_input: "value",
  email_text_input: "value",
  url_text_input: "value",
  number_input: "value",
  static_select: "option",
  external_select: "option",
  radio_buttons: "option",
  multi_static_select: "options",
  multi_external_select: "options",
  checkboxes: "options",
  users_select: "user",
  multi_users_select: "users",
  conversations_select: "conversation",
  multi_conversations_select: "conversations",
  channels_select: "channel",
  multi_channels_select: "channels",
  datepicker: "date",
  timepicker: "time",
  datetimepicker: "date_time",
};

/**
 * @param {import("./surface.js").Surface} surface
 * @returns {string|number|object|Array|null} as Slack writes it: a string, an option, a list of either, seconds
 */
export function chosen(surface, block, element) {
  const key = KEYS[element.type];
  const kept = surface.state[block.block_id]?.[element.action_id];
  return kept?.[key === "value" ? "value" : `selected_${key}`] ?? element[`initial_${key}`] ?? null;
}

/** All options of a select, those of its groups included. */
export const optionsOf = ({ options, option_groups: groups }) => options ?? (groups ?? []).flatMap((group) => group.options);
