/** How does the page do something as this person? */

import { clearNotices, say } from "./notices.js";
import { place } from "./place.js";
import { look } from "./see.js";
import { Refused, server } from "./server.js";

/**
 * Do it and show what changed. A refusal is shown as a note.
 *
 * @param {{do: string} & Record<string, unknown>} action as in the control API, without `as`
 * @returns {Promise<object|null>} the answer, or null after a refusal
 */
export async function act(action) {
  clearNotices();
  const answer = await attempt(() => server.act(place.who(), action));
  if (!answer) return null;
  await look();
  if (action.do !== "submit") complaints(answer).forEach((text) => say(text, "alert"));
  return answer;
}

/** What went wrong between the playground and the bot: no answer in time, or an answer that Slack would not take. */
export function complaints({ trouble, app_errors: mistakes = [] }) {
  return [trouble, ...mistakes.map((text) => `Slack would not take the bot’s answer: ${text}`)].filter(Boolean);
}

/** Run `work`; a refusal becomes a note and null. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(error.message, "alert");
    return null;
  }
}

/**
 * Run `work` once at a time for this element, which is marked busy meanwhile.
 *
 * @param {Element} element
 * @param {() => Promise<unknown>} work
 */
export async function whileBusy(element, work) {
  if (element.getAttribute("aria-busy") === "true") return;
  element.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    element.removeAttribute("aria-busy");
  }
}
