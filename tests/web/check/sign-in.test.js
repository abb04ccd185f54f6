import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOf, signIn } from '../../../web/check/sign-in.js';
import { Semaphore } from '../../../web/scan/semaphore.js';
import { signInSides } from '../../../web/verdict/sign-in.js';
import { attempt } from '../fixtures/outcomes.js';
import { reportOf } from '../fixtures/reports.js';
import { service, tables } from '../fixtures/tables.js';

const setting = (name, server) => ({
  service: name,
  port: service(name).port,
  server,
  vouched: 'domain',
  trusted: true,
});
const SETTINGS = {
  incoming: setting('imaps', 'imap.example.test'),
  outgoing: setting('submission', 'smtp.example.test'),
};
const row = (name, host) => ({ service: service(name), main: attempt(name, [], { host }) });
const ROWS = [row('imaps', 'imap.example.test'), row('submission', 'smtp.example.test')];

/** `found`: what comes of it, by service; a list of lists: each time. A finding is an id, or {id, args, phase}. */
async function run(found, { typed = { user: 'anna', password: 'secret' }, stop } = {}) {
  const credentials = bytesOf(typed);
  const stopping = stop ?? new AbortController();
  const sockets = new Semaphore(1);
  const probes = [];
  const tried = [];
  const slept = [];
  let clocks = 0;
  await signIn({
    sides: signInSides(SETTINGS),
    credentials,
    rows: ROWS,
    resources: { core: null, tables, sockets, clientName: 'me.test' },
    askClock: async () => {
      clocks++;
      return { offset: 0, confirmed: true };
    },
    openSocket: () => assert.fail('no sockets here'),
    signal: stopping.signal,
    onTried: ({ side, finding, cut }) =>
      tried.push([side, finding.id, cut].filter(Boolean).join(' ')),
    sleep: async (ms) => slept.push(ms),
    converse: async ({ start, followUp }) => {
      assert.equal(followUp, undefined, 'a password is tried on one connection');
      const probe = given(start);
      probes.push(probe);
      if (stop) stop.abort();
      const [what] = found[probe.service];
      const each = Array.isArray(what) ? found[probe.service].shift() : found[probe.service];
      const findings = each.map((one) => (typeof one === 'string' ? { id: one, args: {} } : one));
      const report = reportOf({ ...probe, findings });
      const { signedIn = 'ok' } = findings[0] ?? {};
      const phases = report.phases.map((row) => {
        if (row.phase === 'signin') return { ...row, status: signedIn };
        return signedIn === 'skipped' ? row : { ...row, status: 'ok' };
      });
      return { report: { ...report, phases }, bridge: null, followUps: [] };
    },
  });
  // Whatever happened, the socket is given back.
  (await sockets.acquire())();
  return { probes, tried, clocks, slept, credentials };
}

/** What the core is given, as texts: the bytes are wiped later. */
const given = ({ credentials, ...options }) => ({
  ...options,
  credentials: Object.fromEntries(
    Object.entries(credentials).map(([key, bytes]) => [key, new TextDecoder().decode(bytes)]),
  ),
});

test('each server once, as it was proved, with a clock asked anew', async () => {
  const { probes, tried, clocks } = await run({
    imaps: ['sign-in-ok'],
    submission: ['sign-in-ok'],
  });
  assert.deepEqual(tried, ['incoming sign-in-ok', 'outgoing sign-in-ok']);
  const what = ({ serverName, address, service: name, port, mode, clientName }) =>
    [serverName, address, name, port, mode, clientName].join(' ');
  assert.deepEqual(probes.map(what), [
    'imap.example.test 192.0.2.1 imaps 993 implicit-tls me.test',
    'smtp.example.test 192.0.2.1 submission 587 starttls me.test',
  ]);
  assert.equal(clocks, 2);
});

