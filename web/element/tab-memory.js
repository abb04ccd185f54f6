/**
 * What a tab keeps for one element until it is closed: in sessionStorage, under a key of its own. Elements
 * that differ in what they check with, or in what they show, share nothing; nor do two of the same, on one
 * page, in components beside each other or in frames beside each other.
 */

/** Attributes that make another element of it. The language does not: the result is the same. */
const TELLING = ['preset', 'bridge', 'ticket', 'compact', 'guide', 'id'];

export class TabMemory {
  #element;
  #base;
  /** Where its frame is. Asked once: frames that come later must not take it elsewhere. */
  #frame = null;

  /** @param {HTMLElement} element @param {string} base URL of the folder with its script */
  constructor(element, base) {
    this.#element = element;
    this.#base = base;
  }

  /** @returns {string|null} */
  read() {
    return this.#with((storage, key) => storage.getItem(key));
  }

  /** Null: nothing any more. @param {string|null} text */
  write(text) {
    this.#with((storage, key) => {
      // What does not fit leaves nothing, rather than what was there before.
      storage.removeItem(key);
      if (text !== null) storage.setItem(key, text);
    });
  }

  /** Where storage is forbidden (in many frames) or full, a result lasts as long as the page. */
  #with(use) {
    try {
      return use(window.sessionStorage, this.#key()) ?? null;
    } catch (error) {
      if (error instanceof DOMException) return null;
      throw error;
    }
  }

  #key() {
    this.#frame ??= placeOfFrame(window);
    const own = identityOf(this.#element);
    return `mail-port-check ${JSON.stringify([this.#base, own, ...placesOf(this.#element, own), ...this.#frame])}`;
  }
}

function identityOf(element) {
  return JSON.stringify(TELLING.map((name) => element.getAttribute(name)));
}

/** Which of those alike it is, and then of its hosts, where it stands in components. */
function placesOf(element, own) {
  const alike = (other) => identityOf(other) === own;
  const places = [];
  for (let one = element; one; one = one.getRootNode().host) {
    const named = [...one.getRootNode().querySelectorAll(one.localName)];
    places.push((one === element ? named.filter(alike) : named).indexOf(one));
  }
  return places;
}

/** Its place among its parent's frames, and so on outwards; any site may ask that. Empty on a page. */
function placeOfFrame(view) {
  const places = [];
  for (let one = view; one !== one.parent; one = one.parent) {
    const { parent } = one;
    const frames = Array.from({ length: parent.length }, (_, index) => parent[index]);
    places.push(`frame ${frames.indexOf(one)}`);
  }
  return places;
}
