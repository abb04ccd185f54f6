import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ElementChecks } from '../../../web/element/element-checks.js';
import { UnreachableError } from '../../../web/element/unreachable-error.js';
import { RUNNING } from '../../../web/element/state.js';
import { readError } from '../../../web/input/error-message.js';
import { readAppSettings } from '../../../web/input/read-app-settings.js';
import { emptyDetails, readUserInput } from '../../../web/input/user-input.js';
import { fakeBridge } from '../fixtures/fake-bridge.js';
import { fakeHost } from '../fixtures/fake-host.js';
import { tables } from '../fixtures/tables.js';
import { SOCKETS_AHEAD } from '../../../web/transport/sockets-ahead.js';

const BASE = 'https://check.example/folder/';
const NAMES = { 'imap.example.test': '192.0.2.2', 'smtp.example.test': '192.0.2.4' };

const realFetch = globalThis.fetch;
beforeEach(() => {
  // The clock beside the page, which agrees.
  globalThis.fetch = async () => new Response('', { headers: { date: new Date().toUTCString() } });
});
afterEach(() => {
  globalThis.fetch = realFetch;
});

function setUp({ names = NAMES, silent, refuse, ...more } = {}) {
  const clientNames = [];
  const world = ({ clientName }) => (clientNames.push(clientName), []);
  const { core, openSocket, sockets } = fakeBridge({ names, silent, refuse, world });
  const urls = [];
  const brought = [];
  const host = fakeHost({
    loadResources: async () => ({ core, config: { bridges: [] } }),
    loadConfig: async () => ({ config: { bridges: [] } }),
    preset: async () => null,
    bridge: () => ({ attribute: null, base: BASE }),
    openSocket: (url, protocols) => {
      urls.push(url);
      brought.push(protocols);
      return openSocket(new URL(url).searchParams.get('token'));
    },
    ...more,
  });
  return {
    checks: new ElementChecks(host, tables, BASE),
    host,
    state: host.state(),
    sockets,
    urls,
    brought,
    clientNames,
  };
}

/** What was sent as text: where a socket leads, and nothing else. */
function textsOf(sockets) {
  return sockets.flatMap(({ sent }) => sent.filter((one) => typeof one === 'string'));
}

function target(address, details = {}) {
  const all = { ...emptyDetails(), ...details };
  return readUserInput({ address, details: all, tables, readAppSettings }).target;
}

test('a check runs, ends, leads to the answer and tells the report', async () => {
  const { checks, host, state, urls } = setUp();
  state.address = 'anna@example.test';
  const checking = checks.start(target('anna@example.test'));
  assert.equal(state.phase, 'running');
  assert.deepEqual([state.target, state.domain], ['example.test', 'example.test']);
  assert.equal(state.mailbox.localPart, 'anna');
  assert.equal(state.link, `${BASE}?address=example.test`);
  const report = await checking;
  assert.equal(state.phase, 'done');
  assert.equal(state.report, report);
  assert.equal(state.vantage.name, 'check.example');
  assert.ok(state.settings.incoming && state.settings.outgoing);
  assert.deepEqual(host.led, ['answer-title']);
  assert.deepEqual(host.told, [['mail-port-check-done', report]]);
  assert.ok(urls.length >= SOCKETS_AHEAD);
  for (const url of urls.slice(0, SOCKETS_AHEAD)) assert.equal(url, 'wss://check.example/bridge');
  assert.ok(state.live.size > 0);
});

test('a result is computed, made and shown in tasks of their own, so that no page stands still for all of it', async () => {
  const noted = [];
  const note = (what) => {
    const one = { what, first: noted.at(-1)?.over ?? true, over: false };
    noted.push(one);
    // Whatever follows without another task comes before this.
    const drain = (left) => (left > 0 ? queueMicrotask(() => drain(left - 1)) : (one.over = true));
    drain(1000);
  };
  const { checks, host, state } = setUp();
  const { update, end } = host;
  host.update = (change) => {
    if (change.rows?.length > 0 && !change.report) note('row');
    update(change);
  };
  host.whole = async () => note('view');
  host.end = (change, heading) => {
    note('show');
    end(change, heading);
  };
  await checks.start(target('anna@example.test'));
  assert.equal(state.phase, 'done');
  const last = noted.slice(-3);
  assert.deepEqual(
    last.map(({ what }) => what),
    ['row', 'view', 'show'],
  );
  assert.deepEqual(
    last.slice(1).map(({ first }) => first),
    [true, true],
  );
});

