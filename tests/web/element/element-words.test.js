import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ASSETS } from '../../../web/element/assets.js';
import { UnreachableError } from '../../../web/element/unreachable-error.js';
import { Absent } from '../../../web/i18n/absent.js';
import { START, sectionsOf } from '../../../web/i18n/pieces.js';
import { locale } from '../fixtures/tables.js';

const realFetch = globalThis.fetch;
beforeEach(() => {
  ASSETS.locales.de = { start: 'locales/de.json', asked: 'locales/de.asked.json' };
});
afterEach(() => {
  delete ASSETS.locales.de;
  delete ASSETS.locales.en;
  globalThis.fetch = realFetch;
});

let bases = 0;

/** An element whose nearest `lang` this is, beside a server with these answers, one for each request. */
async function setUp(lang, ...answers) {
  // resources.js lists the locales when it is loaded.
  ASSETS.locales.de = { start: 'locales/de.json', asked: 'locales/de.asked.json' };
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

// --- pieces -------------------------------------------------------------------------------------------

/** The element as a page has it: the script has the first piece of the English alone. */
async function piecewise(lang, ...answers) {
  const all = await setUp(lang);
  const urls = [];
  globalThis.fetch = async (url) => {
    urls.push(new URL(url).pathname);
    return answers.shift();
  };
  ASSETS.locales.en = { asked: '/locales/en.asked.json' };
  const { ElementWords } = await import('../../../web/element/element-words.js');
  const words = new ElementWords({
    english: sectionsOf(locale, START),
    base: `https://pieces-${(bases += 1)}.test/`,
    onChange: () => all.changes.push(1),
  });
  const choose = () => words.choose(all.element, []);
  return { words, choose, urls, changes: all.changes, element: all.element };
}

const asked = sectionsOf(locale, 'asked');
const absent = (words) => {
  try {
    words.current.say('typed.lead');
  } catch (error) {
    assert.ok(error instanceof Absent, error);
    return error.name;
  }
  return null;
};

test('a piece is fetched when it is found absent, once for all who want it', async () => {
  const { words, choose, urls, changes } = await piecewise('en', Response.json(asked));
  choose();
  assert.equal(words.current.say('form.check'), locale.form.check);
  assert.equal(absent(words), 'typed');
  await Promise.all([words.bring('typed'), words.bring('pasted')]);
  assert.equal(words.current.say('typed.lead'), locale.typed.lead);
  assert.deepEqual(urls, ['/locales/en.asked.json']);
  // The same language goes on: nothing that was said is taken back.
  assert.equal(changes.length, 0);
});

test('a piece that does not come is an error of ours, and is tried again', async (t) => {
  t.mock.method(console, 'warn', () => {});
  const gone = new Response('', { status: 404 });
  const { words, choose } = await piecewise('en', gone, Response.json(asked));
  choose();
  await assert.rejects(words.bring('typed'), UnreachableError);
  assert.equal(absent(words), 'typed');
  await words.bring('typed');
  assert.equal(absent(words), null);
});

test('of another language only its own pieces are fetched; English where one does not come, or lacks something', async (t) => {
  t.mock.method(console, 'warn', () => {});
  const { words, choose, urls } = await piecewise(
    'de',
    german(),
    Response.json({ typed: { check: 'Prüfen' } }),
    Response.json(asked),
  );
  choose();
  await words.awaited;
  assert.equal(words.current.say('form.stop'), locale.form.stop);
  await words.bring('typed');
  assert.deepEqual(urls, ['/locales/de.json', '/locales/de.asked.json']);
  assert.equal(absent(words), 'typed', 'it is from an older build');
  await words.bring('typed');
  assert.equal(words.current.say('typed.lead'), locale.typed.lead);
  assert.equal(words.current.say('typed.check'), 'Prüfen');
  assert.deepEqual(urls.slice(2), ['/locales/en.asked.json']);
  await assert.rejects(words.bring('typed'), /no words for typed/);

  const other = await piecewise(
    'de',
    german(),
    new Response('', { status: 404 }),
    Response.json(asked),
    Response.json({ typed: { lead: 'Kopieren' } }),
  );
  other.choose();
  await other.words.awaited;
  await other.words.bring('typed');
  assert.equal(other.words.current.say('typed.lead'), locale.typed.lead);
  assert.equal(other.words.failed, true);
  other.choose();
  await other.words.awaited;
  assert.equal(other.words.failed, false);
  await other.words.bring('typed');
  assert.equal(other.words.current.say('typed.lead'), 'Kopieren');
});
