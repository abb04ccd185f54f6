/** When the bridge may be asked again, and then the button that asks. */
import { html, nothing } from 'lit/html.js';
import { againWords } from './again-words.js';

export function againView({ state: { again }, words, actions }) {
  if (again === null) return nothing;
  if (again.seconds > 0) return html`<p class="again">${againWords(again.seconds, words)}</p>`;
  return html`<p class="again">
    <button type="button" class="button primary" @click=${actions.again}>
      ${words.say('form.again')}
    </button>
  </p>`;
}
