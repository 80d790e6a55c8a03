/** How is the page drawn again without losing focus, scroll, or what somebody is typing? */

const SVG = "http://www.w3.org/2000/svg";
const SVG_TAGS = new Set(["svg", "path", "g", "line", "polyline", "circle", "text"]);

/** Attributes that the person or a widget sets; drawing again leaves them alone. */
const OWNED_BY_THE_PERSON = new Set(["open", "aria-expanded", "aria-busy"]);

/**
 * Build an element. Strings become text nodes, never HTML.
 *
 * @param {string} tag
 * @param {{key?: string, on?: Record<string, (event: Event) => void>, config?: object} & Record<string, unknown>} props
 *     `key` lets the element be found again, `on` holds its listeners, `config` goes to a custom element;
 *     all others are attributes (`false`, `null` and `undefined` leave them out).
 * @param {...(Node|string|null|undefined|false|Array)} children
 * @returns {Element}
 */
export function h(tag, props = {}, ...children) {
  const node = SVG_TAGS.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  const { key, on = {}, config, ...attributes } = props;
  node.key = key;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  listen(node, on);
  node.append(...present(children));
  if (config) node.configure(config);
  return node;
}

/** An icon from one path on a 20 × 20 grid; it says nothing to a screen reader. */
export function icon(path) {
  return h("svg", { viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true" }, h("path", { d: path }));
}

function present(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

function listen(node, on) {
  const known = node.handlers ?? {};
  for (const type of Object.keys(on)) {
    if (!(type in known)) node.addEventListener(type, callHandler);
  }
  node.handlers = on;
}

function callHandler(event) {
  event.currentTarget.handlers[event.type]?.(event);
}

/**
 * Make the children of `region` look like `children`, touching only what differs.
 *
 * If the focused element has to go, the nearest element marked `data-anchor` around it takes the focus.
 */
export function render(region, ...children) {
  const anchor = document.activeElement?.closest("[data-anchor]");
  patchChildren(region, present(children).map(asNode));
  if (anchor?.isConnected && document.activeElement === document.body) anchor.focus({ preventScroll: true });
}

function asNode(child) {
  return child instanceof Node ? child : document.createTextNode(child);
}

function patchChildren(parent, wanted) {
  const partners = findPartners(parent, wanted);
  const kept = new Set(partners.filter(Boolean));
  for (const old of [...parent.childNodes]) {
    if (!kept.has(old)) old.remove();
  }
  wanted.forEach((node, at) => {
    const partner = partners[at];
    const here = parent.childNodes[at] ?? null;
    if ((partner ?? node) !== here) parent.insertBefore(partner ?? node, here);
    if (partner) patch(partner, node);
  });
}

/** For each wanted node the old node that may become it, or undefined. */
function findPartners(parent, wanted) {
  const free = new Set(parent.childNodes);
  return wanted.map((node) => {
    for (const old of free) {
      if (!mayBecome(old, node)) continue;
      free.delete(old);
      return old;
    }
    return undefined;
  });
}

function mayBecome(old, node) {
  return old.nodeName === node.nodeName && old.key === node.key && old.type === node.type;
}

function patch(old, node) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== node.data) old.data = node.data;
    return;
  }
  patchAttributes(old, node);
  listen(old, { ...node.handlers });
  if (old.configure) old.configure(node.settings);
  else patchChildren(old, [...node.childNodes]);
}

function patchAttributes(old, node) {
  for (const { name } of [...old.attributes]) {
    if (!node.hasAttribute(name) && !OWNED_BY_THE_PERSON.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of node.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}
