/**
 * Where do blocks stand, and how does an element there tell the bot that it was used?
 *
 * @typedef {{id: string, where: {channel: string, ts: string} | {view_id: string}, heading: string,
 *     state: Record<string, Record<string, object>>, errors: Record<string, string>}} Surface
 */

import { act, whileBusy } from "./act.js";
import { confirm } from "./dialog.js";
import { plainString, textObject } from "./mrkdwn.js";
import { typedIn } from "./typed.js";

/** An id for the DOM from Slack's ids, which may hold spaces. */
export const domId = (...parts) => parts.join("-").replace(/\s/g, "_");

/**
 * Send a block action, after its confirm dialog; what is typed on the surface goes along.
 *
 * @param {Surface} surface
 * @param {{block_id: string}} block
 * @param {object} element of Block Kit
 * @param {Element} node the element's node, marked busy meanwhile
 * @param {{value?: unknown}} chosen
 * @returns {Promise<boolean>} false when the person did not confirm
 */
export async function press(surface, block, element, node, chosen = {}) {
  if (element.confirm && !(await confirm(question(element.confirm)))) return false;
  const values = typedIn(node.closest("[data-surface]"));
  const action = { do: "click", ...surface.where, action_id: element.action_id, block_id: block.block_id };
  const typed = Object.keys(values).length > 0 && "view_id" in surface.where && { values };
  await whileBusy(node, () => act({ ...action, ...chosen, ...typed }));
  return true;
}

function question({ title, text, confirm: yes, deny, style }) {
  return {
    title: plainString(title),
    text: textObject(text),
    confirm: plainString(yes) || "Yes",
    deny: plainString(deny) || "Cancel",
    danger: style === "danger",
  };
}
