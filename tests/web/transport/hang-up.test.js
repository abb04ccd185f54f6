import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { hangUp, partFrom } from '../../../web/transport/hang-up.js';
import { FakeClock } from '../fixtures/fake-clock.js';
import { FakeSocket } from '../fixtures/fake-socket.js';

let socket;
let clock;
let stop;
beforeEach(() => {
  socket = new FakeSocket();
  clock = new FakeClock();
  stop = new AbortController();
});

function part() {
  socket.open();
  socket.onmessage = () => {};
  partFrom(socket, clock, stop.signal);
}

test('an open socket is closed at once, one that connects once it is open', () => {
  hangUp(socket);
  assert.equal(socket.closedWith, null);
  socket.open();
  assert.equal(socket.closedWith, 1000);
});

test('a server may answer to our leave and close the connection itself', () => {
  part();
  assert.equal(socket.closedWith, null);
  assert.equal(socket.onmessage, null);
  socket.end(1000);
  clock.advance(60_000);
  stop.abort();
  assert.equal(socket.closedWith, null);
});

test('one that does not is left after three seconds', () => {
  part();
  clock.advance(2999);
  assert.equal(socket.closedWith, null);
  clock.advance(1);
  assert.equal(socket.closedWith, 1000);
});

test('a check that ends waits for nobody', () => {
  part();
  stop.abort();
  assert.equal(socket.closedWith, 1000);
  clock.advance(60_000);
  assert.equal(socket.closedWith, 1000);
});
