/** Which control does each element of Block Kit become? */

import { button, choiceGroup, overflow, staticSelect } from "./choices.js";
import { dateField, textField } from "./fields.js";
import { h } from "./dom.js";
import { plainString } from "./mrkdwn.js";
import { pickList } from "./picks.js";
import { domId } from "./surface.js";

/**
 * @typedef {{surface: import("./surface.js").Surface, block: object, element: object, isInput: boolean,
 *     attributes: Record<string, unknown>}} Setting
 * @type {Record<string, (setting: Setting) => Element>}
 */
const CONTROLS = {
  button,
  overflow,
  static_select: staticSelect,
  multi_static_select: pickList,
  external_select: pickList,
  multi_external_select: pickList,
  users_select: pickList,
  multi_users_select: pickList,
  conversations_select: pickList,
  multi_conversations_select: pickList,
  channels_select: pickList,
  multi_channels_select: pickList,
  radio_buttons: choiceGroup,
  checkboxes: choiceGroup,
  datepicker: dateField,
  timepicker: dateField,
  datetimepicker: dateField,
  plain_text_input: textField,
  email_text_input: textField,
  url_text_input: textField,
  number_input: textField,
};

const NAMES = { datepicker: "Date", timepicker: "Time", datetimepicker: "Date and time" };

/** Whether several controls stand behind one label. */
export const isGroup = ({ type }) => type === "radio_buttons" || type === "checkboxes";

export const controlId = (surface, block, element) => domId(surface.id, block.block_id, element.action_id, "control");

/** An element in a section or an actions block: it names itself, and tells the bot at once. */
export function action(surface, block, element) {
  const isNamed = element.type === "button" || element.type === "overflow";
  const label = isNamed ? null : plainString(element.placeholder) || nameFromSection(block) || NAMES[element.type];
  return control({ surface, block, element, isInput: false, attributes: { "aria-label": label } });
}

const nameFromSection = (block) => (block.text ? plainString(block.text).split("\n")[0].replace(/[*_~`]/g, "") : "");

/** An element in an input block: its label stands above it, and it waits for the form to be sent. */
export function input(surface, block, attributes) {
  return control({ surface, block, element: block.element, isInput: true, attributes });
}

/** Name and number of the action make it the same control when the view is drawn again. */
function control(setting) {
  const { surface, block, element } = setting;
  const build = CONTROLS[element.type];
  if (!build) return unknown(element.type);
  const attributes = {
    key: `${element.type} ${element.action_id}`,
    id: controlId(surface, block, element),
    "data-action": element.action_id,
    ...setting.attributes,
  };
  return build({ ...setting, attributes });
}

/** What the playground cannot show says so, instead of leaving a hole. */
export function unknown(type) {
  return h("p", { class: "unknown" }, `The playground does not show “${type}”. Slack does.`);
}
