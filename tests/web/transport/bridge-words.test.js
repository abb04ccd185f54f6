import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bridgeWordsOf } from '../../../web/transport/bridge-words.js';
import { tables } from '../fixtures/tables.js';

const words = bridgeWordsOf(tables.closes);

test('the first message is read as status.js does', () => {
  const { bridge } = words.status('{"ip":"192.0.2.10","connect_ms":7}');
  assert.deepEqual(bridge, { ip: '192.0.2.10', connect_ms: 7 });
  assert.equal(words.status('hello'), null);
});

test('the end of a server that was reached is no finding, and every other close is', () => {
  assert.equal(words.close({ code: 1000, reason: '' }, true), null);
  assert.equal(words.close({ code: 1000, reason: '' }, false)[0], 'bridge-unreachable');
  assert.deepEqual(words.close({ code: 1001, reason: 'retry=5' }, true), [
    'bridge-busy',
    { retry: 5, close: 'draining' },
  ]);
  assert.equal(words.close({ code: 1006, reason: '' }, true)[1].reason, 'lost');
});
