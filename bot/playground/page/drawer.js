/** How does the list of places open and close on a narrow screen? */

const drawer = document.getElementById("sidebar");
const opener = document.getElementById("open-drawer");
const stage = document.getElementById("stage");

/** Listen for the ways in and out: the button, the shade behind, and Escape. */
export function prepareDrawer() {
  opener.addEventListener("click", openDrawer);
  document.getElementById("shade").addEventListener("click", closeDrawer);
  drawer.addEventListener("keydown", ({ key }) => key === "Escape" && closeDrawer());
}

function openDrawer() {
  document.body.classList.add("drawer-open");
  opener.setAttribute("aria-expanded", "true");
  stage.inert = true;
  drawer.querySelector("button").focus();
}

export function closeDrawer() {
  if (!document.body.classList.contains("drawer-open")) return;
  document.body.classList.remove("drawer-open");
  opener.setAttribute("aria-expanded", "false");
  stage.inert = false;
  opener.focus();
}
