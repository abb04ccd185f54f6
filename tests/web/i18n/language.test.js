import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  chooseLanguage,
  completed,
  languagesOf,
  pageForReader,
} from '../../../web/i18n/language.js';

const AVAILABLE = ['en', 'de', 'pt-BR'];
const choose = (...wishes) => chooseLanguage(wishes, AVAILABLE);

test('the first wish that can be met is met', () => {
  assert.deepEqual(choose('fr', 'de', 'en'), { name: 'de', tag: 'de' });
  assert.deepEqual(choose('en', 'de'), { name: 'en', tag: 'en' });
});

test('a region keeps its dates, and has the words of the language', () => {
  assert.deepEqual(choose('de-at'), { name: 'de', tag: 'de-AT' });
  assert.deepEqual(choose('DE'), { name: 'de', tag: 'de' });
  assert.deepEqual(choose('pt-br'), { name: 'pt-BR', tag: 'pt-BR' });
  assert.deepEqual(choose('zh-Hant-TW', 'de-Latn-CH'), { name: 'de', tag: 'de-Latn-CH' });
});

test('what is no language, or has no words, leaves English', () => {
  for (const wishes of [[], ['pt'], ['x'], ['', '-', 'de_AT', '💩', 'a'.repeat(900)], ['deu-x']]) {
    assert.deepEqual(choose(...wishes), { name: 'en', tag: 'en' }, String(wishes));
  }
});

/** Elements as far as languagesOf() knows them, from the outside in; null has no `lang`. */
function inside(...langs) {
  return langs.reduce(
    (parentElement, lang) => ({
      parentElement,
      getAttribute: () => lang,
      getRootNode: () => ({}),
    }),
    null,
  );
}

test('its own language comes first, then those around it, then the reader\u2019s', () => {
  assert.deepEqual(languagesOf(inside('en', null, 'fr', 'de'), ['it']), ['de', 'fr', 'en', 'it']);
  assert.deepEqual(languagesOf(inside('en', null), ['it']), ['en', 'it']);
});

test('an unknown language hides those further out', () => {
  assert.deepEqual(languagesOf(inside('en', ''), ['de', 'en']), ['de', 'en']);
  assert.deepEqual(languagesOf(inside('en', '', 'fr'), ['de']), ['fr', 'de']);
});

test('an element in the shadow of another stands in its language', () => {
  const host = inside('de', null);
  const inner = { parentElement: null, getAttribute: () => null, getRootNode: () => ({ host }) };
  assert.deepEqual(languagesOf(inner, []), ['de']);
});

test('what a locale lacks is English', () => {
  const english = { a: 'A', b: { c: 'C', d: ['1', '2'] }, e: { f: 'F' } };
  assert.deepEqual(completed({ a: 'Ä', b: { d: ['eins'] }, e: 'x' }, english), {
    a: 'Ä',
    b: { c: 'C', d: ['eins'] },
    e: { f: 'F' },
  });
  assert.deepEqual(completed({}, english), english);
});

test('the folder leads to the page in the language of the reader, and a named page stays', () => {
  const pages = new Map([
    ['en', 'index.html'],
    ['de', 'index.de.html'],
  ]);
  const lead = (href, ...wishes) => pageForReader(href, 'en', pages, wishes);
  const home = 'https://check.test/mail/';
  assert.equal(lead(home, 'de-AT', 'en'), `${home}index.de.html`);
  assert.equal(
    lead(`${home}?address=a.test#port-25`, 'de'),
    `${home}index.de.html?address=a.test#port-25`,
  );
  assert.equal(lead(home, 'fr', 'de'), `${home}index.de.html`);
  for (const wishes of [['en-GB', 'de'], ['fr'], []]) assert.equal(lead(home, ...wishes), null);
  assert.equal(lead(`${home}?lang=de&preset=x`, 'en'), `${home}index.de.html?lang=de&preset=x`);
  for (const chosen of ['?lang=fr', '?lang=', '?lang=%00']) {
    assert.equal(lead(home + chosen, 'de'), null, chosen);
  }
  for (const chosen of ['index.html', '?lang=en', 'index.html?address=a.test']) {
    assert.equal(lead(home + chosen, 'de'), null, chosen);
  }
  assert.equal(pageForReader(`${home}index.de.html`, 'de', pages, ['en']), null);
  assert.equal(pageForReader(home, 'en', new Map(), ['de']), null);
});
