/** How does a person find one or several options in a long list, by typing a part of the name? */

import { h, icon, render } from "./dom.js";
import { CROSS } from "./dialog.js";
import { floatAt } from "./float.js";

const TYPING_PAUSE_MS = 200;

/**
 * @typedef {{value: string, label: string, detail?: string, group?: string}} Choice
 * @typedef {{inputId: string, label?: string, describedBy?: string, invalid?: boolean, required?: boolean,
 *     placeholder: string, multiple: boolean, most?: number, focus?: boolean, start: Choice[], isInput: boolean,
 *     find: (query: string) => Promise<Choice[]>, tell?: (list: PickList) => Promise<boolean>}} PickSettings
 */

/** An input with a list of matches below it: the combobox pattern of the ARIA Authoring Practices Guide. */
export class PickList extends HTMLElement {
  /** @type {Choice[]} */ #picked = [];
  /** @type {Choice[]} */ #found = [];
  /** @type {Choice[]} */ #told = [];
  #active = -1;
  #turn = 0;
  #pause = 0;

  /** @param {PickSettings} settings the first ones set what is picked; later ones leave the person's choice alone */
  configure(settings) {
    const isFirst = !this.settings;
    this.settings = settings;
    if (isFirst) this.#build();
    this.#describe();
  }

  /** A value, a list of values, or null. */
  get value() {
    const values = this.#picked.map(({ value }) => value);
    return this.settings.multiple ? values : (values[0] ?? null);
  }

  #build() {
    const { start, inputId, placeholder, focus } = this.settings;
    this.#picked = this.#told = start;
    this.listId = `${inputId}-list`;
    this.chips = h("span", { class: "chips" });
    this.input = h("input", { id: inputId, type: "text", role: "combobox", autocomplete: "off", placeholder,
      autofocus: focus, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.listId,
      on: { input: () => this.#searchSoon(), keydown: (event) => this.#key(event), click: () => this.#search(""),
        focus: () => this.input.select(), blur: () => this.#leave() } });
    this.list = h("ul", { id: this.listId, class: "menu options", role: "listbox", popover: "manual", "aria-label": "Matches",
      "aria-multiselectable": this.settings.multiple ? "true" : false,
      on: { pointerdown: (event) => event.preventDefault(), click: (event) => this.#clicked(event) } });
    this.append(this.chips, this.input, this.list);
    this.#showPicked();
  }

  #describe() {
    const { label, describedBy, invalid, required, placeholder } = this.settings;
    const attributes = { "aria-label": label, "aria-describedby": describedBy, placeholder,
      "aria-invalid": invalid ? "true" : null, "aria-required": required ? "true" : null };
    for (const [name, value] of Object.entries(attributes)) {
      if (value) this.input.setAttribute(name, value);
      else this.input.removeAttribute(name);
    }
  }

  #searchSoon() {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#search(this.input.value), TYPING_PAUSE_MS);
  }

  async #search(query) {
    const turn = ++this.#turn;
    const found = await this.settings.find(query.trim());
    if (turn !== this.#turn || document.activeElement !== this.input) return;
    this.#found = found;
    this.#active = found.findIndex((each) => this.#isPicked(each));
    if (query) this.#active = found.length > 0 ? 0 : -1;
    this.#showList();
  }

  #showList() {
    render(this.list, this.#found.length > 0 ? this.#found.map((each, at) => this.#row(each, at)) : nothing());
    this.input.setAttribute("aria-expanded", "true");
    floatAt(this.list, this);
    this.#mark();
  }

  #row(each, at) {
    const isNewGroup = each.group && each.group !== this.#found[at - 1]?.group;
    return [
      isNewGroup && h("li", { role: "presentation", class: "group" }, each.group),
      h("li", { key: each.value, id: `${this.listId}-${at}`, role: "option", "data-at": at,
        "aria-selected": String(this.#isPicked(each)) }, h("span", {}, each.label), each.detail && h("small", {}, each.detail)),
    ];
  }

  #mark() {
    const rows = [...this.list.querySelectorAll("[role=option]")];
    rows.forEach((row, at) => row.classList.toggle("active", at === this.#active));
    rows[this.#active]?.scrollIntoView({ block: "nearest" });
    if (rows[this.#active]) this.input.setAttribute("aria-activedescendant", rows[this.#active].id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  get #isOpen() {
    return this.list.matches(":popover-open");
  }

  #key(event) {
    if (event.isComposing) return;
    const count = this.#found.length;
    const last = this.#picked.length - 1;
    if (event.key === "ArrowDown" && !this.#isOpen) this.#search("");
    else if (event.key === "ArrowDown") this.#active = Math.min(this.#active + 1, count - 1);
    else if (event.key === "ArrowUp") this.#active = Math.max(this.#active - 1, 0);
    else if (event.key === "Enter" && this.#isOpen && this.#active >= 0) this.#pick(this.#found[this.#active]);
    else if (event.key === "Escape" && this.#isOpen) this.#close();
    else if (event.key === "Backspace" && !this.input.value && this.settings.multiple && last >= 0) this.#drop(last);
    else return;
    if (event.key !== "Backspace") event.preventDefault();
    event.stopPropagation();
    if (this.#isOpen) this.#mark();
  }

  #clicked(event) {
    const row = event.target.closest("[data-at]");
    if (row) this.#pick(this.#found[Number(row.dataset.at)]);
  }

  #isPicked({ value }) {
    return this.#picked.some((each) => each.value === value);
  }

  #pick(choice) {
    const { multiple, most } = this.settings;
    if (!multiple) this.#picked = [choice];
    else if (this.#isPicked(choice)) this.#picked = this.#picked.filter(({ value }) => value !== choice.value);
    else if (!(this.#picked.length >= most)) this.#picked = [...this.#picked, choice];
    this.input.value = "";
    this.#showPicked();
    if (!multiple) this.#close();
    else this.#showList();
  }

  #drop(at) {
    this.#picked = this.#picked.filter((_, each) => each !== at);
    this.#showPicked();
    this.input.focus();
    if (!this.#isOpen) this.#tell();
  }

  #showPicked() {
    const { multiple, isInput } = this.settings;
    if (!multiple) this.input.value = this.#picked[0]?.label ?? "";
    const removable = multiple || (isInput && this.#picked.length > 0);
    render(this.chips, removable && this.#picked.map((each, at) =>
      h("button", { key: each.value, type: "button", class: multiple ? "chip" : "chip clear",
        "aria-label": `Remove ${each.label}`, on: { click: () => this.#drop(at) } }, multiple && each.label, icon(CROSS))));
  }

  #leave() {
    this.#close();
    this.#showPicked();
    if (this.settings.multiple) this.input.value = "";
  }

  #close() {
    clearTimeout(this.#pause);
    this.#turn += 1;
    this.#active = -1;
    this.list.hidePopover();
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.#tell();
  }

  /** Slack tells the bot once the list is closed, and only of a change; not confirmed is taken back. */
  async #tell() {
    const values = (choices) => choices.map(({ value }) => value).join("\n");
    if (!this.settings.tell || values(this.#picked) === values(this.#told)) return;
    const before = this.#told;
    this.#told = this.#picked;
    if (await this.settings.tell(this)) return;
    this.#picked = this.#told = before;
    this.#showPicked();
  }
}

const nothing = () => h("li", { class: "group", role: "presentation" }, "Nothing found");

customElements.define("pick-list", PickList);
