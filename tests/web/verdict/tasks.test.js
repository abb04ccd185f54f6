import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADVICE } from '../../../web/verdict/advice.js';
import { PARTIES, catalogue } from '../../../web/verdict/findings.js';
import { USUAL, isForProvider, tasksFor, valueToType } from '../../../web/verdict/tasks.js';
import { locale, tables } from '../fixtures/tables.js';

const rows = [...catalogue(tables).values()];

test('whoever can do something is told what, and all others that they are not involved', () => {
  for (const { id, who } of rows) {
    const tasks = tasksFor(id, who);
    assert.deepEqual(
      tasks.map(({ party }) => party),
      PARTIES,
    );
    for (const { party, task } of tasks) {
      assert.equal(task !== null, who.includes(party), `${id}: ${party}`);
      if (task) assert.ok(locale.tasks[party][task], `${id}: no words for ${party}.${task}`);
    }
  }
});

test('every task of the locale is somebody\u2019s', () => {
  const named = [USUAL, ...Object.values(ADVICE).map(({ tasks = {} }) => tasks)].flatMap(
    Object.entries,
  );
  const used = new Set(named.map(([party, task]) => `${party}.${task}`));
  for (const party of PARTIES) {
    for (const task of Object.keys(locale.tasks[party]))
      assert.ok(used.has(`${party}.${task}`), task);
  }
});

test('a name to type can be copied', () => {
  const args = { name: 'mail.example.test', asked: 'imap.example.test' };
  assert.equal(valueToType({ id: 'served-by-other-name', args }), 'mail.example.test');
  assert.equal(valueToType({ id: 'connect-refused', args }), null);
  assert.equal(valueToType({ id: 'served-by-other-name', args: {} }), null);
});

test('only what nobody but the provider can mend is for the provider', () => {
  assert.ok(isForProvider({ act: 'fix', who: ['provider'] }));
  assert.ok(!isForProvider({ act: 'aware', who: ['provider'] }));
  assert.ok(!isForProvider({ act: 'fix', who: ['you', 'provider'] }));
  assert.ok(!isForProvider({ act: 'fix', who: [] }));
});
