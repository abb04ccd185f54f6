/** custom-elements.json says what the sources do. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const web = new URL('../../../web/', import.meta.url);
const read = (name) => readFileSync(new URL(name, web), 'utf8');
const [element] = JSON.parse(read('custom-elements.json')).modules[0].declarations;
const source = read('element/element.js');
const filesOf = (ending) =>
  ['element', 'view']
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

test('every style sheet is used', () => {
  const used = read('element/element-styles.js');
  for (const [name] of filesOf('.css')) assert.ok(used.includes(`/${name.split('/')[1]}'`), name);
});

test('README lists attributes, parts, slots and custom properties', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const { attributes, cssParts, cssProperties, slots } = element;
  for (const name of named([...attributes, ...cssParts, ...cssProperties, ...slots])) {
    if (name) assert.ok(readme.includes(`\`${name}\``), name);
  }
});
