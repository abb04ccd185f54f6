import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StandingClock, browserClock } from '../../../web/transport/clock.js';
import { FakeClock } from '../fixtures/fake-clock.js';

test('time passes, but not for work', () => {
  const source = new FakeClock();
  const clock = new StandingClock(source);
  const began = clock.now();
  source.advance(10);
  assert.equal(clock.now() - began, 10);
  const result = clock.standStill(() => {
    source.advance(2000);
    assert.equal(clock.now() - began, 10);
    clock.standStill(() => source.advance(500));
    assert.equal(clock.now() - began, 10);
    return 'done';
  });
  assert.equal(result, 'done');
  assert.equal(clock.now() - began, 10);
  source.advance(5);
  assert.equal(clock.now() - began, 15);
});

test('work that fails has taken its time as well', () => {
  const source = new FakeClock();
  const clock = new StandingClock(source);
  const began = clock.now();
  const failing = () => {
    source.advance(100);
    throw new Error('no');
  };
  assert.throws(() => clock.standStill(failing), /no/);
  source.advance(1);
  assert.equal(clock.now() - began, 1);
});

test('timers are those of the source', () => {
  const source = new FakeClock();
  const clock = new StandingClock(source);
  const rung = [];
  clock.setTimeout(() => rung.push('first'), 10);
  clock.clearTimeout(clock.setTimeout(() => rung.push('second'), 10));
  source.advance(10);
  assert.deepEqual(rung, ['first']);
});

test('the clock of the page does not go back', () => {
  const before = browserClock.now();
  browserClock.standStill(() => {});
  assert.ok(browserClock.now() >= before);
});
