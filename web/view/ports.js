/** The seven-row table: what each port is for and, once checked, how it did. */
import { html, nothing } from 'lit';
import { shown } from '../verdict/severity.js';
import { PORT_COLUMNS, portCells } from '../i18n/port-columns.js';
import { checkedWords } from '../i18n/when.js';
import { detailsView } from './details.js';
import { sign } from './icons.js';
import { statusMark } from './parts.js';
import { liveWords } from './progress.js';

export function portsView({ state, words, actions, tables }) {
  const idle = state.phase === 'idle';
  const columns = idle ? PORT_COLUMNS : [...PORT_COLUMNS, 'result'];
  return html`
    <section part="ports" aria-labelledby="ports-title">
      <header class="section-head">
        <h2 id="ports-title">${words.say('ports.title')}</h2>
        <p>${lead(state, words)}</p>
      </header>
      <div class="card">
        <table class="ports" role="table">
          <caption class="unseen">
            ${
              idle
                ? words.say('table.caption')
                : words.say('table.captionResult', { domain: state.target })
            }
          </caption>
          <thead role="rowgroup">
            <tr role="row">
              ${columns.map(
                (column) =>
                  html`<th role="columnheader" scope="col" class="col-${column}">
                    ${words.say(`table.${column}`)}
                  </th>`,
              )}
            </tr>
          </thead>
          <tbody role="rowgroup">
            ${tables.services.map((service) =>
              portRows({ service, columns, state, words, actions, tables }),
            )}
          </tbody>
        </table>
      </div>
      ${idle ? nothing : legend(words)}
    </section>
  `;
}

function lead({ phase, report, vantage }, words) {
  if (phase !== 'done') return words.say(phase === 'idle' ? 'ports.lead' : 'ports.leadRunning');
  const place = vantage.local ? words.say('vantage.local') : vantage.name;
  const checked = checkedWords({ started: report.started, ms: report.ms, place }, words);
  return html`${checked} ${words.say('ports.leadResult')}`;
}

function legend(words) {
  const statuses = Object.entries(words.locale.status).filter(([, { meaning }]) => meaning);
  return html`<details class="legend">
    <summary>${words.say('ports.legend')}</summary>
    <dl>
      ${statuses.map(
        ([status, { meaning }]) =>
          html`<dt>${statusMark(status, words)}</dt>
            <dd>${meaning}</dd>`,
      )}
    </dl>
  </details>`;
}

function portRows({ service, columns, state, words, actions, tables }) {
  const row = state.rows.find(({ port }) => port === service.port);
  const open = Boolean(row) && state.open.has(service.port);
  const cells = Object.entries(portCells(service, words)).filter(([column]) => column !== 'port');
  return html`
    <tr role="row" data-port=${service.port} data-status=${row?.status ?? nothing}>
      <th role="rowheader" scope="row" class="col-port">${service.port}</th>
      ${cells.map(([column, text]) => html`<td role="cell" class="col-${column}">${text}</td>`)}
      ${
        columns.includes('result')
          ? html`<td role="cell" class="col-result">
              ${resultView({ service, row, open, state, words, actions })}
            </td>`
          : nothing
      }
    </tr>
    ${
      open
        ? html`<tr role="row" class="more" id="details-${service.port}">
            <td role="cell" colspan=${columns.length}>
              ${detailsView({ row, state, words, actions, tables })}
            </td>
          </tr>`
        : nothing
    }
  `;
}

function resultView({ service, row, open, state, words, actions }) {
  if (!row) {
    const live = state.live.get(service.name);
    return html`<div class="result">
      <div>
        ${statusMark(live ? 'running' : 'waiting', words)}
        ${live ? html`<span class="sub">${liveWords(live, words)}</span>` : nothing}
      </div>
    </div>`;
  }
  const problem = state.problems.find(({ rows }) => rows.some(({ port }) => port === row.port));
  const [first] = shown(row);
  const sub = first
    ? words.explain(first.id, { ...first.args, port: row.port, host: row.server ?? state.target })
        .short
    : null;
  return html`<div class="result">
    <div>
      ${statusMark(row.status, words, problem?.act ?? 'none')}
      ${
        row.ms !== null && row.status === 'works'
          ? html`<span class="number ms">${words.say('ports.ms', { ms: row.ms })}</span>`
          : nothing
      }
      ${sub ? html`<span class="sub">${sub}</span>` : nothing}
    </div>
    <button
      type="button"
      class="toggle"
      aria-expanded=${open ? 'true' : 'false'}
      aria-controls="details-${row.port}"
      aria-label=${words.say(open ? 'ports.close' : 'ports.open', { port: row.port })}
      @click=${() => actions.toggle(row.port)}
    >
      ${sign('down')}
    </button>
  </div>`;
}
