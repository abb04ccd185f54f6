/** A report from a file: where it is opened, and what is said of it while it is shown. */
import { html, nothing } from 'lit/html.js';
import { placeWords } from '../i18n/place.js';
import { checkedWords } from '../i18n/when.js';
import { clip, visible } from '../i18n/text.js';
import { sign } from './icons.js';

/** For support staff; nobody else needs it, so it stands last. */
export function openReportView({ state, words, actions }) {
  if (state.phase === 'running') return nothing;
  const choose = ({ target }) => {
    actions.openReport(target.files);
    // The same file can be chosen again once it is mended.
    target.value = '';
  };
  const title = html`<h2 id="open-report-title">${words.say('openReport.ask')}</h2>`;
  const hint = html`<p id="open-report-hint">${words.say('openReport.hint')}</p>`;
  const control = html`
    <label class="button small file">
      ${sign('open')}${words.say('openReport.open')}
      <input
        id="report-file"
        type="file"
        accept=".json,application/json"
        aria-describedby="open-report-hint"
        @change=${choose}
      />
    </label>
    <p class="field-error" id="report-file-error" role="alert" ?hidden=${!state.fileError}>
      ${state.fileError ?? ''}
    </p>
  `;
  return html`
    <section class="open-report" part="open-report" aria-labelledby="open-report-title">
      ${
        state.phase === 'done'
          ? html`<details ?open=${Boolean(state.fileError)}>
              <summary>${title}</summary>
              ${hint}${control}
            </details>`
          : html`<div>${title}${hint}</div>
              ${control}`
      }
    </section>
  `;
}

/** That what follows is from a file, from when and from where. */
export function savedView({ state, words, actions }) {
  const { saved, strangers, report, target, domain, vantage } = state;
  if (saved === null || state.phase !== 'done') return nothing;
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

/** While a file is held over the page. */
export function dropView({ state, words }) {
  return state.dropping
    ? html`<p class="drop" aria-hidden="true">${words.say('openReport.drop')}</p>`
    : nothing;
}