test('a result that cannot be shown for want of its words is told whole, and an error of ours shown', async (t) => {
  t.mock.method(console, 'error', () => {});
  const { checks, host, state } = setUp();
  host.whole = async () => {
    throw new UnreachableError('words');
  };
  const report = await checks.start(target('anna@example.test'));
  assert.equal(report.domain, 'example.test');
  assert.deepEqual(host.told, [['mail-port-check-done', report]]);
  assert.deepEqual(host.led, []);
  assert.equal(state.phase, 'idle');
  assert.match(state.alert, /^page\.unreachable/);
});

test('a check takes the sockets that were opened ahead, and leaves none open', async () => {
  const { checks, sockets } = setUp();
  await checks.openAhead();
  assert.equal(sockets.length, SOCKETS_AHEAD);
  for (const socket of sockets) socket.open();
  // Its connection is there before there is a name to ask for.
  assert.deepEqual(
    sockets.map(({ sent }) => sent),
    [['resolver'], ...Array(SOCKETS_AHEAD - 1).fill([])],
  );
  await checks.start(target('anna@example.test'));
  assert.equal(sockets[0].url, 'resolver');
  assert.ok(sockets.slice(1, 5).every(({ sent }) => sent[0].includes(':')));
  assert.ok(sockets.every(({ closedWith, readyState }) => closedWith === 1000 || readyState === 3));
});

test('sockets are opened, and the clock is asked, while the core still comes', async () => {
  const asked = [];
  const answer = globalThis.fetch;
  globalThis.fetch = (url) => (asked.push(String(url)), answer());
  let come;
  const loaded = new Promise((resolve) => (come = resolve));
  const { core } = fakeBridge({ names: NAMES });
  const { checks, sockets, state } = setUp({ loadResources: () => loaded });
  checks.prepare();
  const checking = checks.start(target('anna@example.test'));
  await new Promise(setImmediate);
  assert.equal(sockets.length, SOCKETS_AHEAD);
  assert.equal(asked.filter((url) => url.includes('clock=')).length, 1);
  assert.equal(state.report, null);
  come({ core, config: { bridges: [] } });
  assert.ok(await checking);
  assert.equal(asked.filter((url) => url.includes('clock=')).length, 1);
});

test('what was to be opened ahead comes to nothing beside a check', async () => {
  let release;
  let asked = 0;
  const held = new Promise((resolve) => (release = resolve));
  const config = { config: { bridges: [] } };
  const { checks, host, urls } = setUp({
    loadConfig: () => ((asked += 1) === 1 ? held.then(() => config) : Promise.resolve(config)),
  });
  const { update } = host;
  host.update = (change) => {
    update(change);
    if (change.vantage) setImmediate(release);
  };
  const ahead = checks.openAhead();
  await checks.start(target('anna@example.test'));
  await ahead;
  const unnamed = urls.filter((url) => url === 'wss://check.example/bridge');
  assert.equal(unnamed.length, SOCKETS_AHEAD);
});

test('a check that was stopped before opens none', async () => {
  const { checks, sockets } = setUp({ loadConfig: () => new Promise(() => {}) });
  checks.start(target('anna@example.test'));
  checks.stop();
  await new Promise(setImmediate);
  assert.equal(sockets.length, 0);
});

test('what was opened ahead for nothing is closed with the element', async () => {
  const { checks, sockets } = setUp();
  await checks.openAhead();
  for (const socket of sockets) socket.open();
  checks.abandon();
  assert.ok(sockets.every(({ closedWith }) => closedWith === 1000));
});

test('where there is no bridge, nothing is opened ahead, and nothing is said', async () => {
  const { checks, sockets } = setUp({ bridge: () => ({ attribute: 'ftp://x', base: BASE }) });
  await checks.openAhead();
  assert.equal(sockets.length, 0);
});

