/** The table of the seven ports as HTML text, for the page before any script. Pure. */

import { PORT_COLUMNS, portCells } from '../i18n/port-columns.js';

/** @param {object[]} services rows of the table @param {object} words what createWords() returned */
export function portsTable(services, words) {
  const head = PORT_COLUMNS.map(
    (column) =>
      `<th role="columnheader" scope="col" class="col-${column}">${escaped(words.say(`table.${column}`))}</th>`,
  );
  const rows = services.map((service) => {
    const { port, ...cells } = portCells(service, words);
    const rest = Object.entries(cells).map(
      ([column, text]) => `<td role="cell" class="col-${column}">${escaped(text)}</td>`,
    );
    return `<tr role="row" data-port="${port}"><th role="rowheader" scope="row" class="col-port">${port}</th>${rest.join('')}</tr>`;
  });
  return `<table class="ports card" role="table">
<caption class="unseen">${escaped(words.say('table.caption'))}</caption>
<thead role="rowgroup"><tr role="row">${head.join('')}</tr></thead>
<tbody role="rowgroup">
${rows.join('\n')}
</tbody>
</table>`;
}

export function escaped(text) {
  return text.replace(
    /[&<>"]/g,
    (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char],
  );
}
