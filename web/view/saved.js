/** That what follows is from a file, from when and from where. */
import { html, nothing } from 'lit/html.js';
import { placeWords } from '../i18n/place.js';
import { checkedWords } from '../i18n/when.js';
import { clip, visible } from '../i18n/text.js';
import { sign } from './icons.js';

export function savedView({ state, words, actions }) {
  const { saved, strangers, report, target, domain, vantage } = state;
  const place = placeWords(vantage, words);
  return html`
    <section class="card saved" part="saved" aria-labelledby="saved-title">
      ${sign('file')}
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
