/**
 * The whole public suffix list, and the table that the page has of it.
 *
 *   node tests/web/public-suffix-list.js    writes web/public-suffix-table.js
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { tables } from './tables.js';

const require = createRequire(import.meta.url);
const { getDomain } = require('../node_modules/tldts');
// The package's own form of the list; it has no door to the rules themselves.
const trie = require('../node_modules/tldts/dist/cjs/src/data/trie.js');

/** Where a name has more suffixes than this below it, the table does not tell them apart … */
const MANY = 60;
/** … but here, where much of the world's mail is, or where the company or university has mail itself. */
const TOLD_APART = [
  ...['com', 'net', 'org', 'br', 'de', 'jp', 'uk', 'eu.org'],
  ...['hs-heilbronn.de', 'muni.cz', 'ovh.net'],
];
/** Companies with more than one rule below their own domain hand out names on many levels. */
const MANY_OF_A_COMPANY = 1;

export const TABLE = fileURLToPath(new URL('../../web/public-suffix-table.js', import.meta.url));

/** Its rules as `co.uk`, `*.ck`, both sections, in A-labels, without those of one label. */
export const RULES = rulesBelow(trie.rulesRoot).filter((rule) => rule.includes('.'));

const OF_REGISTRIES = new Set(rulesBelow(trie.rulesRoot, 1));

/** What the rules with a star would take too much: `www.ck`. */
export const EXCEPTIONS = rulesBelow(trie.exceptionsRoot);

/** What the whole list says, to hold registrableDomain() against. */
export function exactly(name) {
  return getDomain(name, { allowPrivateDomains: true, validateHostname: false });
}

/** @param {number} [section] 1: of registries, 2: of companies */
function rulesBelow(root, section = 3) {
  const { nodeFlags, edgeStart, edgeLength, edgeChild, labelText } = trie;
  const from = [0];
  for (const length of edgeLength) from.push(from.at(-1) + length);
  const found = [];
  const walk = (node, parent) => {
    for (let edge = edgeStart[node]; edge < edgeStart[node + 1]; edge++) {
      const name = [labelText.slice(from[edge], from[edge + 1]), ...parent];
      if (nodeFlags[edgeChild[edge]] & section) found.push(name.join('.'));
      walk(edgeChild[edge], name);
    }
  };
  walk(root, []);
  // The package has each name of another script twice.
  return found.filter((name) => /^[\x21-\x7e]+$/.test(name)).sort();
}

/** The rules without what the general rule covers, and the names below which they are too many. */
function cutDown() {
  const general = new Set(tables.registry_labels);
  const covered = (rule) => {
    const labels = rule.split('.');
    return labels.length === 2 && labels[1].length === 2 && general.has(labels[0]);
  };
  // What is below `com.pl` does not make all of .pl mixed.
  const parents = (name) => {
    const all = parentsOf(name);
    const registry = all.findIndex(covered);
    return registry < 0 ? all : all.slice(0, registry);
  };
  const below = new Map();
  for (const rule of RULES) {
    for (const parent of parents(rule)) below.set(parent, [...(below.get(parent) ?? []), rule]);
  }
  const tooMany = ([parent, { length }]) => {
    if (TOLD_APART.includes(parent) || covered(parent)) return false;
    const company = parent.includes('.') && !RULES.includes(parent);
    return length > (company ? MANY_OF_A_COMPANY : MANY) || (isPrefecture(parent) && length > 10);
  };
  const mixed = new Set([...below].filter(tooMany).map(([parent]) => parent));
  const within = (name) => parents(name).some((parent) => mixed.has(parent));
  return {
    suffixes: RULES.filter((rule) => !covered(rule) && !within(rule)),
    mixed: [...mixed].filter((parent) => !within(parent)),
  };
}

/** A registry's suffix below a country's top-level domain that has its own below it. */
function isPrefecture(name) {
  return /^[^.]+\.jp$/.test(name) && OF_REGISTRIES.has(name);
}

function parentsOf(name) {
  const labels = name.split('.');
  return labels.slice(1).map((_, at) => labels.slice(at + 1).join('.'));
}

/** The source of web/public-suffix-table.js. */
export function tableSource() {
  const { suffixes, mixed } = cutDown();
  return `/*! The public suffix list of publicsuffix.org, cut down. Mozilla Public License 2.0. */
// Made by tests/web/public-suffix-list.js; what it means is in public-suffix.js.

export const REGISTRY_LABELS = '${tables.registry_labels.join(' ')}';

/** A line for each top-level domain. */
export const SUFFIXES = \`
${lines(suffixes)}
\`;

/** The same; a line of one word is about the whole top-level domain. */
export const MIXED = \`
${lines(mixed)}
\`;
`;
}

function lines(names) {
  const byTop = new Map();
  for (const name of names) {
    const at = name.lastIndexOf('.');
    const rest = at < 0 ? [] : [name.slice(0, at)];
    const top = name.slice(at + 1);
    byTop.set(top, [...(byTop.get(top) ?? []), ...rest]);
  }
  return [...byTop]
    .map(([top, rest]) => [top, ...rest].join(' '))
    .sort()
    .join('\n');
}

if (path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  writeFileSync(TABLE, tableSource());
}
