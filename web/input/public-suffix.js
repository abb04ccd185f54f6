/**
 * Where the names of one owner begin: `example.co.uk` is somebody's, `co.uk` is a public suffix, below
 * which anybody can get a name.
 *
 * This is a security boundary, so it errs to one side: two names that may have two owners never count
 * as one owner's. Its table is the public suffix list, cut down: where the list has so many suffixes
 * that a page should not carry them, the table has the parent as mixed (`no`, with its 700 places), and
 * below it nobody is taken to own more than the very name that is asked about.
 *
 * The table lies in pieces, by the first letters of top-level domains. A page fetches the one that it needs
 * (element/names.js); until then names of that piece are nobody's.
 */
import { PIECES, STARTS } from '#suffixes';
import { REGISTRY_LABELS } from './public-suffixes/registry-labels.js';

/** Start of a piece → its table: name → what it is. */
const tables = new Map();
const SUFFIX = 1;
/** All that is one label below is a suffix: `*.ck`. */
const STAR = 2;
const MIXED_BELOW = 4;

/**
 * The public suffix of a name and one label more. To ask whether a host is an owner's:
 * `sameDomain(host, registrableDomain(domain))`; two answers need not be equal below a mixed parent.
 * @param {string} name a host name as A-labels, in any case
 * @returns {string|null} in lower case; the name itself below a mixed parent; null for a public
 *   suffix, an IP literal, a name of one label, what is no host name, and where the piece is not here
 */
export function registrableDomain(name) {
  const labels = labelsOf(name);
  if (!labels) return null;
  const end = (length) => labels.slice(-length).join('.');
  const table = tableOf(pieceOf(name));
  if (!table) return null;
  let suffix = 1;
  for (let length = 1; length <= labels.length; length++) {
    const is = table.get(end(length)) ?? 0;
    const mixed = is & MIXED_BELOW && !(length === 1 && isOfRegistry(labels));
    if (mixed && labels.length > length) return end(labels.length);
    if (is & SUFFIX) suffix = Math.max(suffix, length);
    if (is & STAR) suffix = Math.max(suffix, length + 1);
  }
  if (isOfRegistry(labels)) suffix = Math.max(suffix, 2);
  return labels.length > suffix ? end(suffix + 1) : null;
}

function labelsOf(name) {
  const labels = name.toLowerCase().replace(/\.$/, '').split('.');
  const inOrder = labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
  // No top-level domain is a number (RFC 3696 section 2): this is an address.
  return inOrder && name.length <= 254 && !/^\d+$/.test(labels.at(-1)) ? labels : null;
}

/** At `co.` or the like of a country, listed or not. */
function isOfRegistry(labels) {
  return labels.at(-1).length === 2 && REGISTRY_LABELS.split(' ').includes(labels.at(-2));
}

function tableOf(start) {
  if (!tables.has(start) && PIECES[start]) addPiece(start, PIECES[start]);
  return tables.get(start);
}

/** The pieces that have to come before something is to be known about these names. @returns {string[]} */
export function missingPieces(names) {
  const asked = names.filter(labelsOf).map(pieceOf);
  return [...new Set(asked)].filter((start) => !tableOf(start));
}

/** The piece that a name is in, by its start. @param {string} name */
export function pieceOf(name) {
  const top = name.toLowerCase().replace(/\.$/, '').split('.').at(-1);
  return [...STARTS].findLast((start) => start <= top) ?? STARTS[0];
}

/** @param {string} start @param {{SUFFIXES: string, MIXED: string}} piece */
export function addPiece(start, { SUFFIXES, MIXED }) {
  const read = new Map();
  const add = (name, is) => read.set(name, (read.get(name) ?? 0) | is);
  for (const [top, ...rests] of linesOf(SUFFIXES)) {
    for (const rest of rests) {
      if (rest === '*') add(top, STAR);
      else if (rest.startsWith('*.')) add(`${rest.slice(2)}.${top}`, STAR);
      else add(`${rest}.${top}`, SUFFIX);
    }
  }
  for (const [top, ...rests] of linesOf(MIXED)) {
    if (rests.length === 0) add(top, MIXED_BELOW);
    for (const rest of rests) add(`${rest}.${top}`, MIXED_BELOW);
  }
  tables.set(start, read);
}

function linesOf(text) {
  const lines = text.trim().split('\n');
  return lines.filter(Boolean).map((line) => line.split(' '));
}
