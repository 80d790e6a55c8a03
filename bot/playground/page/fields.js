/** How are texts, numbers, dates and times put in? */

import { chosen } from "./chosen.js";
import { fieldValue } from "./dates.js";
import { h } from "./dom.js";
import { plainString } from "./mrkdwn.js";
import { world } from "./see.js";
import { press } from "./surface.js";
import { readControl } from "./typed.js";

const TYPING_PAUSE_MS = 300;

/** One-line and multi-line texts, addresses, links and numbers. */
export function textField(setting) {
  const { surface, block, element, attributes } = setting;
  const value = chosen(surface, block, element);
  const shared = {
    ...attributes,
    "data-read": "text",
    "data-min-length": element.min_length,
    "data-max-length": element.max_length,
    maxlength: element.max_length,
    autofocus: Boolean(element.focus_on_load),
    placeholder: plainString(element.placeholder) || null,
    on: block.dispatch_action ? dispatching(setting) : {},
  };
  if (element.multiline) return h("textarea", { ...shared, rows: "4" }, value ?? "");
  return h("input", { ...shared, ...KINDS[element.type](element), value, autocomplete: "off" });
}

const KINDS = {
  plain_text_input: () => ({ type: "text" }),
  email_text_input: () => ({ type: "email" }),
  url_text_input: () => ({ type: "url" }),
  number_input: (element) => ({
    type: "number",
    min: element.min_value,
    max: element.max_value,
    step: element.is_decimal_allowed ? "any" : "1",
  }),
};

/** The bot asked to hear of this input: at Enter, or at every pause in typing. */
function dispatching({ surface, block, element }) {
  const moments = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const send = (node) => press(surface, block, element, node, { value: readControl(node) });
  return {
    ...(moments.includes("on_enter_pressed") && { keydown: (event) => sendAtEnter(event, element, send) }),
    ...(moments.includes("on_character_entered") && { input: ({ currentTarget }) => sendAtPause(currentTarget, send) }),
  };
}

function sendAtEnter(event, element, send) {
  if (event.key !== "Enter" || event.isComposing || (element.multiline && event.shiftKey)) return;
  event.preventDefault();
  send(event.currentTarget);
}

const pauses = new WeakMap();

function sendAtPause(node, send) {
  clearTimeout(pauses.get(node));
  pauses.set(node, setTimeout(() => send(node), TYPING_PAUSE_MS));
}

/** Date, time, and both; a moment is shown in this person's own zone. */
export function dateField(setting) {
  const { surface, block, element, attributes, isInput } = setting;
  const value = chosen(surface, block, element);
  const tells = !isInput || block.dispatch_action;
  return h("input", { ...attributes, ...DATE_KINDS[element.type](value), autofocus: Boolean(element.focus_on_load),
    on: tells ? tellingWhole(setting) : {} });
}

const DATE_KINDS = {
  datepicker: (value) => ({ type: "date", value, "data-read": "text" }),
  timepicker: (value) => ({ type: "time", value, "data-read": "text" }),
  datetimepicker: (value) => ({ type: "datetime-local", value: value && momentValue(value), "data-read": "moment" }),
};

const momentValue = (seconds) => fieldValue(new Date(seconds * 1000), world().me.tz);

/**
 * A date that is typed changes with every digit; the bot hears of it when the person leaves the field or presses
 * Enter. A date picked from the calendar is whole at once.
 */
function tellingWhole({ surface, block, element }) {
  let typing = false;
  let told = null;
  const tell = (node) => {
    typing = false;
    const value = readControl(node);
    if (value === null || value === told) return;
    told = value;
    press(surface, block, element, node, { value });
  };
  return {
    keydown: (event) => {
      typing = event.key !== "Enter";
      if (event.key === "Enter") tell(event.currentTarget);
    },
    change: (event) => typing || tell(event.currentTarget),
    blur: (event) => typing && tell(event.currentTarget),
  };
}
