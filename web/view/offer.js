/**
 * A check has ended while the person was reading, typing or copying: nothing is moved, and this leads to
 * the result until it was used or the result was seen.
 */
import { html, nothing } from 'lit/html.js';

export function offerView({ state, words, actions }) {
  if (!state.offer) return nothing;
  return html`<p class="offer" part="offer">
    <button type="button" class="button primary small" @click=${actions.goToResult}>
      ${words.say('running.goToResult', { domain: state.target })}
    </button>
  </p>`;
}
