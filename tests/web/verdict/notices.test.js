import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attempt, outcome, rowsOf } from '../fixtures/outcomes.js';
import { tables } from '../fixtures/tables.js';
import { noticesOf } from '../../../web/verdict/notices.js';

const of = (change) =>
  noticesOf({
    clock: { offset: 0 },
    summary: { foreign: false, meant: [] },
    domain: 'example.test',
    preset: null,
    rows: [],
    ...change,
  });

test('nothing is noticed where the clock is right and the domain is not foreign', () => {
  assert.deepEqual(of({}), []);
});

test('a clock that is wrong, in seconds', () => {
  assert.deepEqual(of({ clock: { offset: -7_200_400 } }), [
    { id: 'clock-wrong', args: { seconds: -7200 } },
  ]);
});

test('a domain that is not of the provider whose page this is, which may have no name', () => {
  const foreign = { summary: { foreign: true, meant: [] } };
  assert.deepEqual(of({ ...foreign, preset: { name: 'Example Hosting' } }), [
    {
      id: 'not-this-provider',
      args: { domain: 'example.test', provider: 'Example Hosting' },
    },
  ]);
  assert.deepEqual(of({ ...foreign, preset: { name: null } }), [
    { id: 'not-this-provider', args: { domain: 'example.test' } },
  ]);
});

test('a domain that was perhaps mistyped, unless some server was there', () => {
  const nobody = Object.fromEntries(
    tables.services.map(({ name }) => [
      name,
      outcome(name, [], { finding: { id: 'name-not-found', args: { host: 'example.test' } } }),
    ]),
  );
  const summary = { foreign: false, meant: ['gmail.com'] };
  const slip = { id: 'domain-misspelled', args: { domain: 'example.test', meant: ['gmail.com'] } };
  assert.deepEqual(of({ summary, rows: rowsOf(nobody) }), [slip]);
  assert.deepEqual(of({ rows: rowsOf(nobody) }), [], 'nothing is like it');
  const silent = { imaps: outcome('imaps', [attempt('imaps', ['connect-timeout'])]) };
  assert.deepEqual(of({ summary, rows: rowsOf({ ...nobody, ...silent }) }), [slip]);
  const broken = { imaps: outcome('imaps', [attempt('imaps', ['certificate-expired'])]) };
  assert.deepEqual(of({ summary, rows: rowsOf({ ...nobody, ...broken }) }), []);
  const foreign = { ...summary, foreign: true };
  assert.deepEqual(
    of({ summary: foreign, preset: { name: null }, rows: rowsOf(nobody) }).map(({ id }) => id),
    ['not-this-provider', 'domain-misspelled'],
  );
});
