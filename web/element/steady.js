/** Draws anew while what the person looks at keeps its place on the screen. */

/** What stays in the element from the check to its result. */
const LASTING = '.ask, .answer h2, .side, table.ports tr';

/** @param {HTMLElement} host @param {Element|null} anchor what lookedAt() returned */
export function steadily(host, anchor, draw) {
  const before = anchor && edgeOf(anchor, host);
  draw();
  if (!anchor?.isConnected) return;
  const moved = edgeOf(anchor, host) - before;
  // Where the browser anchors by itself, this takes its place.
  if (Math.abs(moved) >= 1) scrollerOf(host).scrollBy({ top: moved, behavior: 'instant' });
}

/**
 * What the person looks at: what is selected, or has the focus, or else the first thing on the screen
 * that stays. Null where that is above the element, or nothing of the element is in sight.
 * @param {Selection|null} selection
 */
export function lookedAt(host, root, selection) {
  const node = selection?.anchorNode ?? null;
  const selected = node instanceof Element ? node : (node?.parentElement ?? null);
  const focused = root.activeElement ?? outside(document.activeElement);
  const lasting = [...root.querySelectorAll(LASTING)];
  const found = [selected, focused].find((one) => one && one !== host && isInSight(one));
  if (found) return found;
  const { top, bottom } = host.getBoundingClientRect();
  if (top > window.innerHeight) return null;
  // Of what follows the element only its end tells.
  if (bottom < window.innerHeight / 2) return host;
  return lasting.find(isInSight) ?? null;
}

/** The nearest ancestor that scrolls, through shadow trees; else the document. */
export function scrollerOf(element) {
  for (let node = above(element); node; node = above(node)) {
    const { overflowY } = getComputedStyle(node);
    const scrolls = ['auto', 'scroll'].includes(overflowY);
    if (scrolls && node.scrollHeight > node.clientHeight && node !== document.body) return node;
  }
  return document.scrollingElement ?? document.documentElement;
}

function above(node) {
  return node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;
}

function outside(element) {
  return element === document.body ? null : element;
}

function edgeOf(anchor, host) {
  const { top, bottom } = anchor.getBoundingClientRect();
  return anchor === host ? bottom : top;
}

/** Enough of it to be read. */
export function isInSight(element) {
  const { top, height } = element.getBoundingClientRect();
  return height > 0 && top >= 0 && top + height <= window.innerHeight;
}