test('every socket brings the ticket, and every EHLO says the name of the bridge', async () => {
  const asked = [];
  globalThis.fetch = async (url, { method = 'GET' } = {}) => {
    asked.push(`${method} ${url}`);
    const headers = { date: new Date().toUTCString() };
    if (method === 'POST') return Response.json({ ticket: 'a.b.c', seconds: 600 }, { headers });
    return Response.json({ helo: 'check.example.net' }, { headers });
  };
  const { checks, state, brought, clientNames } = setUp();
  state.address = 'anna@example.test';
  await checks.start(target('anna@example.test'));
  assert.ok(asked.includes('POST https://check.example/bridge/ticket'));
  assert.ok(asked.includes('GET https://check.example/bridge/about.json'));
  assert.ok(brought.length > 1);
  for (const protocols of brought) assert.deepEqual(protocols, ['mail-port-check', 'ticket.a.b.c']);
  assert.ok(clientNames.length > 1);
  for (const name of clientNames) assert.equal(name, 'check.example.net');
  assert.ok(state.report);
});

test('a ticket that the bridge takes for another network is replaced: what it closed is opened once more', async () => {
  const BAD = tables.closes.find(({ id }) => id === 'bad-ticket').code;
  let tickets = 0;
  globalThis.fetch = async (url, { method = 'GET' } = {}) => {
    const headers = { date: new Date().toUTCString() };
    if (method === 'POST')
      return Response.json({ ticket: `a.b.${(tickets += 1)}`, seconds: 600 }, { headers });
    return Response.json({}, { headers });
  };
  // The first conversation with a server came by IPv6, say, and the ticket by IPv4.
  let first = null;
  const refuse = (to) => {
    if (to === 'resolver') return null;
    first ??= to;
    return to === first && tickets === 1 ? [BAD, 'bad-ticket why=network'] : null;
  };
  const { checks, state, brought } = setUp({ refuse });
  await checks.start(target('example.test'));
  assert.equal(tickets, 2);
  assert.ok(brought.some(([, ticket]) => ticket === 'ticket.a.b.2'));
  const { rows } = state.report.vantages[0];
  assert.deepEqual(
    rows.filter(({ status }) => status === 'not-tested'),
    [],
  );
});

test('the bridge is asked beside the loading, and not after it', async () => {
  const order = [];
  globalThis.fetch = async (url, { method = 'GET' } = {}) => {
    if (!String(url).includes('clock=')) order.push(`${method} ${new URL(url).pathname}`);
    return Response.json({ tickets: false }, { headers: { date: new Date().toUTCString() } });
  };
  const { core } = fakeBridge({ names: NAMES });
  const loaded = async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    order.push('loaded');
    return { core, config: {} };
  };
  const { checks } = setUp({ loadResources: loaded });
  await checks.start(target('example.test'));
  assert.deepEqual(order, ['GET /bridge/about.json', 'POST /bridge/ticket', 'loaded']);
});

test('a bridge that refuses says when to come back, and the page counts down to it', async () => {
  const refuse = (of) => (of === 'resolver' ? null : [4429, 'rate retry=40 of=client-mail']);
  const { core, openSocket } = fakeBridge({ names: NAMES, refuse });
  const { checks, state } = setUp({
    loadResources: async () => ({ core, config: {} }),
    openSocket: (url) => openSocket(new URL(url).searchParams.get('token')),
  });
  await checks.start(target('example.test'));
  const busy = state.problems.find(({ id }) => id === 'bridge-busy');
  assert.deepEqual([busy.args.of, busy.args.retry], ['client', 40]);
  assert.ok(state.again.seconds > 30 && state.again.seconds <= 40, state.again.seconds);
  checks.start(target('example.test'));
  assert.equal(state.again, null);
  checks.abandon();
});

test('who is listed, the bridge says', async () => {
  const asked = [];
  globalThis.fetch = async (url) => {
    asked.push(String(url));
    return Response.json({ listed: String(url).includes('help.example') });
  };
  const { checks } = setUp();
  assert.equal(await checks.lists(['https://help.example']), true);
  assert.equal(await checks.lists(['https://evil.example']), false);
  assert.equal(new URL(asked[0]).searchParams.get('around'), 'https://help.example');
  const broken = setUp({ loadConfig: () => Promise.reject(new Error('config.json: no')) });
  assert.equal(await broken.checks.lists(['https://help.example']), false);
});

