import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { SOCKETS_AHEAD, SocketsAhead } from '../../../web/transport/sockets-ahead.js';
import { FakeSocket } from '../fixtures/fake-socket.js';

const URL = 'wss://bridge.example/bridge';
let now;
let timer;
let made;
let ahead;
beforeEach(() => {
  now = 1_700_000_000_000;
  timer = null;
  made = [];
  ahead = new SocketsAhead(
    (url, protocols) => {
      const socket = new FakeSocket(url);
      made.push(Object.assign(socket, { protocols }));
      return socket;
    },
    () => now,
    { setTimeout: (callback) => (timer = callback), clearTimeout: () => (timer = null) },
  );
});

const open = () => made.filter(({ readyState }) => readyState !== 3).length;

test('as many are opened as a check begins with, once', () => {
  ahead.prepare(URL, ['a']);
  ahead.prepare(URL, ['a']);
  assert.equal(made.length, SOCKETS_AHEAD);
  assert.deepEqual([made[0].url, made[0].protocols], [URL, ['a']]);
});

test('the oldest is told its target, at once or when it opens', () => {
  ahead.prepare(URL, []);
  made[0].open();
  const first = ahead.take(URL, [], 'resolver');
  assert.equal(first, made[0]);
  assert.deepEqual(first.sent, ['resolver']);
  const second = ahead.take(URL, [], '192.0.2.1:993');
  assert.equal(second, made[1]);
  assert.deepEqual(second.sent, []);
  second.open();
  assert.deepEqual(second.sent, ['192.0.2.1:993']);
  ahead.prepare(URL, []);
  assert.equal(made.length, SOCKETS_AHEAD + 2);
});

test('one leads where it will be wanted first before it is wanted, and nobody else gets it', () => {
  ahead.prepare(URL, [], 'resolver');
  ahead.prepare(URL, [], 'resolver');
  for (const socket of made) socket.open();
  const led = made.filter(({ sent }) => sent.length > 0);
  assert.deepEqual(
    led.map(({ sent }) => sent),
    [['resolver']],
  );
  const ports = Array.from({ length: SOCKETS_AHEAD - 1 }, (_, at) => `192.0.2.1:${at + 1}`);
  for (const port of ports) assert.deepEqual(ahead.take(URL, [], port).sent, [port]);
  assert.equal(ahead.take(URL, [], '192.0.2.1:993'), null);
  assert.equal(ahead.take(URL, [], 'resolver'), led[0]);
  assert.deepEqual(led[0].sent, ['resolver']);
});

test('where the resolver has hung up meanwhile, another one leads there', () => {
  ahead.prepare(URL, [], 'resolver');
  for (const socket of made) socket.open();
  const [led] = made.filter(({ sent }) => sent.length > 0);
  led.end(1000);
  ahead.prepare(URL, [], 'resolver');
  const next = made.at(-1);
  assert.equal(made.length, SOCKETS_AHEAD + 1);
  assert.equal(ahead.take(URL, [], 'resolver'), next);
  next.open();
  assert.deepEqual(next.sent, ['resolver']);
});

test('what the bridge says of a socket that was taken is heard by its new owner alone', () => {
  ahead.prepare(URL, []);
  const taken = ahead.take(URL, [], 'resolver');
  assert.equal(taken.onclose, null);
  ahead.drop();
  assert.equal(taken.closedWith, null);
});

test('one that the bridge refuses or ends is forgotten', () => {
  ahead.prepare(URL, []);
  for (const socket of made.slice(1)) socket.end(4429, 'rate of=client-waiting');
  assert.equal(ahead.take(URL, [], 'resolver'), made[0]);
  assert.equal(ahead.take(URL, [], '192.0.2.1:993'), null);
});

test('they are closed when nobody wanted them, those still connecting once they are open', () => {
  ahead.prepare(URL, []);
  made[0].open();
  timer();
  assert.equal(made[0].closedWith, 1000);
  assert.equal(made[1].closedWith, null);
  made[1].open();
  assert.equal(made[1].closedWith, 1000);
  assert.equal(ahead.take(URL, [], 'resolver'), null);
});

test('after a computer slept, or with another bridge or ticket, none is used', () => {
  for (const [url, protocols, ms] of [
    [URL, [], 20_000],
    [URL, [], -1000],
    ['wss://other.example/bridge', [], 0],
    [URL, ['mail-port-check', 'ticket.a.b.c'], 0],
  ]) {
    ahead.prepare(URL, []);
    for (const socket of made.filter(({ readyState }) => readyState === 0)) socket.open();
    now += ms;
    assert.equal(ahead.take(url, protocols, 'resolver'), null);
    assert.equal(open(), 0);
  }
});

test('where no socket can be made nothing is said', () => {
  const none = new SocketsAhead(() => {
    throw new Error('no such port');
  });
  none.prepare(URL, []);
  assert.equal(none.take(URL, [], 'resolver'), null);
});
