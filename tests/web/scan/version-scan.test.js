import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scanVersions } from '../../../web/scan/version-scan.js';
import { Semaphore } from '../../../web/scan/semaphore.js';
import { reportOf } from '../fixtures/reports.js';
import { tables } from '../fixtures/tables.js';

const service = tables.services.find(({ name }) => name === 'submission');
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
    core: { probe: (options) => options },
    closes: tables.closes,
    openSocket: (target) => opened.push(target),
    sockets: new Semaphore(2),
    signal: new AbortController().signal,
    wallClock: () => 42,
    clientName: 'check.example.net',
    converse: async ({ start, open, closes, followUp }) => {
      const probe = start(7);
      open();
      assert.equal(closes, tables.closes);
      held.push(probe);
      if (probe === 'follow-up') return { report: {}, bridge: null, followUps: [] };
      await followUp(
        () => 'follow-up',
        () => {},
        new AbortController().signal,
      );
      return { report: { versions }, bridge: { ip: '2001:db8::5', connect_ms: 1 }, followUps: [] };
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
      versionScan: true,
      now: 7,
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
    core: { probe: () => 'first' },
    closes: tables.closes,
    openSocket: () => {},
    sockets,
    signal: new AbortController().signal,
    converse: async ({ start, followUp }) => {
      const probe = start(0);
      order.push(probe);
      if (probe === 'first') {
        const held = followUp(
          () => 'follow-up',
          () => {},
          new AbortController().signal,
        );
        await new Promise(setImmediate);
        order.push('waits');
        taken[1]();
        await held;
      }
      return { report: { findings: [] }, bridge: null, followUps: [] };
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
