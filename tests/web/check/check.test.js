import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import {
  AddressError,
  askElsewhere,
  checkVersions,
  emptyResult,
  newSocketLimit,
  readPreset,
  runCheck,
  withProbe,
} from '../../../web/check/check.js';
import { readError } from '../../../web/input/error-message.js';
import { readAppSettings } from '../../../web/input/read-app-settings.js';
import { emptyDetails, readUserInput } from '../../../web/input/user-input.js';
import { fakeCore } from '../fixtures/fake-core.js';
import { fakeBridge } from '../fixtures/fake-bridge.js';
import { tables } from '../fixtures/tables.js';

const NAMES = {
  'example.test': '192.0.2.1',
  'imap.example.test': '192.0.2.2',
  'pop.example.test': '192.0.2.3',
  'smtp.example.test': '192.0.2.4',
};

/** Runs a check against a fake bridge; `result` is what the updates add up to. */
async function run(target, { names = NAMES, resources = {}, ...options } = {}) {
  const { world, silent, tested, resolve, ...more } = options;
  const bridge = { names, world, silent, tested, resolve };
  const { core, openSocket, sockets } = fakeBridge(bridge);
  const updates = [];
  const all = { core, tables, vantage: { name: 'Frankfurt' }, ...resources };
  const report = await runCheck({
    target,
    resources: all,
    openSocket,
    onUpdate: (change) => updates.push(change),
    ...more,
  });
  const result = Object.assign(emptyResult(), ...updates.filter(({ progress }) => !progress));
  return { report, result, updates, sockets, core, openSocket, resources: all };
}

const input = (address, details = {}) =>
  readUserInput({
    address,
    details: { ...emptyDetails(), open: true, ...details },
    tables,
    readAppSettings,
  });
const statuses = ({ vantages: [{ rows }] }) =>
  Object.fromEntries(rows.map(({ service, status }) => [service, status]));

test('from an address to the report, without a page', async () => {
  assert.equal(typeof document, 'undefined');
  const { report, result } = await run('Anna <anna.secret@example.test>');
  assert.equal(report.version, 1);
  assert.equal(report.domain, 'example.test');
  assert.deepEqual(new Set(Object.values(statuses(report))), new Set(['works']));
  assert.equal(report.vantages[0].name, 'Frankfurt');
  assert.equal(report.vantages[0].probes.length, tables.services.length);
  const { incoming, outgoing } = report.settings;
  assert.deepEqual([incoming.server, incoming.port], ['imap.example.test', 993]);
  assert.deepEqual([outgoing.server, outgoing.port], ['smtp.example.test', 465]);
  assert.doesNotMatch(JSON.stringify(report), /anna|secret/);
  assert.equal(result.report, report);
  assert.equal(result.stopped, false);
  assert.equal(result.summary.published, false);
});

test('what is found is told as it comes: progress, then a row more each time, then all', async () => {
  const { updates } = await run('example.test');
  const progress = updates.filter((change) => change.progress).map((change) => change.progress);
  assert.deepEqual(progress[0], { service: 'smtp', phase: 'resolve', host: null, address: null });
  assert.ok(
    progress.some(({ service, phase, host }) => {
      return service === 'imaps' && phase === 'greeting' && host === 'imap.example.test';
    }),
  );
  const found = updates.filter((change) => change.rows).map(({ rows }) => rows.length);
  assert.deepEqual(found, [1, 2, 3, 4, 5, 6, 7, 7]);
  assert.deepEqual(
    updates.filter(({ report }) => report),
    updates.slice(-1),
  );
});

test('the rows are in the order of the table, whichever port ends first', async () => {
  const { updates } = await run('example.test');
  const order = tables.services.map(({ port }) => port);
  for (const { rows } of updates.filter((change) => change.rows)) {
    const ports = rows.map(({ port }) => port);
    assert.deepEqual(
      ports,
      order.filter((port) => ports.includes(port)),
    );
  }
});

