/** How does a small dialog open and close? Forms of the bot have their own, in modal.js. */

import { h, icon } from "./dom.js";
import { drawNotices } from "./notices.js";

export const CROSS = "M5 5 15 15M15 5 5 15";

/**
 * Open a dialog above everything; it is gone once closed.
 *
 * @param {string} title
 * @param {(close: () => void) => Node[]} content
 * @param {{className?: string, role?: string, onClose?: () => void}} options
 * @returns {HTMLDialogElement}
 */
export function openDialog(title, content, { className = "", role, onClose } = {}) {
  const dialog = h("dialog", { class: `box ${className}`, role, "aria-label": title });
  const close = () => dialog.close();
  dialog.append(h("header", {}, h("h2", {}, title), closeButton(close)), ...content(close));
  dialog.addEventListener("close", () => {
    drawNotices();
    dialog.remove();
    onClose?.();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export function closeButton(close, label = "Close") {
  return h("button", { type: "button", class: "quiet", "aria-label": label, on: { click: close } }, icon(CROSS));
}

/**
 * Ask before doing it, as Block Kit's `confirm` does. Resolves to whether the person agreed.
 *
 * @param {{title: string, text: Node[]|string, confirm: string, deny: string, danger?: boolean}} question
 * @returns {Promise<boolean>}
 */
export function confirm({ title, text, confirm: yes, deny, danger }) {
  let agreed = false;
  return new Promise((resolve) => {
    const body = (close) => {
      const agree = () => {
        agreed = true;
        close();
      };
      return [h("div", { class: "text" }, text), h("footer", {},
        h("button", { type: "button", on: { click: close } }, deny),
        h("button", { type: "button", class: danger ? "danger" : "primary", autofocus: true, on: { click: agree } }, yes))];
    };
    openDialog(title, body, { className: "narrow", role: "alertdialog", onClose: () => resolve(agreed) });
  });
}
