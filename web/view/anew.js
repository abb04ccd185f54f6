/** Something that is drawn anew with each screen: nothing of the one before is kept in its place. */
import { html } from 'lit/html.js';

/** @param {number} screen one more for each @param {object} shown a template */
export function anew(screen, shown) {
  // Another template is another piece of the page: two of them in turn will do.
  return screen % 2 ? html`${shown}` : html`<!-- -->${shown}`;
}
