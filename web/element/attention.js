/**
 * Whether the person is busy with the page: has scrolled, typed, clicked or selected something since a
 * check began, or has the focus in a field. Whoever is busy is not moved when the check ends.
 */
import { scrollerOf } from './steady.js';

const BY_HAND = ['keydown', 'pointerdown', 'wheel', 'touchmove'];
/** Pressed to leave the window, or along with another key. */
const MODIFIERS = ['Alt', 'AltGraph', 'Control', 'Meta', 'Shift'];
/** Browsers round positions. */
const ROUNDING_PX = 2;
/** Inputs that nobody types in. */
const UNTYPED = ['button', 'checkbox', 'file', 'image', 'radio', 'range', 'reset', 'submit'];

export class Attention {
  #host;
  #root;
  #watching = null;
  #used = false;
  #usedHere = false;
  #scroller = null;
  #position = 0;
  /** What was selected when the check began, such as the text of the field in which Enter was pressed. */
  #selected = '';

  /** @param {HTMLElement} host @param {ShadowRoot} root its own */
  constructor(host, root) {
    this.#host = host;
    this.#root = root;
  }

  /** From now on. */
  begin() {
    this.end();
    this.#used = false;
    this.#usedHere = false;
    this.#scroller = scrollerOf(this.#host);
    this.#position = this.#scroller.scrollTop;
    this.#selected = String(selectionIn(this.#root) ?? '');
    this.#watching = new AbortController();
    const { signal } = this.#watching;
    for (const name of BY_HAND) {
      window.addEventListener(name, (event) => this.#note(event), {
        capture: true,
        passive: true,
        signal,
      });
    }
  }

  end() {
    this.#watching?.abort();
    this.#watching = null;
  }

  /** The page was scrolled by us. */
  scrolled() {
    this.#position = this.#scroller?.scrollTop ?? 0;
  }

  get busy() {
    if (this.#used || this.typing) return true;
    if (Math.abs((this.#scroller?.scrollTop ?? 0) - this.#position) > ROUNDING_PX) return true;
    const selection = selectionIn(this.#root);
    return selection !== null && String(selection) !== this.#selected;
  }

  /** Something of it was done in the element itself. */
  get here() {
    return this.#usedHere || this.#root.activeElement !== null;
  }

  /** The focus is where text is typed, wherever in the page that is. */
  get typing() {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (!active) return false;
    if (active.localName === 'input') return !UNTYPED.includes(active.type);
    return active.isContentEditable || ['textarea', 'select'].includes(active.localName);
  }

  #note(event) {
    // Enter that is held down, or a key that says nothing yet.
    if (event.repeat || MODIFIERS.includes(event.key)) return;
    this.#used = true;
    this.#usedHere ||= event.composedPath().includes(this.#host);
  }
}

/** What is selected, in the element or around it; null where nothing is. */
export function selectionIn(root) {
  // Where a browser has the first, the second says nothing of what is selected in a shadow tree.
  const selections = [root.getSelection?.(), document.getSelection()];
  return selections.find((selection) => selection && String(selection) !== '') ?? null;
}
