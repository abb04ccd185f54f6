import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ADVICE, adviceOf } from '../../../web/verdict/advice.js';
import { FINDING_IDS } from '../../../web/verdict/findings.js';
import { locale } from '../fixtures/tables.js';

const read = (name) => readFileSync(new URL(`../../../web/${name}`, import.meta.url), 'utf8');

/** Everything that a row can have; a new column needs its line in the header of advice.js. */
const COLUMNS = {
  tasks: (tasks) =>
    Object.entries(tasks).every(([party, task]) => Boolean(locale.tasks[party][task])),
  guide: (anchor) => read('pages/index.html').includes(` id="${anchor}"`),
  toType: (name) => /^\w+$/.test(name),
};

test('what a row names exists', () => {
  const header = read('verdict/advice.js').split('*/')[0];
  for (const [id, row] of Object.entries(ADVICE)) {
    assert.ok(FINDING_IDS.includes(id), id);
    assert.ok(Object.keys(row).length > 0, id);
    for (const [column, value] of Object.entries(row)) {
      assert.ok(COLUMNS[column]?.(value), `${id}: ${column}`);
    }
  }
  for (const column of Object.keys(COLUMNS)) {
    assert.match(header, new RegExp(`^ \\* +${column} `, 'm'), column);
  }
});

test('of an id that is not in the table nothing is told', () => {
  for (const id of ['from-the-future', 'constructor', '__proto__']) {
    assert.deepEqual(adviceOf(id), {}, id);
  }
});
