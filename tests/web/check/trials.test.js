import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Semaphore } from '../../../web/scan/semaphore.js';
import { tryAppSettings } from '../../../web/check/trials.js';
import { readAppSettings } from '../../../web/input/read-app-settings.js';
import { attempt, outcome } from '../fixtures/outcomes.js';
import { catalogue } from '../../../web/verdict/findings.js';
import { reportOf } from '../fixtures/reports.js';
import { tables } from '../fixtures/tables.js';

const REACHED = { v4: ['192.0.2.1'], v6: [], finding: null };

/** `world`: what a conversation finds, by its port and mode. */
async function run(
  outgoing,
  world = () => [],
  { whole = [], names = () => REACHED, ...more } = {},
) {
  const held = [];
  const { sides } = readAppSettings({ outgoing }, tables.services);
  const stop = new AbortController();
  const result = await tryAppSettings({
    settings: sides[0],
    tables,
    discovery: {
      addresses: async (host) => names(host),
      plans: new Map(),
      vouching: { wholly: async () => ({ domain: 'example.test', entered: [sides[0].server] }) },
    },
    scanned: Promise.resolve(whole),
    signal: stop.signal,
    known: catalogue(tables),
    core: null,
    openSocket: () => assert.fail('no sockets here'),
    sockets: new Semaphore(2),
    converse: async ({ start }) => {
      const probe = start;
      held.push(
        `${probe.serverName} ${probe.address} ${probe.service} ${probe.port} ${probe.mode}`,
      );
      const found = world(probe, stop).map((id) => ({ id, args: {} }));
      return { report: reportOf({ ...probe, findings: found }), bridge: null, followUps: [] };
    },
    ...more,
  });
  return { ...result, held };
}

test('exactly what was typed is tried, once', async () => {
  const { held, exact, further } = await run({
    server: 'smtp.example.test',
    port: '587',
    security: 'starttls',
  });
  assert.deepEqual(held, ['smtp.example.test 192.0.2.1 submission 587 starttls']);
  assert.equal(exact.attempts[0].source, 'typed');
  assert.deepEqual(further, []);
});

test('then the other security there, and the usual ports of both', async () => {
  const { held, further } = await run(
    { server: 'smtp.example.test', port: '465', security: 'starttls' },
    () => ['starttls-not-offered'],
  );
  assert.deepEqual(held.slice(1).sort(), [
    'smtp.example.test 192.0.2.1 submission 587 starttls',
    'smtp.example.test 192.0.2.1 submissions 465 implicit-tls',
  ]);
  assert.equal(further.length, 2);
});

test('what the whole check proved is not tried again', async () => {
  const whole = [
    outcome('submissions', [attempt('submissions', [], { host: 'smtp.example.test' })]),
  ];
  const typed = { server: 'smtp.example.test', port: '465', security: 'none' };
  const { held } = await run(typed, () => ['greeting-timeout'], { whole });
  assert.deepEqual(held, ['smtp.example.test 192.0.2.1 submissions 465 cleartext']);
});

test('a port without a way through the bridge is not tried, its server is', async () => {
  const { exact, held } = await run({
    server: 'smtp.example.test',
    port: '2525',
    security: 'starttls',
  });
  assert.equal(exact, null);
  assert.deepEqual(held.sort(), [
    'smtp.example.test 192.0.2.1 submission 587 starttls',
    'smtp.example.test 192.0.2.1 submissions 465 implicit-tls',
  ]);
});

test('a name that does not exist is not called', async () => {
  const finding = { id: 'name-not-found', args: { host: 'smtp.exmaple.test' } };
  const { exact, held } = await run(
    { server: 'smtp.exmaple.test', port: '587', security: 'ssl' },
    () => [],
    { names: () => ({ v4: [], v6: [], finding }) },
  );
  assert.deepEqual(held, []);
  assert.equal(exact.finding.id, 'name-not-found');
});

test('an address is called as it is, without a look-up', async () => {
  const { held } = await run(
    { server: '[2001:db8::7]', port: '587', security: 'starttls' },
    (probe) => (probe.port === 587 ? [] : ['connect-refused']),
    { names: () => assert.fail('no look-ups here') },
  );
  assert.match(held[0], /^2001:db8::7 2001:db8::7 submission 587 starttls$/);
});

test('a stop ends the trying', async () => {
  const { held } = await run(
    { server: 'smtp.example.test', port: '465', security: 'starttls' },
    (probe, stop) => {
      stop.abort();
      return ['starttls-not-offered'];
    },
  );
  assert.equal(held.length, 1);
});
