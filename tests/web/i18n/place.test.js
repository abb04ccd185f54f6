import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeWords } from '../../../web/i18n/place.js';
import { createWords } from '../../../web/i18n/words.js';
import { locale } from '../fixtures/tables.js';

test('a bridge of one\u2019s own is named in the reader\u2019s language, others by their names', () => {
  const words = createWords(locale);
  assert.equal(placeWords({ name: 'x', local: true }, words), locale.place.local);
  assert.equal(placeWords({ name: 'Frankfurt', local: false }, words), 'Frankfurt');
});
