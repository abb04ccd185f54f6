/** What came of the settings in the reader's mail app: each value right or wrong, and what to use. */
import { html, nothing } from 'lit/html.js';
import {
  SIGN_OF,
  conclusionText,
  conclusionTitle,
  shownValue,
} from '../i18n/app-settings-words.js';
import { statusIcon } from './icons.js';
import { breakable } from './parts.js';

const MARK_SIGN = { right: 'works', wrong: 'broken', unsafe: 'broken', unknown: 'not-tested' };

export function appSettingsView({ result, words }) {
  const { checked } = result;
  if (checked.length === 0) return nothing;
  return html`
    <section aria-labelledby="typed-title">
      <header class="section-head">
        <h2 id="typed-title" tabindex="-1">${words.say('typed.title')}</h2>
      </header>
      <div class="card checked-sides">
        ${checked.map((conclusion) => sideView(conclusion, words))}
      </div>
    </section>
  `;
}

/** The verdicts alone, to be read out. */
export function appSettingsTitles({ checked }, words) {
  return checked.map(
    (conclusion) =>
      `${words.say(`typed.side.${conclusion.side}`)}: ${conclusionTitle(conclusion, words)}.`,
  );
}

function sideView(conclusion, words) {
  const { side, outcome, values, offered } = conclusion;
  const name = words.say(`typed.side.${side}`);
  const { seen, change } = conclusionText(conclusion, words);
  return html`<div
    class="checked"
    role="group"
    aria-label=${name}
    data-side=${side}
    data-outcome=${outcome}
  >
    <p class="checked-side">${name}</p>
    <h3 class="status ${SIGN_OF[outcome]}">
      ${statusIcon(SIGN_OF[outcome])}<span>${conclusionTitle(conclusion, words)}</span>
    </h3>
    <p>${seen}</p>
    ${change ? html`<p class="change">${change}</p>` : nothing}
    <table class="checked-values">
      <caption class="unseen">
        ${name}
      </caption>
      <thead>
        <tr>
          <th scope="col">${words.say('typed.setting')}</th>
          <th scope="col">${words.say('typed.inApp')}</th>
          ${offered ? html`<th scope="col">${words.say('typed.use')}</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${values.map((value) => valueRow(value, offered, words))}
      </tbody>
    </table>
  </div>`;
}

function valueRow({ name, typed, mark, use }, offered, words) {
  const shown = (value) =>
    html`<span translate="no">${breakable(shownValue(name, value, words))}</span>`;
  return html`<tr data-value=${name} data-mark=${mark}>
    <th scope="row">${words.say(`typed.field.${name}`)}</th>
    <td>
      ${shown(typed)}
      <span class="status ${MARK_SIGN[mark]}"
        >${statusIcon(MARK_SIGN[mark])}<span>${words.say(`typed.mark.${mark}`)}</span></span
      >
    </td>
    ${
      offered
        ? html`<td class=${use === null ? 'quiet' : 'use'}>${shown(offered[name])}</td>`
        : nothing
    }
  </tr>`;
}
