/** How does a menu open at a button, and how is it used without a mouse? */

import { h } from "./dom.js";
import { floatAt } from "./float.js";

/**
 * Open a menu below `button`; it closes by a choice, Escape, Tab, or a click elsewhere.
 *
 * @param {HTMLElement} button
 * @param {string} label what the menu is for
 * @param {{label: string, detail?: string, danger?: boolean, pick: () => void}[]} items
 */
export function openMenu(button, label, items) {
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label, popover: "auto" },
    items.map((item) => menuItem(item, () => menu.hidePopover())));
  menu.addEventListener("keydown", (event) => walk(event, menu));
  menu.addEventListener("toggle", ({ newState }) => newState === "closed" && close(menu, button));
  button.setAttribute("aria-expanded", "true");
  floatAt(menu, button);
  menu.firstElementChild?.focus();
}

function menuItem({ label, detail, danger, pick }, close) {
  const choose = () => {
    close();
    pick();
  };
  return h("button", { type: "button", role: "menuitem", tabindex: "-1", class: danger ? "danger-text" : false,
    on: { click: choose } },
    h("span", {}, label), detail && h("small", {}, detail));
}

function close(menu, button) {
  const hadFocus = menu.contains(document.activeElement) || document.activeElement === document.body;
  menu.remove();
  button.removeAttribute("aria-expanded");
  if (hadFocus) button.focus();
}

function walk(event, menu) {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  if (event.key === "Tab") menu.hidePopover();
  if (!(event.key in steps)) return;
  event.preventDefault();
  items.at(steps[event.key] % items.length).focus();
}
