import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PORT_COLUMNS, portCells } from '../../../web/i18n/port-columns.js';
import { createWords } from '../../../web/i18n/words.js';
import { locale, service, tables } from '../fixtures/tables.js';

const words = createWords(locale);

test('every column has a heading, and every port a text in each', () => {
  for (const column of PORT_COLUMNS) assert.ok(locale.table[column], column);
  for (const row of tables.services) {
    const cells = portCells(row, words);
    assert.deepEqual(Object.keys(cells), PORT_COLUMNS);
    for (const text of Object.values(cells)) assert.match(text, /\S/);
  }
  assert.equal(portCells(service('imaps'), words).port, '993');
  assert.equal(portCells(service('imaps'), words).protocol, 'IMAP');
});
