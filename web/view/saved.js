/** That what follows is from a file, from when and from where. */
import { html, nothing, svg } from 'lit/html.js';
import { placeWords } from '../i18n/place.js';
import { checkedWords } from '../i18n/when.js';
import { clip, visible } from '../i18n/text.js';
import { drawn } from './icons.js';

const FILE = svg`<path d="M13 3H7a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V8zM13 3v5h5M9 13h6M9 16.500h4" />`;

export function savedView({ state, words, actions }) {
  const { saved, strangers, report, target, domain, vantage } = state;
  const place = placeWords(vantage, words);
  return html`
    <section class="card saved" part="saved" aria-labelledby="saved-title">
      ${drawn(FILE)}
      <div>
        <h2 id="saved-title" tabindex="-1">${words.say('saved.title', { domain: target })}</h2>
        <p>${checkedWords({ started: report.started, ms: report.ms, place }, words)}</p>
        <p>${words.say('saved.text', { file: clip(visible(saved), 80) })}</p>
        ${
          strangers.length > 0
            ? html`<p class="saved-strangers">
                ${words.say('saved.strangers', { domain, list: words.list(strangers) })}
              </p>`
            : nothing
        }
      </div>
      <button type="button" class="button small" @click=${actions.closeReport}>
        ${words.say('saved.close')}
      </button>
    </section>
  `;
}
