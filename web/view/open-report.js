/** Where a report from a file is opened. */
import { html, nothing } from 'lit/html.js';
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

/** While a file is held over the page. */
export function dropView({ state, words }) {
  return state.dropping
    ? html`<p class="drop" aria-hidden="true">${words.say('openReport.drop')}</p>`
    : nothing;
}
