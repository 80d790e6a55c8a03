/** What could the word that is being typed become: a command, or a person? */

import { nameOf, world } from "./see.js";

const MOST = 8;

/**
 * @typedef {{label: string, detail: string, text: string}} Hint `text` takes the place of what was typed
 * @typedef {{start: number, hints: Hint[], isFixed?: boolean}} Hints `start` is where the word begins; fixed hints
 *     only tell, they are not picked
 */

/**
 * @param {string} text up to the cursor
 * @param {boolean} withCommands threads have none
 * @returns {Hints|null}
 */
export function hintsFor(text, withCommands) {
  const command = withCommands && text.match(/^\/(\S*)$/);
  if (command) return { start: 0, hints: commandHints(text) };
  const person = text.match(/(^|\s)@([\p{L}\p{N}._-]*)$/u);
  if (person) return { start: text.length - person[2].length - 1, hints: personHints(person[2].toLowerCase()) };
  return withCommands ? usage(text) : null;
}

function commandHints(typed) {
  return world()
    .commands.filter(({ command }) => command.startsWith(typed))
    .slice(0, MOST)
    .map(({ command, description, usage_hint: hint }) => ({
      label: [command, hint].filter(Boolean).join(" "), detail: description ?? "", text: `${command} ` }));
}

function personHints(typed) {
  const fits = ({ name, real_name: real }) =>
    name.toLowerCase().startsWith(typed) || (real ?? "").toLowerCase().split(/\s+/).some((word) => word.startsWith(typed));
  return world()
    .members.filter((each) => !each.deleted && fits(each))
    .slice(0, MOST)
    .map(({ id, name }) => ({ label: nameOf(id), detail: `@${name}`, text: `@${name} ` }));
}

/** Once the command is there, its usage stays in sight while the words are typed. */
function usage(text) {
  const found = world().commands.find(({ command }) => text.startsWith(`${command} `));
  if (!found) return null;
  const label = [found.command, found.usage_hint].filter(Boolean).join(" ");
  return { start: 0, isFixed: true, hints: [{ label, detail: found.description ?? "", text: "" }] };
}
