/** What has been typed into a form, and is it fit to be sent? */

import { readField } from "./dates.js";
import { world } from "./see.js";

const checkedIn = (group) => [...group.querySelectorAll("input:checked")].map((input) => input.value);

/** How to read the control that is marked `data-read`; nothing chosen or typed is null. */
const READERS = {
  text: (control) => control.value || null,
  moment: (control) => seconds(readField(control.value, world().me.tz)),
  radios: (group) => checkedIn(group)[0] ?? null,
  checks: (group) => checkedIn(group),
  pick: (list) => list.value,
};

const seconds = (instant) => instant && Math.floor(instant.getTime() / 1000);

/** The value of one control: a string, a list, a number of seconds, or null. */
export const readControl = (control) => READERS[control.dataset.read](control);

/** The inputs of a surface by block_id. */
export function typedIn(surface) {
  const values = {};
  for (const block of inputBlocks(surface)) values[block.dataset.block] = readControl(controlOf(block));
  return values;
}

const inputBlocks = (surface) => [...surface.querySelectorAll("[data-input]")].filter(controlOf);
const controlOf = (block) => block.querySelector("[data-read]");

/**
 * What is not fit to be sent, by block_id. Slack's client does not send such a form either.
 *
 * @returns {Record<string, string>}
 */
export function wrongIn(surface) {
  const wrong = {};
  for (const block of inputBlocks(surface)) {
    const text = whatIsWrong(controlOf(block), "required" in block.dataset);
    if (text) wrong[block.dataset.block] = text;
  }
  return wrong;
}

function whatIsWrong(control, required) {
  const value = readControl(control);
  if (control.validity?.badInput) return "This does not read as expected. Please check it.";
  if (value === null || value.length === 0) return required ? "Please fill this in." : null;
  return wrongLength(control.dataset, value) ?? wrongNumber(control, value) ?? wrongKind(control);
}

function wrongLength({ minLength, maxLength }, value) {
  if (minLength > 0 && value.length < minLength) return `Please write at least ${minLength} characters.`;
  if (maxLength > 0 && value.length > maxLength) return `Please write at most ${maxLength} characters.`;
  return null;
}

function wrongNumber({ type, min, max, step }, value) {
  if (type !== "number") return null;
  if (step === "1" && !Number.isInteger(Number(value))) return "Please write a whole number.";
  if (min !== "" && Number(value) < Number(min)) return `Please write ${min} or more.`;
  if (max !== "" && Number(value) > Number(max)) return `Please write ${max} or less.`;
  return null;
}

function wrongKind({ type, validity }) {
  if (!validity?.typeMismatch) return null;
  return type === "email" ? "Please write an email address." : "Please write a whole link, with https://.";
}
