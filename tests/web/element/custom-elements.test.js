/** custom-elements.json says what the sources do. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { COLOURS } from '../../../web/config/preset-colours.js';
import { REPORT } from '../../../web/report/schema.js';

const web = new URL('../../../web/', import.meta.url);
const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const read = (name) => readFileSync(new URL(name, web), 'utf8');
const [element] = JSON.parse(read('custom-elements.json')).modules[0].declarations;
const source = read('element/element.js');
const filesOf = (ending) =>
  ['element', 'element/parts', 'view']
    .flatMap((room) => readdirSync(new URL(`${room}/`, web)).map((name) => `${room}/${name}`))
    .filter((name) => name.endsWith(ending))
    .map((name) => [name, read(name)]);
const textOf = (ending) =>
  filesOf(ending)
    .map(([, text]) => text)
    .join('\n');
const markup = textOf('.js');
const styles = textOf('.css');

const named = (list) => list.map(({ name }) => name).sort();
const found = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))];

test('the tag and the class', () => {
  const entry = read('element/mail-port-check.js');
  assert.ok(entry.includes(`customElements.define('${element.tagName}', ${element.name})`));
});

test('attributes', () => {
  const observed = /observedAttributes = \[([^\]]*)\]/.exec(source)[1];
  const used = [
    ...found(observed, /'([\w-]+)'/g),
    ...found(source, /\b(?:this|element)\.(?:get|has|set)Attribute\('([\w-]+)'/g),
    // Part of the contract before it does anything.
    'allow-sign-in',
  ];
  assert.deepEqual(named(element.attributes), [...new Set(used)].sort());
});

test('properties and methods', () => {
  const members = found(source, /^ {2}(?:async |get |set )?([a-z]\w+)\([^)]*\) \{$/gim);
  const internal = /(?:Callback|^constructor|^loadResources|^openSocket)$/;
  assert.deepEqual(named(element.members), members.filter((name) => !internal.test(name)).sort());
});

test('events', () => {
  assert.deepEqual(
    named(element.events),
    found(
      read('element/element-checks.js') + read('element/actions.js'),
      /\btell\('([\w-]+)'/g,
    ).sort(),
  );
});

test('slots', () => {
  assert.deepEqual(named(element.slots), ['', ...found(markup, /<slot name="([\w-]+)"/g)].sort());
});

test('parts', () => {
  assert.deepEqual(named(element.cssParts), found(markup, /\bpart="([\w-]+)"/g).sort());
});

test('custom properties', () => {
  const set = found(styles, /(--mpc-[\w-]+)/g).filter((name) => name !== '--mpc-rem');
  assert.deepEqual(named(element.cssProperties), set.sort());
});

/** Token → its light and its dark value, as tokens.css has them. */
function tokensOf(css) {
  const block = (pattern) => {
    const declared = pattern.exec(css)[1].matchAll(/(--mpc-[\w-]+):\s*([^;]+);/g);
    return new Map([...declared].map(([, name, value]) => [name, value.replace(/\s+/g, ' ')]));
  };
  const light = block(/^:root,\s*:host \{([^}]*)\}/m);
  const dark = block(/prefers-color-scheme: dark\) \{\s*:root,\s*:host \{([^}]*)\}/);
  return [...light].map(([name, value]) => [name, value, dark.get(name) ?? 'the same']);
}

test('README has the tokens with the values that the styles give them', () => {
  const cell = (text) => text.trim().replace(/^`|`$/g, '');
  const rows = [...readme.matchAll(/^\| (`--mpc-[\w-]+`) \|([^|]*)\|([^|]*)\|([^|]*)\|$/gm)];
  const table = rows.map(([, ...cells]) => cells.map(cell));
  const meant = table.map(([name, light, dark]) => [name, light, dark]);
  assert.deepEqual(meant, [
    ...tokensOf(read('view/tokens.css')),
    // Nobody sets it but the embedder.
    ['--mpc-size', 'none', 'the same'],
  ]);
  for (const [name, , , meaning] of table) assert.ok(meaning.length > 3, name);
});

test('a preset sets colours that are tokens', () => {
  const tokens = tokensOf(read('view/tokens.css')).map(([name]) => name);
  for (const colour of COLOURS) assert.ok(tokens.includes(`--mpc-${colour}`), colour);
});

test('README\u2019s report has fields that reports have', () => {
  const example = JSON.parse(/```json\n(\{\s*"version"[^`]*)```/.exec(readme)[1]);
  const named = (shape, value, path) => {
    if (shape.kind === 'optional') return value === null ? [] : named(shape.of, value, path);
    if (shape.of) return value.flatMap((one) => named(shape.of, one, path));
    if (!shape.fields || shape.open) return [];
    return Object.keys(value).flatMap((key) =>
      shape.fields[key]
        ? named(shape.fields[key], value[key], `${path}.${key}`)
        : [`${path}.${key}`],
    );
  };
  assert.deepEqual(named(REPORT, example, 'report'), []);
  assert.throws(() => named(REPORT, { vantages: [{ rows: 1 }] }, 'report'), 'it looks inside');
});

test('every style sheet is used', () => {
  const parts = filesOf('.js').filter(([name]) => name.startsWith('element/parts/'));
  const used = [read('element/element-styles.js'), ...parts.map(([, text]) => text)].join('\n');
  for (const [name] of filesOf('.css'))
    assert.ok(used.includes(`/${name.split('/').at(-1)}'`), name);
});

test('README lists attributes, parts, slots and custom properties', () => {
  const { attributes, cssParts, cssProperties, slots } = element;
  for (const name of named([...attributes, ...cssParts, ...cssProperties, ...slots])) {
    if (name) assert.ok(readme.includes(`\`${name}\``), name);
  }
});
