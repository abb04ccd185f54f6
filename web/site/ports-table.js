/** The table of the seven ports as HTML text, for the page before any script. Pure. */

const COLUMNS = ['port', 'protocol', 'encryption', 'direction', 'use'];

/** @param {object[]} services rows of the table @param {object} words what createWords() returned */
export function portsTable(services, words) {
  const head = COLUMNS.map(
    (column) =>
      `<th role="columnheader" scope="col" class="col-${column}">${escaped(words.say(`table.${column}`))}</th>`,
  );
  const rows = services.map((service) => {
    const cells = {
      protocol: service.protocol.toUpperCase(),
      encryption: words.say(`mode.${service.mode}`),
      direction: words.say(`direction.${service.direction}`),
      use: words.say(`services.${service.name}`),
    };
    const rest = Object.entries(cells).map(
      ([column, text]) => `<td role="cell" class="col-${column}">${escaped(text)}</td>`,
    );
    return `<tr role="row" data-port="${service.port}"><th role="rowheader" scope="row" class="col-port">${service.port}</th>${rest.join('')}</tr>`;
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
