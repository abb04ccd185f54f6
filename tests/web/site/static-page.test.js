import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillPage, pageName, withPieces } from '../../../web/site/static-page.js';
import { createWords } from '../../../web/i18n/words.js';
import { pseudo } from '../fixtures/pseudo-locale.js';
import { locale, tables } from '../fixtures/tables.js';

const words = createWords(locale);
const hebrew = createWords(pseudo(locale, 'he'), 'he');
const markers = '<!-- other-languages --><!-- language-links --><!-- ports-table -->';
const fill = (template, own = words, more = {}) =>
  fillPage(template + markers, {
    words: own,
    languages: [words, hebrew],
    services: tables.services,
    ...more,
  });

test('paths become words, and what is in the words stays text', () => {
  assert.match(fill('<b>{{form.check}}</b>'), /^<b>Check<\/b>/);
  const odd = structuredClone(locale);
  odd.form.check = '<img src="x"> & {{form.stop}} $& <!-- ports-table -->';
  const html = fill('{{form.check}}', createWords(odd));
  assert.match(html, /^&lt;img src=&quot;x&quot;&gt; &amp; {{form\.stop}} \$&amp; &lt;!--/);
});

test('each page says its own language and direction, and leads to the others', () => {
  const html = fill('<html lang="{{lang}}" dir="{{dir}}"><a href="{{home}}">', hebrew);
  assert.match(html, /^<html lang="he" dir="rtl"><a href="index\.he\.html">/);
  assert.match(html, /<nav class="languages"[^>]*><a href="index\.html\?lang=en" lang="en"/);
  assert.match(fill('{{home}}'), /^index\.html\?lang=en</);
  assert.match(html, /hreflang="x-default" href="\.\/"/);
  assert.equal(pageName('pt-BR'), 'index.pt-BR.html');
  assert.doesNotMatch(fill('', words, { languages: [words] }), /<nav/);
});

test('a page for providers has its own other languages, and no table', () => {
  const template =
    '{{providers}} {{preset}} {{demo}} {{home}}<!-- other-languages --><!-- language-links -->';
  const options = { words: hebrew, languages: [words, hebrew], early: ['locales/he-1.json'] };
  const html = fillPage(template, { ...options, page: 'providers' });
  assert.match(html, /^providers\.he\.html preset\.he\.html embed-demo\.he\.html index\.he\.html/);
  assert.match(html, /hreflang="en" href="providers\.html"/);
  assert.match(html, /<nav class="languages"[^>]*><a href="providers\.html" lang="en"/);
  assert.doesNotMatch(html, /preload|x-default/);
  const form = { ...options, services: tables.services, page: 'preset' };
  const filled = fillPage(`${template}<!-- preset-fields -->`, form);
  assert.match(filled, /rel="preload"/);
  assert.match(filled, /id="f-imap-0-host"/);
});

test('a piece stands where its name does, as far in as the line, with its own pieces', () => {
  const pieces = { top: '<p>\n  <!-- piece name -->\n</p>\n', name: '$& {{home}}\n' };
  const html = withPieces('<a>\n    <!-- piece top -->\n</a>\n', pieces);
  assert.equal(html, '<a>\n    <p>\n      $& {{home}}\n    </p>\n</a>\n');
});

test('a piece that is not there, or is within itself, is named', () => {
  assert.throws(() => withPieces('<!-- piece top -->', {}), /no pieces\/top\.html/);
  const circle = { a: '<!-- piece b -->', b: '<!-- piece a -->' };
  assert.throws(() => withPieces('<!-- piece a -->', circle), /pieces\/a\.html is within itself/);
});

test('words that the element will fetch are announced', () => {
  const html = fill('', hebrew, { early: ['locales/he-1.json'] });
  assert.match(html, /rel="preload" href="locales\/he-1\.json" as="fetch" crossorigin="anonymous"/);
  assert.doesNotMatch(fill(''), /preload/);
});

test('a path without words and a template without a marker are named', () => {
  assert.throws(() => fill('{{form.nothing}}'), /form\.nothing/);
  assert.throws(
    () => fillPage('<!-- ports-table -->', { words, languages: [words], services: [] }),
    /<!-- other-languages --> is missing/,
  );
});
