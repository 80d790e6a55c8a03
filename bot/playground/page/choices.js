/** How does a person choose among a few options that are all in sight, or in one list? */

import { chosen, optionsOf } from "./chosen.js";
import { h, icon } from "./dom.js";
import { link, plainString, textObject } from "./mrkdwn.js";
import { openMenu } from "./menu.js";
import { domId, press } from "./surface.js";
import { readControl } from "./typed.js";

const DOTS = "M4 9a1 1 0 1 0 0 2 1 1 0 0 0 0-2ZM10 9a1 1 0 1 0 0 2 1 1 0 0 0 0-2ZM16 9a1 1 0 1 0 0 2 1 1 0 0 0 0-2Z";

/** Tell the bot of the choice; without the person's confirmation the choice is taken back. */
async function tell({ surface, block, element }, node, takeBack) {
  const went = await press(surface, block, element, node, { value: readControl(node) });
  if (!went) takeBack();
}

const tells = ({ isInput, block }) => !isInput || block.dispatch_action;

/** One option out of a list, as the platform shows it. */
export function staticSelect(setting) {
  const { element, attributes } = setting;
  const selected = chosen(setting.surface, setting.block, element)?.value ?? "";
  const change = ({ currentTarget: node }) => {
    const before = node.dataset.before ?? selected;
    tell(setting, node, () => (node.value = before)).then(() => (node.dataset.before = node.value));
  };
  return h("select", { ...attributes, "data-read": "text", autofocus: Boolean(element.focus_on_load),
    on: tells(setting) ? { change } : {} },
    h("option", { value: "", selected: selected === "", disabled: !setting.isInput }, plainString(element.placeholder) || "Choose an option"),
    optionNodes(element, selected));
}

function optionNodes(element, selected) {
  const node = (option) => h("option", { key: option.value, value: option.value, selected: option.value === selected },
    plainString(option.text));
  if (element.options) return element.options.map(node);
  return (element.option_groups ?? []).map((group) =>
    h("optgroup", { label: plainString(group.label) }, group.options.map(node)));
}

/** Radio buttons and checkboxes. */
export function choiceGroup(setting) {
  const { surface, block, element, attributes } = setting;
  const isRadio = element.type === "radio_buttons";
  const selected = [chosen(surface, block, element) ?? []].flat().map(({ value }) => value);
  const { id, ...rest } = attributes;
  const name = domId(surface.id, block.block_id, element.action_id);
  const change = ({ target, currentTarget }) => tell(setting, currentTarget, () => {
    target.checked = isRadio ? false : !target.checked;
  });
  return h("div", { ...rest, id, class: "choices", role: isRadio ? "radiogroup" : "group",
    "data-read": isRadio ? "radios" : "checks", on: tells(setting) ? { change } : {} },
    optionsOf(element).map((option, at) => choice(option, {
      type: isRadio ? "radio" : "checkbox", name, id: `${name}-${at}`, checked: selected.includes(option.value) })));
}

function choice(option, attributes) {
  const detail = option.description && h("small", { id: `${attributes.id}-detail` }, textObject(option.description));
  return h("div", { key: option.value, class: "choice" },
    h("input", { ...attributes, value: option.value, "aria-describedby": detail ? detail.id : false }),
    h("label", { for: attributes.id }, textObject(option.text)), detail);
}

/** The menu behind three dots. */
export function overflow({ surface, block, element, attributes }) {
  const pick = (option, node) => {
    if (option.url) open(link(option.url, "").href, "_blank", "noopener");
    press(surface, block, element, node, { value: option.value });
  };
  const show = ({ currentTarget: node }) => openMenu(node, "More actions", element.options.map((option) => ({
    label: plainString(option.text),
    detail: option.description && plainString(option.description),
    pick: () => pick(option, node),
  })));
  return h("button", { ...attributes, type: "button", class: "overflow", "aria-label": "More actions",
    "aria-haspopup": "menu", on: { click: show } }, icon(DOTS));
}

/** A button; one with a link opens it and tells the bot as well. */
export function button({ surface, block, element, attributes }) {
  const click = ({ currentTarget }) =>
    press(surface, block, element, currentTarget, element.value === undefined ? {} : { value: element.value });
  const look = { ...attributes, class: element.style ?? false, on: { click },
    "aria-label": element.accessibility_label };
  const text = textObject(element.text);
  if (!element.url) return h("button", { ...look, type: "button" }, text);
  const anchor = link(element.url, text);
  return h("a", { ...look, role: "button", class: `button ${element.style ?? ""}`, href: anchor.href || false,
    target: "_blank", rel: "noopener noreferrer" }, text, h("span", { class: "for-reader" }, " (opens a new tab)"));
}