test('what fails is a row, a problem and a finding of the report', async () => {
  const world = ({ port }) => (port === 993 ? [{ id: 'certificate-expired', args: {} }] : []);
  const { report, result } = await run('example.test', { world });
  assert.equal(statuses(report).imaps, 'broken');
  assert.ok(result.problems.some(({ id }) => id === 'certificate-expired'));
  assert.equal(report.settings.incoming.port, 143);
});

test('a port that nobody listens on is refused, and said to be', async () => {
  const world = ({ port }) => (port === 995 ? null : []);
  const { report } = await run('example.test', { world });
  const row = report.vantages[0].rows.find(({ port }) => port === 995);
  assert.ok(row.findings.some(({ id }) => id === 'connect-refused'));
});

const wayOut = (ports, resolver = 'ok') => ({ seconds_ago: 1, resolver, ports });
const unreachable = () => [{ id: 'connect-timeout', args: {} }];
const first = ({ vantages: [{ rows }] }) => rows.map(({ findings: [finding] }) => finding?.id);

test('a port that the bridge does not get out through is not tested, whoever says so first', async () => {
  const ports = Object.fromEntries(tables.services.map(({ port }) => [port, 'timed-out']));
  const said = { resolver: 'ok', ports: new Map([[993, 'refused']]) };
  const world = ({ port }) => (port === 995 ? [] : unreachable());
  const { report } = await run('example.test', { world, tested: wayOut(ports) });
  assert.equal(statuses(report).pop3s, 'works');
  assert.deepEqual(new Set(first(report)), new Set(['not-tested-from-here', undefined]));
  // From a bridge whose sockets do not say it: what it said of itself holds.
  const before = await run('example.test', {
    world,
    tested: null,
    resources: { tested: Promise.resolve(said) },
  });
  assert.equal(statuses(before.report).imaps, 'not-tested');
  assert.equal(statuses(before.report).submissions, 'blocked');
  assert.equal(
    before.report.vantages[0].probes.find(({ target }) => target.port === 993).findings[0].id,
    'not-tested-from-here',
  );
});

test('typed settings are not called wrong where the bridge cannot try them', async () => {
  const settings = emptyDetails().settings;
  const incoming = { ...settings.incoming, server: 'imap.example.test', port: '993' };
  const target = input('example.test', { settings: { ...settings, incoming } }).target;
  const { result } = await run(target, { world: unreachable, tested: wayOut({ 993: 'refused' }) });
  assert.equal(result.checked[0].outcome, 'not-tested');
});

/** The resolver → what it answers to everything. */
const RESOLVERS = {
  NXDOMAIN: (name, flags) => ({ flags: flags | 3, answers: [] }),
  SERVFAIL: (name, flags) => ({ flags: flags | 2, answers: [] }),
  'no data': (name, flags) => ({ flags, answers: [] }),
};
for (const [what, resolve] of Object.entries(RESOLVERS)) {
  test(`a resolver that answers ${what} to everything is not believed, and blames no domain`, async () => {
    for (const tested of [wayOut({}, 'failed'), null]) {
      const { report, result } = await run('gone.test', { names: {}, resolve, tested });
      assert.deepEqual(new Set(first(report)), new Set(['resolver-failed']));
      assert.deepEqual(new Set(Object.values(statuses(report))), new Set(['not-tested']));
      assert.deepEqual(
        result.problems.map(({ id, args }) => [id, args.reason]),
        [['resolver-failed', tested ? 'failed' : 'unproved']],
      );
    }
    const believed = await run('gone.test', { names: {}, resolve });
    assert.ok(!first(believed.report).includes('resolver-failed'));
  });
}

test('a portal that has an address for every name is not the server', async () => {
  const names = new Proxy(
    {},
    { getOwnPropertyDescriptor: () => ({ value: 1, configurable: true }), get: () => '198.18.0.1' },
  );
  const world = () => [{ id: 'certificate-name-mismatch', args: {} }];
  const { report } = await run('example.test', { names, world, tested: wayOut({}, 'invents') });
  assert.deepEqual(new Set(first(report)), new Set(['resolver-failed']));
});

