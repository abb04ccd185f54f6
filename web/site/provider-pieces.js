/**
 * The table of known providers in pieces, for a page that fetches what a name asks for. Static files: what one host
 * of files learns of a check is which fourth of the table was wanted.
 */
import { tellingLabels } from '../discover/providers.js';
import { registrableDomain } from '../input/public-suffix.js';

/** As many: most checks want none, and few want more than one. */
const PIECES = 4;

/**
 * @param {object[]} rows the table
 * @returns {{labels: string[], pieces: Array<Array<[number, object]>>}} for each piece its rows with their places in
 *   the table, and the labels of which each name has one that any of these rows can be found by
 */
export function providerPieces(rows) {
  const sizes = rows.map((row) => JSON.stringify(row).length);
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  const pieces = Array.from({ length: PIECES }, () => []);
  let before = 0;
  for (const [place, row] of rows.entries()) {
    pieces[Math.floor((PIECES * before) / whole)].push([place, row]);
    before += sizes[place];
  }
  const labels = pieces.map((piece) => [...new Set(piece.flatMap(([, row]) => labelsOf(row)))]);
  return { labels: labels.map((list) => list.sort().join(' ')), pieces };
}

function labelsOf({ id, domains, mx, servers }) {
  const hosts = Object.values(servers).map(({ host }) => host);
  return [id, ...domains, ...mx, ...hosts].map((name) => {
    const telling = tellingLabels(name);
    const own = registrableDomain(name)?.split('.')[0];
    return telling.includes(own) ? own : telling.at(-1);
  });
}
