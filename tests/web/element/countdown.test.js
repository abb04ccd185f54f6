import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Countdown, Refusals } from '../../../web/element/countdown.js';

function setUp() {
  const told = [];
  const time = {
    at: 1000,
    ticks: new Map(),
    now: () => time.at,
    setInterval: (callback) => (time.ticks.set(time.ticks.size + 1, callback), time.ticks.size),
    clearInterval: (timer) => time.ticks.delete(timer),
    pass: (ms) => {
      time.at += ms;
      for (const tick of [...time.ticks.values()]) tick();
    },
  };
  return { told, time, countdown: new Countdown((left) => told.push(left), time) };
}

test('every second is told, from the first to none, and then no more', () => {
  const { told, time, countdown } = setUp();
  countdown.start(3500);
  for (let turn = 0; turn < 6; turn += 1) time.pass(1000);
  assert.deepEqual(
    told.map(({ seconds }) => seconds),
    [3, 2, 1, 0],
  );
  assert.ok(told.every(({ from }) => from === 3));
});

test('a page that was asleep has not waited in vain', () => {
  const { told, time, countdown } = setUp();
  countdown.start(61_000);
  time.pass(3_600_000);
  assert.deepEqual(told.at(-1), { seconds: 0, from: 60 });
  assert.equal(time.ticks.size, 0);
});

test('what is over already is over at once', () => {
  const { told, time, countdown } = setUp();
  countdown.start(900);
  assert.deepEqual(told, [{ seconds: 0, from: 0 }]);
  assert.equal(time.ticks.size, 0);
});

test('one that is stopped, or begun anew, ticks no more', () => {
  const { told, time, countdown } = setUp();
  countdown.start(9000);
  countdown.start(5000);
  assert.equal(time.ticks.size, 1);
  countdown.stop();
  assert.equal(told.at(-1), null);
  assert.equal(time.ticks.size, 0);
});

const row = (port, ...args) => ({
  port,
  findings: args.map((one) => ({ id: 'bridge-busy', args: one })),
});

test('a refusal counts from the moment that it was seen, and the last of them decides', () => {
  const refusals = new Refusals();
  refusals.see([row(25, { retry: 60 })], 1000);
  refusals.see([row(25, { retry: 60 }), row(993, { retry: 10 }, {})], 30_000);
  assert.equal(refusals.until([row(25, { retry: 60 }), row(993, { retry: 10 })]), 61_000);
  assert.equal(refusals.until([row(993, { retry: 10 })]), 40_000);
  assert.equal(refusals.until([row(993, {}), { port: 995, findings: [{ id: 'x' }] }]), null);
});
