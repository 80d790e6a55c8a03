/** How is each block of Block Kit shown? */

import { chart } from "./charts.js";
import { h } from "./dom.js";
import { action, controlId, input, isGroup, unknown } from "./elements.js";
import { mrkdwn, plainString, textObject } from "./mrkdwn.js";
import { picture } from "./picture.js";
import { richText } from "./richtext.js";
import { domId } from "./surface.js";

/** @type {Record<string, (block: object, surface: import("./surface.js").Surface) => Element>} */
const SHAPES = {
  section,
  header: (block, { heading }) => h(heading, { class: "header" }, textObject(block.text)),
  divider: () => h("hr"),
  context: (block) => h("div", { class: "context" }, block.elements.map(contextElement)),
  image: (block) => h("figure", {}, block.title && h("figcaption", {}, textObject(block.title)), picture(block)),
  actions: (block, surface) => h("div", { class: "actions" },
    block.elements.map((element) => action(surface, block, element))),
  input: inputBlock,
  rich_text: richText,
  data_visualization: chart,
  markdown: (block) => h("div", { class: "text" }, mrkdwn(block.text)),
  alert: (block) => h("p", { class: `alert ${block.level ?? ""}` }, textObject(block.text)),
};

/** All blocks of a message, a form or App Home. */
export function blocks(all, surface) {
  return h("div", { key: surface.id, class: "blocks", "data-surface": surface.id },
    all.map((block) => h("div", { key: `${block.type} ${block.block_id}`, class: "block" }, shape(block, surface))));
}

function shape(block, surface) {
  return (SHAPES[block.type] ?? (({ type }) => unknown(type)))(block, surface);
}

function section(block, surface) {
  const { text, fields, accessory } = block;
  const body = [
    text && h("div", { class: "text" }, textObject(text)),
    fields && h("div", { class: "fields" }, fields.map((field) => h("div", { class: "text" }, textObject(field)))),
  ];
  if (!accessory) return h("div", { class: "section" }, body);
  const beside = accessory.type === "image" ? picture(accessory) : action(surface, block, accessory);
  return h("div", { class: `section with with-${accessory.type}` }, h("div", {}, body), h("div", { class: "accessory" }, beside));
}

function contextElement(element) {
  return element.type === "image" ? picture(element) : h("span", { class: "text" }, textObject(element));
}

function inputBlock(block, surface) {
  const id = controlId(surface, block, block.element);
  const error = surface.errors[block.block_id];
  const [hintId, errorId, labelId] = ["hint", "error", "label"].map((part) => domId(surface.id, block.block_id, part));
  const describedBy = [block.hint && hintId, error && errorId].filter(Boolean).join(" ");
  const attributes = {
    "aria-describedby": describedBy || false,
    "aria-invalid": error ? "true" : false,
    "aria-required": block.optional ? false : "true",
    "aria-labelledby": isGroup(block.element) ? labelId : false,
  };
  return h("div", { class: "input", "data-input": true, "data-block": block.block_id, "data-required": !block.optional },
    label(block, { id, labelId }),
    block.hint && h("p", { id: hintId, class: "hint" }, textObject(block.hint)),
    input(surface, block, attributes),
    error && h("p", { id: errorId, class: "error" }, error));
}

function label(block, { id, labelId }) {
  const mark = block.optional
    ? h("span", { class: "optional" }, " (optional)")
    : h("span", { class: "required", "aria-hidden": "true", title: "Required" }, " *");
  const text = plainString(block.label);
  if (isGroup(block.element)) return h("span", { id: labelId, class: "label" }, text, mark);
  return h("label", { id: labelId, for: id, class: "label" }, text, mark);
}
