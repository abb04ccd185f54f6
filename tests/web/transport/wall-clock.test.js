import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { ClockAhead, askClock, timeIn, withoutDates } from '../../../web/transport/wall-clock.js';
import { reportOf } from '../fixtures/reports.js';

const NOON = Date.parse('2026-01-01T12:00:00Z');
const MINUTE = 60_000;
const BASE = 'https://check.test/x/';

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

/**
 * A device whose clock is off, and what it is answered.
 * @param {object} world
 * @param {number} [world.ahead] ms that the device is ahead of the truth
 * @param {number} [world.takes] ms until an answer is there
 * @param {(truth: number) => Record<string, string>|Error} world.answer
 */
function device({ ahead = 0, takes = 100, answer }) {
  const asked = [];
  let passed = 0;
  globalThis.fetch = async (url, options) => {
    asked.push({ url: String(url), ...options });
    passed += takes / 2;
    const said = answer(NOON + passed, asked.length);
    passed += takes / 2;
    if (said instanceof Error) throw said;
    return new Response(null, { headers: said });
  };
  const time = {
    now: () => 5000 + passed,
    wall: () => NOON + ahead + passed,
    sleep: async (ms) => void (passed += ms),
  };
  return { asked, ask: () => askClock(BASE, time) };
}

/** In whole seconds, as the header has it. */
const date = (ms) => ({ date: new Date(ms).toUTCString() });
const right = (truth) => date(truth);

test('a clock that agrees with the server’s is right, and one question is enough', async () => {
  for (const ahead of [0, 4 * MINUTE, -4 * MINUTE]) {
    const { ask, asked } = device({ ahead, answer: right });
    assert.deepEqual(await ask(), { offset: 0, confirmed: true });
    assert.equal(asked.length, 1);
    assert.equal(asked[0].method, 'HEAD');
    assert.equal(asked[0].cache, 'no-store');
    assert.match(asked[0].url, /^https:\/\/check\.test\/x\/config\.json\?clock=\w+$/);
  }
});

test('one that is off by more than five minutes is set right by the server’s', async () => {
  for (const ahead of [6 * MINUTE, -6 * MINUTE, 400 * 24 * 60 * MINUTE]) {
    for (const takes of [0, 100, 2900]) {
      const { ask, asked } = device({ ahead, takes, answer: right });
      const { offset, confirmed } = await ask();
      assert.ok(confirmed);
      assert.ok(Math.abs(offset + ahead) <= 1000, `${ahead} ${takes} ${offset}`);
      assert.equal(asked.length, 2);
      assert.notEqual(asked[0].url, asked[1].url);
    }
  }
});

test('an answer from a cache tells the time with its age', async () => {
  const age = 20 * MINUTE;
  const cached = (truth) => ({ ...date(truth - age), age: String(age / 1000) });
  assert.deepEqual(await device({ answer: cached }).ask(), { offset: 0, confirmed: true });
  const { offset, confirmed } = await device({ ahead: 60 * MINUTE, answer: cached }).ask();
  assert.ok(confirmed);
  assert.ok(Math.abs(offset + 60 * MINUTE) <= 1000, offset);
});

test('a stored answer without its age is no clock, since it stands still', async () => {
  for (const ahead of [0, 60 * MINUTE]) {
    for (const takes of [0, 2900]) {
      const stored = () => date(NOON - 20 * MINUTE);
      const { ask } = device({ ahead, takes, answer: stored });
      assert.deepEqual(await ask(), { offset: 0, confirmed: false });
    }
  }
});

test('nor are two stored answers of different times', async () => {
  const answer = (truth, count) => date(NOON - 60 * MINUTE + count * 10 * MINUTE);
  assert.deepEqual(await device({ answer }).ask(), { offset: 0, confirmed: false });
});

test('without an answer the time is unconfirmed', async () => {
  for (const answer of [
    () => new TypeError('Failed to fetch'),
    () => ({}),
    () => ({ date: 'soon' }),
    (truth, count) => (count === 1 ? date(truth + 60 * MINUTE) : new TypeError('gone')),
  ]) {
    assert.deepEqual(await device({ answer }).ask(), { offset: 0, confirmed: false });
  }
});

test('what time a response tells', () => {
  const noon = 'Thu, 01 Jan 2026 12:00:00 GMT';
  const rows = [
    [{ date: noon }, NOON],
    [{ date: noon, age: '0' }, NOON],
    [{ date: noon, age: '90' }, NOON + 90_000],
    [{ date: noon, age: '-90' }, null],
    [{ date: noon, age: '1, 2' }, null],
    [{ date: noon, age: '9999999999' }, null],
    [{ date: noon, 'cache-status': 'ExampleCDN; hit; ttl=30' }, null],
    [{ date: noon, 'cache-status': 'ExampleCDN; hit; ttl=30', age: '90' }, NOON + 90_000],
    [{ date: noon, 'cache-status': 'ExampleCDN; fwd=uri-miss' }, NOON],
    [{ date: noon, 'x-cache': 'HIT' }, null],
    [{ age: '90' }, null],
    [{}, null],
  ];
  for (const [headers, time] of rows) {
    assert.equal(timeIn(new Headers(headers)), time, JSON.stringify(headers));
  }
});

test('by an unconfirmed clock no date is held against anybody, and all else is', () => {
  const report = reportOf({ service: 'imaps', port: 993 });
  const findings = [
    { id: 'certificate-expired', args: { not_after: '2020-01-01' } },
    { id: 'certificate-name-mismatch', args: { names: ['a'] } },
    { id: 'certificate-not-yet-valid', args: { not_before: '2030-01-01' } },
  ];
  const judged = withoutDates({ ...report, findings });
  assert.deepEqual(
    judged.findings.map(({ id }) => id),
    ['clock-unconfirmed', 'certificate-name-mismatch', 'clock-unconfirmed'],
  );
  assert.deepEqual(judged.findings[0].args, {
    not_after: '2020-01-01',
    finding: 'certificate-expired',
  });
  assert.equal(findings[0].id, 'certificate-expired');
});

/** Each answer of the clock is the next of these; `asked` are those that were asked for. */
function clockAhead(...answers) {
  const world = { now: 0, asked: 0 };
  const ask = () => Promise.resolve(answers[world.asked++]);
  return { world, clock: new ClockAhead(ask, () => world.now) };
}

const CONFIRMED = { offset: 7, confirmed: true };
const OTHER = { offset: 8, confirmed: true };

test('a clock that was asked while an address was typed is asked once, and good for one check', async () => {
  const { world, clock } = clockAhead(CONFIRMED, OTHER);
  clock.prepare();
  world.now = 19_999;
  clock.prepare();
  assert.equal(world.asked, 1);
  assert.equal(await clock.take(), CONFIRMED);
  assert.equal(world.asked, 1);
  assert.equal(await clock.take(), OTHER);
});

test('one that was asked too long ago, or confirmed nothing, is asked again', async () => {
  for (const [first, ms] of [
    [CONFIRMED, 20_000],
    [{ offset: 0, confirmed: false }, 0],
  ]) {
    const { world, clock } = clockAhead(first, OTHER);
    clock.prepare();
    await null;
    world.now = ms;
    assert.equal(await clock.take(), OTHER);
  }
});
