/**
 * Where the names of one owner begin: `example.co.uk` is somebody's, `co.uk` is a public suffix, below
 * which anybody can get a name.
 *
 * This is a security boundary, and it errs to one side: what it takes for one owner's is one owner's.
 * It may take too much for a suffix, since its table is the public suffix list cut down: where many
 * suffixes share a parent, all that is below the parent counts as one (`*.tokyo.jp`).
 */
import { REGISTRY_LABELS, SUFFIXES } from './public-suffix-table.js';

/** Suffix → how many more labels are suffix below it; made when it is first asked. */
let suffixes = null;

/**
 * The public suffix of a name and one label more (RFC 9091 calls it the organizational domain).
 * @param {string} name a host name as A-labels, in any case
 * @returns {string|null} in lower case; null for a public suffix itself, an IP literal, a name of one
 *   label and what is no host name
 */
export function registrableDomain(name) {
  const labels = labelsOf(name);
  if (!labels) return null;
  const length = suffixLength(labels) + 1;
  return labels.length < length ? null : labels.slice(-length).join('.');
}

function labelsOf(name) {
  const labels = name.toLowerCase().replace(/\.$/, '').split('.');
  const inOrder = labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
  // No top-level domain is a number (RFC 3696 section 2): this is an address.
  return inOrder && name.length <= 254 && !/^\d+$/.test(labels.at(-1)) ? labels : null;
}

/** How many labels at the end of a name are its public suffix: 1 where the list is silent. */
function suffixLength(labels) {
  suffixes ??= readTable();
  let longest = 1;
  if (labels.length > 1 && labels.at(-1).length === 2 && isRegistryLabel(labels.at(-2))) {
    longest = 2;
  }
  for (let length = 1; length <= labels.length; length++) {
    const more = suffixes.get(labels.slice(-length).join('.'));
    if (more !== undefined) longest = Math.max(longest, length + more);
  }
  return longest;
}

function isRegistryLabel(label) {
  return REGISTRY_LABELS.split(' ').includes(label);
}

function readTable() {
  const table = new Map();
  for (const line of SUFFIXES.trim().split('\n')) {
    const [top, ...rules] = line.split(' ');
    for (const rule of rules) {
      const stars = /^(\*\.?)*/.exec(rule)[0];
      const more = stars.replaceAll('.', '').length;
      const parent = [rule.slice(stars.length), top].filter(Boolean).join('.');
      table.set(parent, Math.max(more, table.get(parent) ?? 0));
    }
  }
  return table;
}
