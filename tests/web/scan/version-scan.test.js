import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scanVersions } from '../../../web/scan/version-scan.js';
import { Semaphore } from '../../../web/scan/semaphore.js';
import { catalogue } from '../../../web/verdict/findings.js';
import { reportOf } from '../fixtures/reports.js';
import { tables } from '../fixtures/tables.js';

const service = tables.services.find(({ name }) => name === 'submission');
const known = catalogue(tables);
const attempt = {
  host: 'mail.example.test',
  address: '2001:db8::5',
  source: 'published',
  report: reportOf({ service: 'submission', port: 587, mode: 'starttls' }),
};

test('the same conversation is held again, and its follow-ups with the same address', async () => {
  const opened = [];
  const held = [];
  const versions = { 'TLS 1.2': 'accepted' };
  const report = await scanVersions({
    service,
    attempt,
    core: null,
    closes: tables.closes,
    known,
    openSocket: (target) => opened.push(target),
    sockets: new Semaphore(2),
    signal: new AbortController().signal,
    wallClock: () => 42,
    clientName: 'check.example.net',
    converse: async ({ start, open, bridgeWords, followUp }) => {
      const probe = start;
      open();
      assert.equal(bridgeWords.close({ code: 1001, reason: '' }, true)[0], 'bridge-busy');
      held.push(probe);
      if (probe === 'follow-up') return { report: reportOf({}), bridge: null, followUps: [] };
      await followUp('follow-up', () => {}, new AbortController().signal);
      return {
        report: { ...reportOf({}), versions },
        bridge: { ip: '2001:db8::5', connect_ms: 1 },
        followUps: [],
      };
    },
  });
  assert.deepEqual(opened, ['[2001:db8::5]:587', '[2001:db8::5]:587']);
  assert.deepEqual(held, [
    {
      service: 'submission',
      mode: 'starttls',
      serverName: 'mail.example.test',
      address: '2001:db8::5',
      port: 587,
      time: 42,
      clientName: 'check.example.net',
      leaveUnanswered: true,
      versionScan: true,
    },
    'follow-up',
  ]);
  assert.equal(report.role, 'versions');
  assert.equal(report.source, 'published');
  assert.deepEqual(report.versions, versions);
});

test('its conversations count among the open sockets, and the follow-ups come first', async () => {
  const sockets = new Semaphore(2);
  const order = [];
  const taken = await Promise.all([sockets.acquire(), sockets.acquire()]);
  const checked = scanVersions({
    service,
    attempt,
    core: null,
    closes: tables.closes,
    known,
    openSocket: () => {},
    sockets,
    signal: new AbortController().signal,
    converse: async ({ start, followUp }) => {
      order.push(start.versionScan ? 'first' : start);
      if (start.versionScan) {
        const held = followUp('follow-up', () => {}, new AbortController().signal);
        await new Promise(setImmediate);
        order.push('waits');
        taken[1]();
        await held;
      }
      return { report: { ...reportOf({}), versions: {} }, bridge: null, followUps: [] };
    },
  });
  await new Promise(setImmediate);
  assert.deepEqual(order, []);
  const other = sockets.acquire().then((release) => (order.push('other'), release()));
  taken[0]();
  await checked;
  await other;
  assert.deepEqual(order, ['first', 'waits', 'follow-up', 'other']);
});

const DRAINED = { id: 'bridge-busy', args: { close: 'draining' } };
const LOST = { id: 'bridge-unreachable', args: { close: '1006', reason: 'lost' } };
const GONE = { id: 'bridge-unreachable', args: { close: '1006' } };
const KNOWN = { 'TLS 1.2': 'accepted' };
const UNKNOWN = { 'TLS 1.2': 'unknown' };

/**
 * The scan, each time it is held: what the conversation comes to, what its follow-up, and which versions that
 * tells.
 */
async function scanThrough(times, stop = new AbortController()) {
  const slept = [];
  const scripts = times.flatMap(({ main = [], followUp = [], versions }) => [
    { findings: main, versions, asks: true },
    { findings: followUp },
  ]);
  const report = await scanVersions({
    service,
    attempt,
    core: null,
    closes: tables.closes,
    known,
    openSocket: () => {},
    sockets: new Semaphore(2),
    signal: stop.signal,
    sleep: async (ms) => slept.push(ms),
    converse: async ({ followUp }) => {
      const { findings, versions, asks } = scripts.shift();
      if (asks)
        await followUp(
          () => {},
          () => {},
          stop.signal,
        );
      return { report: { ...reportOf({ findings }), versions }, bridge: null, followUps: [] };
    },
  });
  const { versions, findings } = report;
  return { versions, findings, slept, left: scripts.length / 2 };
}

for (const [what, fault] of Object.entries({ drained: DRAINED, lost: LOST })) {
  for (const where of ['main', 'followUp']) {
    test(`a bridge that was ${what} in the ${where} is asked once more`, async () => {
      const found = await scanThrough([
        { [where]: [fault], versions: UNKNOWN },
        { versions: KNOWN },
      ]);
      assert.deepEqual(found, { versions: KNOWN, findings: [], slept: [2000], left: 0 });
    });
  }
}

test('not a third time, and then it is said', async () => {
  const again = { followUp: [DRAINED], versions: UNKNOWN };
  const found = await scanThrough([again, again, { versions: KNOWN }]);
  assert.deepEqual(found, { versions: UNKNOWN, findings: [DRAINED], slept: [2000], left: 1 });
});

test('of a bridge that is not back, what the first time told', async () => {
  const found = await scanThrough([
    { followUp: [DRAINED], versions: { ...KNOWN, 'TLS 1.3': 'unknown' } },
    { main: [GONE], versions: UNKNOWN },
  ]);
  assert.deepEqual(found.versions, { ...KNOWN, 'TLS 1.3': 'unknown' });
  assert.deepEqual(found.findings, [DRAINED]);
});

test('where all is known, or nobody waits for it any more, it is not held again', async () => {
  const known = await scanThrough([{ main: [DRAINED], versions: KNOWN }, { versions: UNKNOWN }]);
  assert.deepEqual([known.versions, known.slept], [KNOWN, []]);
  const stop = new AbortController();
  stop.abort();
  const stopped = await scanThrough([{ main: [DRAINED], versions: UNKNOWN }], stop);
  assert.deepEqual(stopped.slept, []);
});
