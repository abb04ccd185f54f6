import assert from 'node:assert/strict';
import test from 'node:test';
import { saslPrep } from '../../../web/input/sasl-prep.js';

test('the examples of RFC 4013 3', () => {
  assert.equal(saslPrep('I\u00ADX'), 'IX');
  assert.equal(saslPrep('user'), 'user');
  assert.equal(saslPrep('USER'), 'USER');
  assert.equal(saslPrep('\u00AA'), 'a');
  assert.equal(saslPrep('\u2168'), 'IX');
  assert.equal(saslPrep('\u0007'), null);
  assert.equal(saslPrep('\u0627\u0031'), null);
});

test('ASCII stays as it is', () => {
  const all = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');
  assert.equal(saslPrep(all), all);
});

test('letters with marks are composed, spaces become one, and what nobody sees goes', () => {
  assert.equal(saslPrep('gru\u0308\u00DFe'), 'gr\u00FC\u00DFe');
  assert.equal(saslPrep('a\u00A0b\u3000c'), 'a b c');
  assert.equal(saslPrep('a\uFEFFb\uFE0F'), 'ab');
  assert.equal(saslPrep('p\u{1F600}'), 'p\u{1F600}');
});

test('what cannot be prepared is told apart from what can', () => {
  for (const text of ['', '\u00AD', 'a\nb', '\u202Eabc', '\uE000', '\uD800', '\uFFFE', '\u{E0041}'])
    assert.equal(saslPrep(text), null, JSON.stringify(text));
  assert.equal(saslPrep('\u05E9\u05DC\u05D5\u05DD'), '\u05E9\u05DC\u05D5\u05DD');
  assert.equal(saslPrep('\u05E9abc\u05DD'), null);
});