test('app settings are tried as they are, and a pasted message is held against it all', async () => {
  const settings = emptyDetails().settings;
  const outgoing = { ...settings.outgoing, server: 'smtp.example.test', port: '465' };
  const details = {
    settings: { ...settings, outgoing: { ...outgoing, security: 'starttls' } },
    pasted: 'Connection refused',
    reading: readError('Connection refused', tables.services),
  };
  const world = ({ port, mode }) =>
    port === 465 && mode === 'starttls' ? [{ id: 'greeting-timeout', args: {} }] : [];
  const { target } = input('example.test', details);
  const { report, result } = await run(target, { world });
  const [side] = report.typed;
  assert.equal(side.side, 'outgoing');
  assert.deepEqual(side.wrong, ['security']);
  assert.equal(side.use.security, 'ssl');
  assert.equal(side.probes[0].target.mode, 'starttls');
  assert.equal(report.pasted.cause, 'connect-refused');
  assert.equal(report.pasted.outcome, 'refuted');
  assert.deepEqual([result.checked.length, result.pasted.outcome], [1, 'refuted']);
  assert.doesNotMatch(JSON.stringify(report.pasted), /Connection refused/);
});

test('a clock that is set right, and a provider that is not this one, are notices', async () => {
  const hour = 3_600_000;
  const clock = Promise.resolve({ offset: hour, confirmed: true });
  const preset = readPreset({ name: 'Demo', domains: ['demo.test'] }, tables.services);
  const before = Date.now();
  const { report, result } = await run('example.test', { resources: { clock }, preset });
  assert.deepEqual(report.notices, [
    { id: 'clock-wrong', args: { seconds: 3600 } },
    { id: 'not-this-provider', args: { domain: 'example.test', provider: 'Demo' } },
  ]);
  assert.deepEqual(
    result.problems.slice(0, 2).map(({ id }) => id),
    ['clock-wrong', 'not-this-provider'],
  );
  assert.ok(Date.parse(report.started) >= before + hour - 1000);
});

test('by a clock that nobody confirms no certificate is called expired', async () => {
  const world = () => [{ id: 'certificate-expired', args: {} }];
  const clock = { offset: 0, confirmed: false };
  const { report } = await run('example.test', { world, resources: { clock } });
  const ids = report.vantages[0].probes.flatMap(({ findings }) => findings.map(({ id }) => id));
  assert.deepEqual(new Set(ids), new Set(['clock-unconfirmed']));
});

test('a stop ends all conversations, and what was found is reported', async () => {
  const stop = new AbortController();
  const onUpdate = ({ progress }) => progress?.phase === 'greeting' && stop.abort();
  const { report, sockets } = await run('example.test', {
    silent: true,
    signal: stop.signal,
    onUpdate,
  });
  assert.ok(report.vantages[0].rows.every(({ status }) => status === 'not-tested'));
  // One that is still connecting is closed as soon as it is open.
  await new Promise(setImmediate);
  assert.ok(sockets.every(({ closedWith }) => closedWith === 1000));
});

test('a check that is stopped before it began opens nothing', async () => {
  const stop = new AbortController();
  stop.abort();
  const { report, result, sockets } = await run('example.test', { signal: stop.signal });
  assert.equal(sockets.length, 0);
  assert.equal(result.stopped, true);
  assert.equal(report.vantages[0].rows.length, tables.services.length);
});

test('nothing stays open, and every probe is freed', async () => {
  const { sockets, core } = await run('example.test');
  assert.ok(sockets.every(({ readyState }) => readyState === 3));
  assert.ok(core.probes.every(({ freed }) => freed));
});

test('a text that is no address is refused, and a fault of our own is not swallowed', async () => {
  await assert.rejects(run('no address'), AddressError);
  const core = fakeCore(() => assert.fail('out of memory'));
  await assert.rejects(run('example.test', { resources: { core } }), /out of memory/);
});

