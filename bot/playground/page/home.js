/** What does App Home show? */

import { act } from "./act.js";
import { blocks } from "./blocks.js";
import { h, render } from "./dom.js";
import { place } from "./place.js";
import { world } from "./see.js";

const region = document.getElementById("home");
let visit = null;

/** Draw App Home while it is open. Each visit tells the bot, as in Slack. */
export function drawHome() {
  const isOpen = place.isHome();
  region.hidden = !isOpen;
  if (!isOpen) {
    visit = null;
    return;
  }
  const { home, me, workspace } = world();
  render(region, home ? blocks(home.blocks, surfaceOf(home)) : nothing(workspace.app_name));
  if (visit === me.id) return;
  visit = me.id;
  act({ do: "open_home" });
}

function surfaceOf(home) {
  return { id: `home-${home.id}`, where: { view_id: home.id }, heading: "h2", state: home.state?.values ?? {}, errors: {} };
}

const nothing = (appName) => h("p", { class: "empty" }, `${appName} has not shown its Home yet.`);