test('the message stays in the page: its quote is in the state, and not in the report', async () => {
  const { checks, host, state } = setUp();
  const pasted = 'Connection refused';
  const reading = readError(pasted, tables.services);
  const details = { ...emptyDetails(), open: true, pasted, reading };
  state.details = details;
  const report = await checks.start(target('example.test', details));
  assert.equal(state.pasted.quote, 'Connection refused');
  assert.doesNotMatch(JSON.stringify(report), /Connection refused/);
  assert.deepEqual(host.led, ['pasted-title']);
});

test('a second check ends the first, of which nothing more is shown', async () => {
  const { checks, host, state } = setUp();
  const first = checks.start(target('old.test'));
  const second = checks.start(target('example.test'));
  assert.equal(await first, null);
  const report = await second;
  assert.equal(state.report, report);
  assert.deepEqual(
    host.told.map(([, one]) => one.domain),
    ['example.test'],
  );
});

test('a check that is stopped reports; one that is abandoned does not', async () => {
  const stopped = setUp({ silent: true });
  const checking = stopped.checks.start(target('example.test'));
  stopped.checks.stop();
  assert.equal((await checking).domain, 'example.test');
  assert.deepEqual([stopped.state.phase, stopped.state.stopped], ['done', true]);

  const abandoned = setUp({ silent: true });
  const lost = abandoned.checks.start(target('example.test'));
  abandoned.checks.abandon();
  assert.equal(abandoned.state.phase, 'idle');
  assert.equal(await lost, null);
  assert.deepEqual([abandoned.state.report, abandoned.host.told], [null, []]);
});

test('a check that is stopped before it could begin ends at once, and says so', async () => {
  const { checks, host, state, sockets } = setUp({ loadResources: () => new Promise(() => {}) });
  const checking = checks.start(target('example.test'));
  await new Promise((resolve) => setTimeout(resolve, 0));
  checks.stop();
  assert.equal(await checking, null);
  assert.deepEqual([state.phase, state.alert], ['idle', 'running.stoppedEarly']);
  assert.deepEqual(host.told, []);
  // Names may have been asked for; of no mail server anything was.
  assert.ok(sockets.every(({ closedWith }) => closedWith === 1000));
  assert.deepEqual([...new Set(textsOf(sockets))], ['resolver']);
});

test('names are asked for while the core still comes, and mail servers once it is here', async () => {
  let bring;
  const coming = new Promise((resolve) => (bring = resolve));
  const bridge = fakeBridge({ names: NAMES });
  const { checks, sockets } = setUp({ loadResources: () => coming });
  const checking = checks.start(target('example.test'));
  const asked = () => sockets.some(({ sent }) => sent.some((one) => typeof one !== 'string'));
  while (!asked()) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(textsOf(sockets).every((text) => text === 'resolver'));
  bring({ core: bridge.core, config: { bridges: [] } });
  const { rows } = (await checking).vantages[0];
  assert.ok(rows.some(({ status }) => status === 'works'));
});