test('after a refusal no other server is asked', async () => {
  for (const id of ['sign-in-refused', 'sign-in-locked', 'sign-in-withheld', 'connect-timeout']) {
    const { tried } = await run({ imaps: [id], submission: ['sign-in-ok'] });
    assert.deepEqual(tried, [`incoming ${id}`]);
  }
});

test('names and passwords are prepared for who wants them so, and both or none', async () => {
  const taken = async (user, password) =>
    (await run({ imaps: ['sign-in-refused'] }, { typed: { user, password } })).probes[0]
      .credentials;
  assert.deepEqual(await taken('j\u00FCrgen', 'gru\u0308n'), {
    user: 'j\u00FCrgen',
    password: 'gru\u0308n',
    preparedUser: 'j\u00FCrgen',
    preparedPassword: 'gr\u00FCn',
  });
  assert.deepEqual(await taken('anna', '\u202E'), { user: 'anna', password: '\u202E' });
});

test('whoever has left the card is told nothing, and nobody else is asked', async () => {
  const { tried, probes } = await run({ imaps: ['sign-in-ok'] }, { stop: new AbortController() });
  assert.deepEqual(tried, []);
  assert.equal(probes.length, 1);
});

test('what was typed is wiped when all is over, however it ended', async () => {
  const wiped = ({ credentials }) =>
    Object.values(credentials).every((bytes) => bytes.every((byte) => byte === 0));
  const right = { imaps: ['sign-in-ok'], submission: ['sign-in-ok'] };
  assert.ok(wiped(await run(right)));
  assert.ok(wiped(await run({ imaps: ['sign-in-locked'] })));
  assert.ok(wiped(await run(right, { stop: new AbortController() })));
});

test('a conversation that says nothing of it is a fault of ours', async () => {
  await assert.rejects(run({ imaps: [] }), /ended without a word/);
});

/** The bridge went away, in the phase of the sign-in or before. */
const drained = (signedIn) => ({ id: 'bridge-busy', args: { close: 'draining' }, signedIn });
const lost = (signedIn) => ({ id: 'bridge-unreachable', args: { reason: 'lost' }, signedIn });
const gone = { id: 'bridge-unreachable', args: { close: '1006' }, signedIn: 'skipped' };

test('a bridge that went away before anything secret was sent is tried once more', async () => {
  for (const how of [drained, lost]) {
    const { probes, tried, slept } = await run({
      imaps: [[how('skipped')], ['sign-in-ok']],
      submission: ['sign-in-ok'],
    });
    assert.deepEqual(tried, ['incoming sign-in-ok', 'outgoing sign-in-ok']);
    assert.deepEqual(slept, [2000]);
    assert.equal(probes.length, 3);
  }
});

test('once a password may have been sent, it is not sent again, and nobody else is asked', async () => {
  for (const how of [drained, lost]) {
    for (const signedIn of ['failed', 'ok']) {
      const { probes, tried, slept } = await run({ imaps: [[how(signedIn)], ['sign-in-ok']] });
      assert.deepEqual(tried, [`incoming ${how().id} sent`]);
      assert.deepEqual([probes.length, slept], [1, []]);
    }
  }
});

test('a second try that is cut short, too, is told as what it was', async () => {
  const second = async (again) => (await run({ imaps: [[drained('skipped')], [again]] })).tried;
  assert.deepEqual(await second(drained('skipped')), ['incoming bridge-busy unsent']);
  assert.deepEqual(await second(drained('failed')), ['incoming bridge-busy sent']);
  assert.deepEqual(await second(lost('failed')), ['incoming bridge-unreachable sent']);
  // That nobody is there now is what the first told better.
  assert.deepEqual(await second(gone), ['incoming bridge-busy unsent']);
});

test('what the bridge refuses in so many words is not that it went away', async () => {
  const refused = { id: 'bridge-busy', args: { close: 'rate', retry: 40 }, signedIn: 'skipped' };
  const { tried, slept } = await run({ imaps: [refused] });
  assert.deepEqual([tried, slept], [['incoming bridge-busy'], []]);
});
