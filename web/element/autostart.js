/**
 * When an element may begin a check by itself: on the site that it comes from, or where the operator of the
 * bridge lists every site around it; once for each page; and in a frame only where it can be seen. Five
 * frames of one pixel in anybody's page must not make a visitor open connections.
 */

/** Visible, in CSS pixels: less than one button is nothing that anybody sees. */
const LEAST_WIDTH = 120;
const LEAST_HEIGHT = 40;
/** Parts of the element at which the browser tells how much of it can be seen. */
const STEPS = Array.from({ length: 41 }, (_, index) => index / 40);
/** What stands for an origin that the browser does not tell; nobody lists it. */
const UNKNOWN = 'null';

/**
 * The origins around a check that are not the site's own.
 * @param {object} view the window
 * @param {string} home origin of the script
 * @returns {string[]}
 */
export function originsAround(view, home) {
  const here = view.location.origin;
  return [...new Set([here, ...ancestorsOf(view)])].filter((origin) => origin !== home);
}

/** A page of the site itself, in a tab and not in a frame: whoever sees it went there. */
export function isAtHome(view, home) {
  return view === view.parent && originsAround(view, home).length === 0;
}

function ancestorsOf(view) {
  const { ancestorOrigins } = view.location;
  if (ancestorOrigins) return [...ancestorOrigins];
  // Firefox tells them of its own site only; and of the parent, who led here.
  const found = [];
  for (let one = view; one !== one.parent; one = one.parent) found.push(originOf(one.parent));
  if (found[0] === UNKNOWN) found[0] = originOfUrl(view.document.referrer);
  return found;
}

function originOf(view) {
  try {
    return view.location.origin;
  } catch {
    return UNKNOWN;
  }
}

function originOfUrl(url) {
  try {
    return new URL(url).origin;
  } catch {
    return UNKNOWN;
  }
}

/**
 * Settles once a reader can see the element; never where that does not come.
 * @param {Element} element
 * @param {AbortSignal} signal ends the watch
 */
export function seen(element, signal) {
  return new Promise((resolve) => {
    const look = (entries) => {
      const { width, height } = entries.at(-1).intersectionRect;
      const large = width >= LEAST_WIDTH && height >= LEAST_HEIGHT;
      if (!large || element.ownerDocument.visibilityState !== 'visible') return;
      observer.disconnect();
      resolve();
    };
    const observer = new IntersectionObserver(look, { threshold: STEPS });
    signal.addEventListener('abort', () => observer.disconnect());
    observer.observe(element);
  });
}

let begun = false;

/** Whether this is the first on this page that begins by itself. */
export function isFirst() {
  const first = !begun;
  begun = true;
  return first;
}