test('a check that is stopped waits for no clock', async () => {
  globalThis.fetch = (url) =>
    String(url).includes('clock') ? new Promise(() => {}) : Promise.resolve(new Response(''));
  const { checks, state } = setUp();
  const checking = checks.start(target('example.test'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  checks.stop();
  assert.equal((await checking).domain, 'example.test');
  assert.deepEqual([state.phase, state.stopped], ['done', true]);
});

test('what is being checked is known by its domain and what was typed, not by the mailbox', async () => {
  const { checks } = setUp();
  const checking = checks.start(target('anna@example.test'));
  assert.ok(checks.isChecking(target(' Bob@Example.test')));
  assert.ok(!checks.isChecking(target('other.test')));
  const settings = structuredClone(emptyDetails().settings);
  settings.incoming.server = 'imap.example.test';
  assert.ok(!checks.isChecking(target('example.test', { open: true, settings })));
  await checking;
  assert.ok(!checks.isChecking(target('example.test')));
});

test('what is wrong with the page is said, and another check can be begun', async (t) => {
  t.mock.method(console, 'error', () => {});
  let resources = async () => {
    throw new Error('core.wasm: HTTP status 404');
  };
  const { checks, host, state } = setUp({ loadResources: () => resources() });
  assert.equal(await checks.start(target('example.test')), null);
  assert.equal(state.phase, 'idle');
  assert.equal(state.alert, 'page.error core.wasm: HTTP status 404');
  resources = async () => {
    throw new UnreachableError('core.wasm: Failed to fetch');
  };
  assert.equal(await checks.start(target('example.test')), null);
  assert.match(state.alert, /^page\.unreachable /);
  const { core } = fakeBridge({ names: NAMES });
  resources = async () => ({ core, config: {} });
  checks.start(target('example.test'));
  assert.deepEqual([state.phase, state.alert], ['running', null]);
  checks.abandon();
  assert.deepEqual(host.told, []);
});

test('a TLS version scan makes a new report, and tells it', async () => {
  const { checks, host, state } = setUp();
  const report = await checks.start(target('example.test'));
  const row = state.rows.find(({ port }) => port === 993);
  const scanning = checks.checkVersions(row);
  assert.equal(state.versions.get(993), RUNNING);
  await scanning;
  assert.equal(state.versions.get(993).role, 'versions');
  assert.notEqual(state.report, report);
  assert.deepEqual(
    host.told.map(([event]) => event),
    ['mail-port-check-done', 'mail-port-check-update'],
  );
});

test('the second place of config.json brings its own ticket and name, and only where something failed', async () => {
  const bridges = [
    { name: 'Here', url: '/bridge', ticket: null },
    { name: 'Paris', url: 'wss://paris.example/bridge', ticket: null },
  ];
  const asked = [];
  globalThis.fetch = async (url, { method = 'GET' } = {}) => {
    asked.push(`${method} ${url}`);
    const headers = { date: new Date().toUTCString() };
    const [, host] = /https:\/\/([a-z]+)\./.exec(url);
    if (method === 'POST')
      return Response.json({ ticket: `${host}.b.c`, seconds: 600 }, { headers });
    return Response.json({ helo: `${host}.example.net` }, { headers });
  };
  const { core } = fakeBridge({ names: NAMES });
  const config = { bridges };
  const quiet = setUp({
    loadResources: async () => ({ core, config }),
    loadConfig: async () => ({ config }),
  });
  await quiet.checks.start(target('example.test'));
  assert.deepEqual(quiet.state.second, { name: 'Paris', local: false });
  assert.equal(quiet.state.elsewhere, null);
  assert.ok(!asked.some((one) => one.includes('paris')));
  assert.ok(!quiet.urls.some((one) => one.includes('paris')));

  const asking = quiet.checks.askElsewhere();
  assert.equal(quiet.state.comparing, 'Paris');
  await asking;
  assert.equal(quiet.state.comparing, null);
  assert.deepEqual(quiet.state.elsewhere.ports, [465, 587, 993, 143]);
  assert.ok(asked.includes('POST https://paris.example/bridge/ticket'));
  assert.ok(asked.includes('GET https://paris.example/bridge/about.json'));
  const away = quiet.urls.flatMap((url, index) => (url.includes('paris') ? [index] : []));
  assert.equal(away.length, 4);
  for (const index of away) {
    assert.deepEqual(quiet.brought[index], ['mail-port-check', 'ticket.paris.b.c']);
  }
  assert.deepEqual(
    quiet.host.told.map(([event]) => event),
    ['mail-port-check-done', 'mail-port-check-update'],
  );
  assert.equal(quiet.state.report.vantages[1].name, 'Paris');
});

test('a TLS version scan that is abandoned can be asked for again', async () => {
  const { checks, host, state } = setUp();
  await checks.start(target('example.test'));
  const row = state.rows.find(({ port }) => port === 993);
  const scanning = checks.checkVersions(row);
  checks.abandon();
  await scanning;
  assert.equal(state.versions.size, 0);
  assert.equal(host.told.length, 1);
  await checks.checkVersions(row);
  assert.equal(state.versions.get(993).role, 'versions');
});
