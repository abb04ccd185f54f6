import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settingsOf } from '../../../web/config/embed-settings.js';

const BASE = 'https://check.example/embed.html';
const settings = (search) => settingsOf(search, BASE);

test('the query names attributes', () => {
  assert.deepEqual(
    settings('?address=a%40example.com&bridge=/bridge&lang=pt-BR&preset=demo&autostart'),
    {
      attributes: [
        ['address', 'a@example.com'],
        ['bridge', '/bridge'],
        ['lang', 'pt-BR'],
        ['preset', 'demo'],
        ['autostart', ''],
      ],
      full: false,
      mistakes: [],
    },
  );
});

test('a switch is on, or off', () => {
  assert.deepEqual(settings('?autostart=1&allow-sign-in=true').attributes, [
    ['autostart', ''],
    ['allow-sign-in', ''],
  ]);
  assert.deepEqual(settings('?autostart=0&allow-sign-in=false'), {
    attributes: [],
    full: false,
    mistakes: [],
  });
});

test('what is not ours is passed over, and named to the embedder', () => {
  const foreign = '?utm_source=x&onload=alert(1)&style=x&id=x&__proto__=x&constructor=y&class=z';
  const { attributes, full, mistakes } = settings(foreign);
  assert.deepEqual([attributes, full], [[], false]);
  const names = ['utm_source', 'onload', 'style', 'id', '__proto__', 'constructor', 'class'];
  assert.deepEqual(
    mistakes.map((mistake) => mistake.split(' ')[0]),
    names,
  );
});

test('the frame is compact unless the query asks for the whole page', () => {
  assert.equal(settings('').full, false);
  assert.equal(settings('?full').full, true);
  assert.equal(settings('?full=0').full, false);
  assert.equal(settings('?full=toString').full, false);
});

test('a frame is light or dark where the query says so', () => {
  for (const scheme of ['light', 'dark']) {
    assert.deepEqual(settings(`?color-scheme=${scheme}`), {
      attributes: [['color-scheme', scheme]],
      full: false,
      mistakes: [],
    });
  }
});

test('the whole page heeds some names only, and says nothing of the others', () => {
  const query = '?preset=demo&bridge=wss://b.test&autostart&utm_source=x&color-scheme=red&lang=de';
  assert.deepEqual(settingsOf(query, BASE, ['preset', 'color-scheme']), {
    attributes: [['preset', 'demo']],
    full: false,
    mistakes: ['color-scheme=red cannot be used'],
  });
});

test('a query of a thousand names does not fill the console', () => {
  const { mistakes } = settings(`?${Array.from({ length: 1000 }, (_, i) => `n${i}=1`).join('&')}`);
  assert.equal(mistakes.length, 20);
});

test('an address is text, whatever it says', () => {
  const html = '<img src=x onerror=alert(1)>';
  assert.deepEqual(settings(`?address=${encodeURIComponent(html)}`).attributes, [
    ['address', html],
  ]);
});

for (const bad of [
  'bridge=javascript:alert(1)',
  'bridge=data:text/html,x',
  'bridge=blob:https://check.example/x',
  'bridge=ftp://a.test/',
  'bridge=wss://',
  'preset=mail.evil.example',
  'preset={"imap":["mail.evil.example"]}',
  'preset=../../evil',
  'preset=https://evil.example/x.json',
  'color-scheme=light dark',
  'color-scheme=',
  'color-scheme=#fff',
  'full=toString',
  'lang=../en',
  'lang=e',
  `lang=en-${'x'.repeat(500)}`,
  'autostart=yes',
  `address=${'a'.repeat(1001)}`,
]) {
  test(`${bad.slice(0, 60)} is left out, and told to the embedder`, () => {
    const { attributes, mistakes } = settings(`?${bad}`);
    assert.deepEqual(attributes, []);
    assert.equal(mistakes.length, 1);
    assert.ok(mistakes[0].length < 120);
  });
}
