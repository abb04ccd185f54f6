import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ASSETS } from '../../../web/element/assets.js';
import { locale } from '../fixtures/tables.js';

const realFetch = globalThis.fetch;
beforeEach(() => {
  ASSETS.locales.de = 'locales/de.json';
});
afterEach(() => {
  delete ASSETS.locales.de;
  globalThis.fetch = realFetch;
});

let bases = 0;

/** An element whose nearest `lang` this is, beside a server with these answers, one for each request. */
async function setUp(lang, ...answers) {
  // resources.js lists the locales when it is loaded.
  ASSETS.locales.de = 'locales/de.json';
  const { ElementWords } = await import('../../../web/element/element-words.js');
  globalThis.fetch = async () => answers.shift();
  const changes = [];
  const base = `https://words-${(bases += 1)}.test/`;
  const words = new ElementWords({ english: locale, base, onChange: () => changes.push(1) });
  const element = {
    lang,
    getAttribute: (name) => (name === 'lang' ? element.lang : null),
    parentElement: null,
    getRootNode: () => ({}),
  };
  return { words, element, changes, choose: () => words.choose(element, []) };
}

const german = () => Response.json({ form: { check: 'Prüfen' } });

test('English is here at once', async () => {
  const { words, changes, choose } = await setUp('en');
  choose();
  assert.equal(words.awaited, null);
  assert.equal(words.current.lang, 'en');
  assert.equal(changes.length, 0);
});

test('another language is awaited, and what it lacks is English', async () => {
  const { words, changes, choose } = await setUp('de', german());
  choose();
  assert.equal(words.current.lang, 'en');
  await words.awaited;
  assert.equal(words.awaited, null);
  assert.equal(words.current.lang, 'de');
  assert.equal(words.current.say('form.check'), 'Prüfen');
  assert.equal(words.current.say('form.stop'), locale.form.stop);
  assert.equal(changes.length, 1);
});

test('words that do not come are English, and are tried again', async (t) => {
  t.mock.method(console, 'warn', () => {});
  const missing = () => new Response('', { status: 404 });
  const { words, changes, choose } = await setUp('de', missing(), missing(), german());
  for (const times of [1, 2]) {
    choose();
    await words.awaited;
    assert.deepEqual([words.failed, words.current.lang, words.awaited], [true, 'en', null], times);
  }
  assert.equal(changes.length, 1);
  choose();
  await words.awaited;
  assert.deepEqual([words.failed, words.current.lang], [false, 'de']);
});

test('a choice that was made later counts, whichever words come first', async () => {
  const { words, element, choose } = await setUp('de', german());
  choose();
  const first = words.awaited;
  element.lang = 'en';
  choose();
  await first;
  assert.equal(words.current.lang, 'en');
});
