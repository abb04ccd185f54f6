import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { closeFinding, readReason, secondTry } from '../../../web/transport/closes.js';
import { tables } from '../fixtures/tables.js';

test('after the status only a reset is the server\u2019s', () => {
  const id = (code) => closeFinding(tables.closes, code, '', true)[0];
  assert.equal(id(4505), 'connect-reset');
  assert.equal(id(4502), 'bridge-unreachable');
  assert.equal(id(1006), 'bridge-unreachable');
  assert.equal(id(4409), 'bridge-budget');
  assert.equal(id(3333), 'bridge-unreachable');
});

test('a bridge that was there and is gone was lost; one that never was is not', () => {
  const [, there] = closeFinding(tables.closes, 1006, '', true);
  assert.deepEqual(there, { close: '1006', reason: 'lost' });
  const [, never] = closeFinding(tables.closes, 1006, '', false);
  assert.deepEqual(never, { close: '1006' });
});

test('whatever limit the bridge names, the page knows whose it is', () => {
  const bridge = new URL('../../../bridge/', import.meta.url);
  const sources = readdirSync(bridge)
    .filter((name) => name.endsWith('.py'))
    .map((name) => readFileSync(new URL(name, bridge), 'utf8'))
    .join('\n');
  const named = [
    ...sources.matchAll(/\bof='([^']+)'/g),
    ...sources.matchAll(/\bRate\('([^']+)'/g),
    ...sources.matchAll(/_client_rates\('([^']+)'/g),
    ...sources.matchAll(/_too_many\(.+'([^']+)'\)/g),
  ].map(([, of]) => of);
  assert.ok(named.length >= 12, named.join());
  const whose = (of) => readReason(`rate of=${of}`).of;
  assert.deepEqual(
    named.filter((of) => !whose(of)),
    [],
  );
  assert.deepEqual([...new Set(named.map(whose))].sort(), [
    'check',
    'client',
    'everybody',
    'target',
  ]);
});

const REASONS = [
  ['rate retry=30 of=client-mail', { retry: 30, of: 'client' }],
  ['rate of=target retry=1', { retry: 1, of: 'target' }],
  ['rate retry=3600 of=connections', { retry: 3600, of: 'everybody' }],
  ['timed-out after=9.5', { after: 9.5 }],
  ['bad-ticket why=expired', { why: 'expired' }],
  ['upload-budget limit=150 of=queries', { limit: 150, of: 'check' }],
  ['rate', {}],
  ['', {}],
  [undefined, {}],
  // What is no time to wait, or nobody's limit, is not said.
  ['rate retry=0', {}],
  ['rate retry=-5', {}],
  ['rate retry=1e9', {}],
  ['rate retry=3601', {}],
  ['rate retry=NaN', {}],
  ['rate retry=soon of=you', {}],
  ['rate of=constructor of=__proto__', {}],
  ['rate close=refused reason=published host=evil.test __proto__=1', {}],
];
for (const [reason, expected] of REASONS) {
  test(`a close with the reason ${JSON.stringify(reason)}`, (t) => {
    t.mock.method(console, 'warn', () => {});
    assert.deepEqual(readReason(reason), expected);
  });
}

test('what is worth a second try, and after how long', () => {
  assert.equal(secondTry({ close: 'draining' }), 2);
  assert.equal(secondTry({ close: '1006', reason: 'lost' }), 2);
  assert.equal(secondTry({ close: 'rate', retry: 15 }), 15);
  assert.equal(secondTry({ close: 'rate', retry: 16 }), null);
  assert.equal(secondTry({ close: 'rate' }), null);
  assert.equal(secondTry({ close: '1006' }), null);
  assert.equal(secondTry({ close: 'origin-denied' }), null);
  assert.equal(secondTry({ close: 'bad-ticket', why: 'network' }), 1);
  assert.equal(secondTry({ close: 'bad-ticket', why: 'expired' }), 1);
  assert.equal(secondTry({ close: 'bad-ticket', why: 'missing' }), null);
});
