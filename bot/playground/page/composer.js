/** How does a person write a message or run a command? Enter sends, Shift+Enter begins a new line. */

import { act } from "./act.js";
import { showEnd } from "./conversation.js";
import { h, render } from "./dom.js";
import { floatAt } from "./float.js";
import { hintsFor } from "./hints.js";
import { say } from "./notices.js";
import { place } from "./place.js";
import { channel, channelName, world } from "./see.js";

/** In messages Slack's client sends these three characters as entities, so that nobody types markup by accident. */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** One composer stands below the channel, one below the thread; each keeps a draft for every place. */
export class Composer {
  /** @type {import("./hints.js").Hints|null} */ #found = null;
  #active = 0;
  #drafts = new Map();
  #where = "";

  /**
   * @param {HTMLFormElement} form
   * @param {{inThread: boolean}} options
   */
  constructor(form, { inThread }) {
    this.form = form;
    this.inThread = inThread;
    this.field = form.querySelector("textarea");
    this.label = form.querySelector("label");
    this.list = h("ul", { id: `${this.field.id}-hints`, class: "menu options", role: "listbox", popover: "manual",
      "aria-label": "Suggestions", on: { pointerdown: (event) => this.#clicked(event) } });
    form.append(this.list);
    this.field.setAttribute("aria-controls", this.list.id);
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("blur", () => this.#closeHints());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
  }

  /** Show the composer of this place, with its draft. */
  draw() {
    const open = place.isHome() ? null : channel(place.channel());
    const where = `${world().me.id} ${open?.id} ${this.inThread ? place.thread() : ""}`;
    this.form.hidden = !open || open.is_archived;
    if (!open || where === this.#where) return;
    this.#drafts.set(this.#where, this.field.value);
    this.#where = where;
    this.#set(this.#drafts.get(where) ?? "");
    this.label.textContent = this.inThread ? "Reply in this thread" : `Message ${channelName(open)}`;
    this.field.placeholder = this.label.textContent;
  }

  #set(text) {
    this.field.value = text;
    this.#grow();
    this.#closeHints();
  }

  /** Where the browser does not grow the field by itself. */
  #grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
  }

  #typed() {
    this.#grow();
    this.#found = hintsFor(this.field.value.slice(0, this.field.selectionStart), !this.inThread);
    this.#active = 0;
    if (this.#found?.hints.length) this.#showHints();
    else this.#closeHints();
  }

  #showHints() {
    const { hints, isFixed } = this.#found;
    render(this.list, hints.map(({ label, detail }, at) => h("li", { id: `${this.list.id}-${at}`, role: "option",
      class: !isFixed && at === this.#active ? "active" : false, "data-at": at,
      "aria-selected": String(!isFixed && at === this.#active) }, h("span", {}, label), detail && h("small", {}, detail))));
    if (isFixed) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", `${this.list.id}-${this.#active}`);
    floatAt(this.list, this.form);
  }

  #closeHints() {
    this.#found = null;
    if (this.list.matches(":popover-open")) this.list.hidePopover();
    this.field.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    if (event.isComposing) return;
    const canPick = this.#found && !this.#found.isFixed;
    if (canPick && this.#walk(event.key)) event.preventDefault();
    else if (event.key === "Escape" && this.#found) this.#closeHints();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.form.requestSubmit();
    }
  }

  /** Move through the hints or pick one; false when the key means something else. */
  #walk(key) {
    const { hints, start } = this.#found;
    const isWhole = hints[this.#active].text.trim() === this.field.value.slice(start).trim();
    if (key === "ArrowDown") this.#active = (this.#active + 1) % hints.length;
    else if (key === "ArrowUp") this.#active = (this.#active + hints.length - 1) % hints.length;
    else if (key === "Tab" || (key === "Enter" && !isWhole)) return this.#pick(hints[this.#active]);
    else return false;
    this.#showHints();
    return true;
  }

  #clicked(event) {
    event.preventDefault();
    const row = event.target.closest("[data-at]");
    if (row && !this.#found.isFixed) this.#pick(this.#found.hints[Number(row.dataset.at)]);
  }

  #pick({ text }) {
    this.field.setRangeText(text, this.#found.start, this.field.selectionStart, "end");
    this.#typed();
    return true;
  }

  async #send() {
    const text = this.field.value.trimEnd();
    const action = text.trim() && this.#action(text);
    if (!action) return;
    const where = this.#where;
    this.#set("");
    const answer = await act(action);
    if (!answer) this.#giveBack(where, text);
    showEnd(this.inThread);
  }

  #action(text) {
    const here = { channel: place.channel() };
    const command = text.match(/^\/(\S*)\s*([\s\S]*)$/);
    if (!command) return { do: "message", ...here, text: escaped(text), ...(this.inThread && { thread_ts: place.thread() }) };
    if (this.inThread) return void say("Commands do not work in threads, in Slack neither. Run it in the channel.", "alert");
    const name = `/${command[1]}`;
    if (world().commands.some((each) => each.command === name)) {
      return { do: "command", ...here, command: name, text: command[2] };
    }
    return void say(`${name} is not a command here. To send it as a message, begin with a space.`, "alert");
  }

  /** What could not be sent is not lost. */
  #giveBack(where, text) {
    if (where !== this.#where) this.#drafts.set(where, text);
    else if (!this.field.value) this.#set(text);
  }
}
