/**
 * What a tab keeps for one element until it is closed: in sessionStorage, under a key of its own. Elements
 * that differ in what they check with, or in what they show, share nothing; nor do two of the same on a page.
 */

/** Attributes that make another element of it. The language does not: the result is the same. */
const TELLING = ['preset', 'bridge', 'ticket', 'compact', 'guide', 'id'];

export class TabMemory {
  #element;
  #base;

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
    const own = identityOf(this.#element);
    const root = this.#element.getRootNode();
    const alike = [...root.querySelectorAll(this.#element.localName)].filter(
      (other) => identityOf(other) === own,
    );
    const place = alike.indexOf(this.#element);
    return `mail-port-check ${JSON.stringify([this.#base, own, place])}`;
  }
}

function identityOf(element) {
  return JSON.stringify(TELLING.map((name) => element.getAttribute(name)));
}
