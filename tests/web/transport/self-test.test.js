import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSelfTest } from '../../../web/transport/self-test.js';

const told = (more) => ({ seconds_ago: 12, resolver: 'ok', ports: {}, ...more });

test('what the bridge has found of its own network', () => {
  const { resolver, ports } = readSelfTest(told({ ports: { 25: 'timed-out', 587: 'ok' } }));
  assert.equal(resolver, 'ok');
  assert.deepEqual(
    [...ports],
    [
      [25, 'timed-out'],
      [587, 'ok'],
    ],
  );
  // An older bridge tests a resolver only where it was told to; a newer one may tell more.
  assert.equal(readSelfTest({ seconds_ago: 0, ports: {} }).resolver, null);
  assert.equal(readSelfTest(told({ resolver: 'invents', weather: 'fine' })).resolver, 'invents');
});

test('none, or one of long ago', (t) => {
  t.mock.method(console, 'warn', () => assert.fail('there is nothing wrong with it'));
  for (const raw of [undefined, null, told({ seconds_ago: 901 })]) {
    assert.equal(readSelfTest(raw), null);
  }
});

for (const raw of [
  7,
  'ok',
  [],
  told({ seconds_ago: '5' }),
  told({ seconds_ago: -1 }),
  told({ seconds_ago: null }),
]) {
  test(`not to be relied upon, and said to be so: ${JSON.stringify(raw)}`, (t) => {
    const warned = t.mock.method(console, 'warn', () => {});
    assert.equal(readSelfTest(raw), null);
    assert.equal(warned.mock.callCount(), 1);
  });
}

test('what is wrong in it is left out and named, and the rest holds', (t) => {
  const warned = t.mock.method(console, 'warn', () => {});
  const ports = { 25: 'timed-out', 0: 'ok', x: 'ok', 993: 7, 465: '<b>', 587: 'a'.repeat(99) };
  const read = readSelfTest(told({ resolver: 'magic', ports }));
  assert.equal(read.resolver, null);
  assert.deepEqual([...read.ports], [[25, 'timed-out']]);
  const said = warned.mock.calls.map(({ arguments: [sentence] }) => sentence);
  assert.equal(said.length, 6);
  assert.match(said[0], /tested\.resolver: "magic"; expected ok, failed, invents$/);
  assert.ok(said.every((sentence) => sentence.length < 200));
  assert.deepEqual([...readSelfTest(told({ ports: [25] })).ports], []);
});

test('there is an end to it', (t) => {
  const warned = t.mock.method(console, 'warn', () => {});
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, port) => [port + 1, 'ok']));
  assert.equal(readSelfTest(told({ ports: many })).ports.size, 16);
  for (let turn = 0; turn < 100; turn += 1) readSelfTest(told({ resolver: `magic ${turn}` }));
  assert.ok(warned.mock.callCount() <= 20);
});
