/** How is a picture shown without fetching it again whenever the page is drawn? */

import { h } from "./dom.js";

/** A picture that is fetched once it stands in the page; where it cannot be, its description takes its place. */
class BlockPicture extends HTMLElement {
  /** @param {{src: string, alt: string}} settings */
  configure(settings) {
    this.settings = settings;
    if (this.isConnected) this.#show();
  }

  connectedCallback() {
    this.#show();
  }

  #show() {
    const { src, alt } = this.settings;
    const shown = this.firstElementChild;
    if (shown?.getAttribute("src") === src && shown.alt === alt) return;
    const missing = ({ currentTarget }) => currentTarget.classList.add("missing");
    this.replaceChildren(h("img", { src, alt, title: alt, on: { error: missing } }));
  }
}

customElements.define("block-picture", BlockPicture);

/** A picture of an image block or element. */
export function picture({ image_url: url, slack_file: file, alt_text: alt }) {
  return h("block-picture", { config: { src: url ?? file?.url ?? "", alt } });
}
