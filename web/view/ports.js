/** The seven-row table: what each port is for and, once checked, how it did. */
import { html, nothing } from 'lit/html.js';
import { PORT_COLUMNS, portCells } from '../i18n/port-columns.js';
import { placeWords } from '../i18n/place.js';
import { checkedWords } from '../i18n/when.js';
import { sign, statusIcon } from './icons.js';
import { late } from './late.js';
import { onceHere, statusMark } from './parts.js';
import { liveWords } from './progress.js';

export function portsView(context) {
  const { state, words } = context;
  if (state.phase === 'done' && !state.compact && !state.portsStay) return foldedView(context);
  return html`
    <section part="ports" aria-labelledby="ports-title">
      <header class="section-head">
        <h2 id="ports-title">${words.say('ports.title')}</h2>
        <p>${lead(state, words)}</p>
      </header>
      <div class="card">${tableView(context)}</div>
      ${state.phase === 'idle' ? nothing : legend(words)}
    </section>
  `;
}

/** Once the check has ended, the answer comes first: of the ports only how each did. */
function foldedView(context) {
  const { state, result, words, tables } = context;
  return html`
    <section part="ports" aria-labelledby="ports-title">
      <details class="card fold printed ports-fold">
        <summary>
          <h2 id="ports-title">${words.say('ports.title')}</h2>
          <span class="port-marks"
            >${tables.services.map(({ port }) => portMark(port, result.rows.get(port), words))}</span
          >
        </summary>
        <p class="fold-body">${lead(state, words)}</p>
        ${tableView(context)}
        <div class="fold-body">${legend(words)}</div>
      </details>
    </section>
  `;
}

function portMark(port, row, words) {
  const { status, act } = row ?? { status: 'not-tested', act: 'none' };
  return html`<span class="status ${status} act-${act}"
    >${statusIcon(status)}<span>${port}</span
    ><span class="unseen">${words.say(`status.${status}.label`)}</span></span
  >`;
}

function tableView({ state, result, words, actions, tables }) {
  const idle = state.phase === 'idle';
  const columns = idle ? PORT_COLUMNS : [...PORT_COLUMNS, 'result'];
  return html`
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
          portRows({ service, columns, state, result, words, actions }),
        )}
      </tbody>
    </table>
  `;
}

function lead({ phase, report, vantage }, words) {
  if (phase !== 'done') return words.say(phase === 'idle' ? 'ports.lead' : 'ports.leadRunning');
  const place = placeWords(vantage, words);
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

function portRows({ service, columns, state, result, words, actions }) {
  const row = result.rows.get(service.port);
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
              ${onceHere(
                () =>
                  late('details').detailsView({ port: service.port, row, state, words, actions }),
                { state, words, actions },
              )}
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
  const { status, act, ms, finding } = row;
  const sub = finding ? words.explain(finding.id, finding.args).short : null;
  return html`<div class="result">
    <div>
      ${statusMark(status, words, act)}
      ${
        ms !== null
          ? html`<span class="number ms">${words.say('ports.ms', { ms })}</span>`
          : nothing
      }
      ${sub ? html`<span class="sub">${sub}</span>` : nothing}
    </div>
    <button
      type="button"
      class="toggle"
      aria-expanded=${open ? 'true' : 'false'}
      aria-controls="details-${service.port}"
      aria-label=${words.say(open ? 'ports.close' : 'ports.open', { port: service.port })}
      @click=${() => actions.toggle(service.port)}
    >
      ${sign('down')}
    </button>
  </div>`;
}
