/** That what follows was found before the page was loaded again, and when. The form checks again. */
import { html } from 'lit/html.js';
import { placeWords } from '../i18n/place.js';
import { checkedWords } from '../i18n/when.js';

export function restoredView({ state, words, actions }) {
  const { report, target, vantage } = state;
  const place = placeWords(vantage, words);
  return html`
    <section class="card restored" part="restored" aria-labelledby="restored-title">
      <div>
        <h2 id="restored-title">${words.say('restored.title', { domain: target })}</h2>
        <p>
          ${checkedWords({ started: report.started, ms: report.ms, place }, words)}
          ${words.say('restored.text')}
        </p>
      </div>
      <div class="buttons">${startOverButton({ words, actions })}</div>
    </section>
  `;
}

/** Nothing of the check is left then, neither here nor in the tab. */
export function startOverButton({ words, actions }) {
  return html`<button type="button" class="button small" @click=${actions.startOver}>
    ${words.say('restored.startOver')}
  </button>`;
}
