import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COLOURS } from '../../../web/config/preset-colours.js';
import { mistakesOf, presetOf } from '../../../web/config/preset-form.js';
import { readPreset } from '../../../web/config/preset.js';
import { presetFields } from '../../../web/site/preset-fields.js';
import { createWords } from '../../../web/i18n/words.js';
import { locale, tables } from '../fixtures/tables.js';

const { services } = tables;
const html = presetFields(services, createWords(locale));
const all = (pattern) => [...html.matchAll(pattern)].map(([, one]) => one);
const names = all(/ name="([^"]+)"/g);

test('each key of a preset has a field, and each field a key', () => {
  assert.equal(new Set(names).size, names.length);
  let keys = [];
  try {
    readPreset({ x: 1 });
  } catch ({ message }) {
    keys = /there are (.*)$/.exec(message)[1].split(', ');
  }
  assert.ok(keys.length > 8);
  assert.deepEqual(new Set(names.map((name) => name.split(/[.[]/)[0])), new Set(keys));
  for (const name of names.filter((one) => one.startsWith('colours.'))) {
    assert.ok(COLOURS.includes(name.split('.')[1]), name);
  }
});

test('each field has a label, and each id that a field leads to is there', () => {
  const ids = all(/ id="([^"]+)"/g);
  assert.equal(new Set(ids).size, ids.length);
  for (const led of all(/ for="([^"]+)"/g)) assert.ok(ids.includes(led), led);
  for (const led of all(/ aria-describedby="([^"]+)"/g).flatMap((list) => list.split(' '))) {
    assert.ok(ids.includes(led), led);
  }
  const labelled = all(/ for="([^"]+)"/g).length + all(/ aria-label="([^"]+)"/g).length;
  assert.equal(labelled, names.length);
});

test('what a list offers is what a preset takes, and port 25 is not among it', () => {
  const lists = html.matchAll(/<select[^>]* name="([^"]+)"[^>]*>(.*?)<\/select>/g);
  let tried = 0;
  for (const [, name, options] of lists) {
    for (const [, value] of options.matchAll(/<option value="([^"]+)">/g)) {
      const [, list] = /^(\w+)\[/.exec(name) ?? [];
      const hosts = list && { [`${list}[0].host`]: 'a.example', [`${list}[1].host`]: 'b.example' };
      const values = { ...hosts, [name]: value };
      assert.deepEqual(mistakesOf(values, services), [], `${name}: ${value}`);
      assert.notDeepEqual(presetOf(values), {}, name);
      tried += 1;
    }
  }
  assert.equal(tried, 6 * 2 + 2 + 2);
  assert.doesNotMatch(html, /"25 /);
});

test('words stay text', () => {
  const odd = structuredClone(locale);
  odd.site.preset.label.name = '<img src="x">';
  odd.site.preset.hint.lines = '<b>';
  odd.site.preset.anyPort = '</option><b>';
  const made = presetFields(services, createWords(odd));
  assert.doesNotMatch(made, /<img|<b>/);
});
