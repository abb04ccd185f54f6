/** When the bridge may be asked again, and then the button that asks. */
import { html, nothing } from 'lit/html.js';

/** Longer than this is said in minutes. */
const MOST_SECONDS = 90;

export function againView({ state: { again }, words, actions }) {
  if (again === null) return nothing;
  if (again.seconds > 0) return html`<p class="again">${againWords(again.seconds, words)}</p>`;
  return html`<p class="again">
    <button type="button" class="button primary" @click=${actions.again}>
      ${words.say('form.again')}
    </button>
  </p>`;
}

/** For those who listen: how long it takes, and nothing more until it is over. */
export function againSaid({ again }, words) {
  if (again === null) return '';
  return again.seconds > 0 ? againWords(again.from, words) : words.say('again.now');
}

function againWords(seconds, words) {
  return seconds <= MOST_SECONDS
    ? words.count('again.seconds', seconds)
    : words.count('again.minutes', Math.ceil(seconds / 60));
}
