/** How is a person or an app told apart at a glance, without pictures from elsewhere? */

import { h } from "./dom.js";

const HUES = 8;

/** Initials on one of eight colours, always the same for the same id. */
export function avatar(id, name) {
  const hue = [...id].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % HUES;
  const initials = name.split(/\s+/).slice(0, 2).map((word) => [...word][0]).join("").toUpperCase();
  return h("span", { class: `avatar hue-${hue}`, "aria-hidden": "true" }, initials || "?");
}