test('no more sockets than the limit are open, whatever they are for', async () => {
  const sockets = newSocketLimit();
  const taken = await Promise.all(Array.from({ length: 9 }, () => sockets.acquire()));
  let most = 0;
  const bridge = fakeBridge({ names: NAMES });
  const openSocket = (target) => {
    const socket = bridge.openSocket(target);
    const mail = bridge.sockets.filter(
      ({ url, readyState }) => url !== 'resolver' && readyState < 3,
    );
    most = Math.max(most, mail.length);
    return socket;
  };
  await runCheck({
    target: 'example.test',
    resources: { core: bridge.core, tables, sockets },
    openSocket,
  });
  assert.equal(most, 1);
  taken.forEach((release) => release());
});

test('a TLS version scan is one conversation more of a new report', async () => {
  const { report, result, resources, openSocket, core } = await run('example.test');
  const row = result.rows.find(({ port }) => port === 993);
  const { signal } = new AbortController();
  const asked = { ...resources, sockets: newSocketLimit(), clock: { offset: 0, confirmed: true } };
  const probe = await checkVersions({ row, resources: asked, openSocket, signal });
  assert.equal(probe.role, 'versions');
  assert.equal(core.probes.at(-1).options.port, 993);
  const added = withProbe(report, probe);
  assert.equal(added.vantages[0].probes.length, report.vantages[0].probes.length + 1);
  assert.ok(!report.vantages[0].probes.includes(probe));
  const stopped = AbortSignal.abort();
  assert.equal(await checkVersions({ row, resources: asked, openSocket, signal: stopped }), null);
});

/** A second place: a bridge of its own to the same names, and how often it was prepared. */
function secondPlace({ world, name = 'Paris' } = {}) {
  const bridge = fakeBridge({ names: NAMES, world });
  const second = {
    prepared: 0,
    ...bridge,
    vantage: { name },
    prepare: async () => {
      second.prepared += 1;
      return { openSocket: bridge.openSocket, clientName: 'check.paris.example' };
    },
  };
  return second;
}

/** Runs a check whose conversations with both places are those of one core, as in a page. */
async function runWithSecond({ here, there, local = true, ...more }) {
  const away = [];
  const place = (options) => (away.includes(options) ? there : here)?.(options) ?? [];
  const clients = ({ clientName }) => clientName === 'check.paris.example';
  const world = (options) => {
    if (clients(options)) away.push(options);
    return place(options);
  };
  const first = fakeBridge({ names: NAMES, world });
  const sockets = [];
  const second = {
    prepared: 0,
    vantage: { name: 'Paris', local: false },
    prepare: async () => {
      second.prepared += 1;
      const openSocket = (target) => {
        sockets.push(target);
        return first.openSocket(target);
      };
      return { openSocket, clientName: 'check.paris.example' };
    },
  };
  const updates = [];
  const resources = { core: first.core, tables, vantage: { name: 'home', local } };
  const report = await runCheck({
    target: 'example.test',
    resources,
    openSocket: first.openSocket,
    second,
    onUpdate: (change) => updates.push(change),
    ...more,
  });
  const plain = updates.filter(({ progress, comparing }) => !progress && !comparing);
  const result = Object.assign(emptyResult(), ...plain);
  return { report, result, updates, second, sockets, resources, core: first.core };
}

const refusing = (wanted) => (options) =>
  options.port === wanted ? [{ id: 'certificate-unknown-issuer', args: { issuer: 'CN=X' } }] : [];
const broken =
  (...wanted) =>
  (options) =>
    wanted.includes(options.port) ? [{ id: 'not-a-mail-server', args: {} }] : [];

test('a domain that works asks nothing of a second place', async () => {
  const { report, result, second, updates } = await runWithSecond({});
  assert.equal(second.prepared, 0);
  assert.equal(report.vantages.length, 1);
  assert.equal(result.elsewhere, null);
  assert.ok(!updates.some(({ comparing }) => comparing));
});

