/** Where does something that floats above the page stand? */

const GAP = 4;

/**
 * Show a popover below its anchor, or above it where there is more room. It stands inside the anchor's dialog,
 * because everything outside of an open dialog cannot be reached.
 */
export function floatAt(popover, anchor) {
  if (!popover.isConnected) (anchor.closest("dialog") ?? document.body).append(popover);
  if (!popover.matches(":popover-open")) popover.showPopover();
  const at = anchor.getBoundingClientRect();
  const below = innerHeight - at.bottom - GAP;
  const up = popover.scrollHeight > below && at.top > below;
  const room = Math.max(up ? at.top - GAP : below, 80) - GAP;
  popover.style.maxHeight = `${room}px`;
  popover.style.minWidth = `${Math.min(at.width, innerWidth - 2 * GAP)}px`;
  const { width, height } = popover.getBoundingClientRect();
  popover.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - width - GAP))}px`;
  popover.style.top = `${up ? Math.max(GAP, at.top - height - GAP) : at.bottom + GAP}px`;
}
