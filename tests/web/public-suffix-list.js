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

/** Where a name has more suffixes than this below it, all that is below it is one. */
const SIBLINGS = 20;
/** … but not here, where people have their mail right below the name. */
const KEPT_WHOLE = ['eu.org', 'wa.us'];

export const TABLE = fileURLToPath(new URL('../../web/public-suffix-table.js', import.meta.url));

/** Its rules as `co.uk`, `*.ck`, both sections, in A-labels, without those of one label. */
export const RULES = rulesBelow(trie.rulesRoot).filter((rule) => rule.includes('.'));

/** What the rules with a star would take too much: `www.ck`. */
export const EXCEPTIONS = rulesBelow(trie.exceptionsRoot);

/** What the whole list says, to hold registrableDomain() against. */
export function exactly(name) {
  return getDomain(name, { allowPrivateDomains: true, validateHostname: false });
}

function rulesBelow(root) {
  const { nodeFlags, edgeStart, edgeLength, edgeChild, labelText } = trie;
  const from = [0];
  for (const length of edgeLength) from.push(from.at(-1) + length);
  const found = [];
  const walk = (node, parent) => {
    for (let edge = edgeStart[node]; edge < edgeStart[node + 1]; edge++) {
      const name = [labelText.slice(from[edge], from[edge + 1]), ...parent];
      if (nodeFlags[edgeChild[edge]] !== 0) found.push(name.join('.'));
      walk(edgeChild[edge], name);
    }
  };
  walk(root, []);
  // The package has each name of another script twice.
  return found.filter((name) => /^[\x21-\x7e]+$/.test(name)).sort();
}

/** The rules, without what the general rule covers, and with one rule in place of many siblings. */
function cutDown() {
  const general = new Set(tables.registry_labels);
  const covered = (rule) => {
    const labels = rule.split('.');
    return labels.length === 2 && labels[1].length === 2 && general.has(labels[0]);
  };
  const below = new Map();
  for (const rule of RULES) {
    const labels = rule.split('.');
    for (let at = 1; at < labels.length - 1; at++) {
      const parent = labels.slice(at).join('.');
      below.set(parent, [...(below.get(parent) ?? []), rule]);
    }
  }
  const crowded = [...below]
    .filter(([parent, rules]) => rules.length > SIBLINGS && !parent.startsWith('*.'))
    .filter(([parent]) => !covered(parent) && !KEPT_WHOLE.includes(parent));
  const joined = new Map();
  for (const [parent, rules] of crowded) {
    const depth = Math.max(...rules.map(count)) - count(parent);
    joined.set(parent, '*.'.repeat(depth) + parent);
  }
  const within = (rule) => [...joined.keys()].some((parent) => `.${rule}`.endsWith(`.${parent}`));
  const outermost = [...joined].filter(
    ([parent]) => !within(parent.slice(parent.indexOf('.') + 1)),
  );
  const rest = RULES.filter((rule) => !covered(rule) && !within(rule));
  return [...rest, ...outermost.map(([, rule]) => rule)].sort();
}

function count(name) {
  return name.split('.').length;
}

/** The source of web/public-suffix-table.js. */
export function tableSource() {
  const byTop = new Map();
  for (const rule of cutDown()) {
    const dot = rule.lastIndexOf('.');
    const top = rule.slice(dot + 1);
    byTop.set(top, [...(byTop.get(top) ?? []), rule.slice(0, dot)]);
  }
  const lines = [...byTop].sort().map(([top, rules]) => `${top} ${rules.join(' ')}`);
  return `/*! The public suffix list of publicsuffix.org, cut down. Mozilla Public License 2.0. */
// Made by tests/web/public-suffix-list.js; public-suffix.js says how to read it.

/** Of these labels below any country's top-level domain. */
export const REGISTRY_LABELS = ${JSON.stringify(tables.registry_labels.join(' '))};

/** A line for each top-level domain: the suffixes below it. */
export const SUFFIXES = \`
${lines.join('\n')}
\`;
`;
}

if (path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  writeFileSync(TABLE, tableSource());
}