test('what failed is asked of the second place: these ports, once each, under its own name', async () => {
  const { report, result, second, sockets, updates, core } = await runWithSecond({
    here: broken(587, 993),
  });
  assert.equal(second.prepared, 1);
  assert.deepEqual(sockets.sort(), ['192.0.2.2:993', '192.0.2.4:587']);
  assert.deepEqual(
    updates.find(({ comparing }) => comparing),
    { comparing: 'Paris' },
  );
  const [here, there] = report.vantages;
  assert.deepEqual([here.name, there.name], ['home', 'Paris']);
  const rowOf = ({ rows }, wanted) => rows.find(({ port }) => port === wanted);
  assert.deepEqual(rowOf(here, 587).findings, [
    { id: 'conversation-changed-here', args: { there: 'Paris' } },
  ]);
  assert.equal(rowOf(there, 587).status, 'works');
  assert.equal(rowOf(there, 465).status, 'not-tested');
  assert.deepEqual(
    there.probes.map(({ role, target }) => [role, target.port]),
    [
      ['elsewhere', 587],
      ['elsewhere', 993],
    ],
  );
  assert.deepEqual(result.elsewhere, { name: 'Paris', local: false, ports: [587, 993], why: null });
  assert.ok(result.problems.some(({ id }) => id === 'conversation-changed-here'));
  assert.ok(core.probes.every(({ freed }) => freed));
});

test('what fails in both places stays the server\u2019s', async () => {
  const both = refusing(993);
  const { report } = await runWithSecond({ here: both, there: both });
  const row = report.vantages[0].rows.find(({ port }) => port === 993);
  assert.deepEqual(row.findings, [
    { id: 'certificate-unknown-issuer', args: { issuer: 'CN=X', there: 'Paris' } },
  ]);
});

test('a second place that cannot be reached changes nothing of the first, and is said to be ours', async () => {
  const lost = { world: () => assert.fail('nothing is asked'), name: 'Paris' };
  const second = secondPlace(lost);
  second.prepare = async () => ({
    openSocket: () => {
      throw new Error('blocked by the page\u2019s policy');
    },
  });
  const world = broken(587);
  const { report, result } = await run('example.test', { world, second });
  const row = report.vantages[0].rows.find(({ port }) => port === 587);
  assert.deepEqual(row.findings, [{ id: 'not-a-mail-server', args: {} }]);
  assert.equal(result.elsewhere.why.id, 'bridge-unreachable');
  assert.equal(report.vantages[1].rows.find(({ port }) => port === 587).status, 'not-tested');
});

test('a stop ends the second place, too', async () => {
  const stop = new AbortController();
  const second = secondPlace();
  second.prepare = () => {
    stop.abort();
    return Promise.resolve({ openSocket: () => assert.fail('no socket after a stop') });
  };
  const { report } = await run('example.test', {
    world: broken(587),
    second,
    signal: stop.signal,
  });
  assert.equal(report.vantages.length, 1);
});

test('on request every port that was not compared yet is, once', async () => {
  const { report, result, second, sockets, resources } = await runWithSecond({
    here: broken(587),
    there: broken(995),
  });
  const before = sockets.length;
  const { signal } = new AbortController();
  const asked = await askElsewhere({ result, resources, second, signal });
  assert.equal(new Set(sockets).size, sockets.length, 'no port twice');
  assert.equal(sockets.length - before, tables.services.length - 1);
  assert.notEqual(asked.report, report);
  const [here, there] = asked.report.vantages;
  assert.equal(here.probes.length, report.vantages[0].probes.length);
  assert.equal(there.probes.length, tables.services.length);
  const pop = here.rows.find(({ port }) => port === 995);
  assert.deepEqual(pop.findings, [
    { id: 'fails-elsewhere', args: { there: 'Paris', met: 'not-a-mail-server' } },
  ]);
  assert.equal(pop.service, 'pop3s');
  assert.ok(asked.settings.incoming);
  const again = { ...result, ...asked };
  assert.equal(await askElsewhere({ result: again, resources, second, signal }), null);
});

test('the package exports it', async () => {
  const require = createRequire(new URL('../../../web/package.json', import.meta.url));
  const module = await import(require.resolve('mail-port-check/check'));
  assert.equal(module.runCheck, runCheck);
});
