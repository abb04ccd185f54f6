import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readStatus } from '../../../web/transport/status.js';

const STATUS = { ip: '192.0.2.10', connect_ms: 1.5, local: '203.0.113.5' };
const read = (status) => readStatus(JSON.stringify(status));

test('what is of use to whom', () => {
  const tested = { seconds_ago: 1, resolver: 'ok', ports: {} };
  assert.deepEqual(read({ ...STATUS, tested, more: 1 }), {
    bridge: { ip: '192.0.2.10', connect_ms: 1.5 },
    local: '203.0.113.5',
    tested: { resolver: 'ok', ports: new Map() },
  });
  assert.deepEqual([read({ ...STATUS, local: 7 }).local, read(STATUS).tested], ['', null]);
  assert.equal(read({ ...STATUS, local: '1'.repeat(99) }).local, '');
});

for (const [what, data] of [
  ['bytes', new ArrayBuffer(4)],
  ['no JSON', 'hello'],
  ['null', 'null'],
  ['no address', '{"connect_ms": 1}'],
  ['no time', '{"ip": "192.0.2.1"}'],
  ['without end', JSON.stringify({ ...STATUS, more: 'x'.repeat(5000) })],
]) {
  test(`none: ${what}`, () => assert.equal(readStatus(data), null));
}
