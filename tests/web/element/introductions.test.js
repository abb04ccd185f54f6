import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Introductions } from '../../../web/element/introductions.js';

const BRIDGE = { url: 'wss://check.example/bridge' };
const MS = 180_000;

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

/** A bridge, and what it was asked in turn. */
function setUp(about, { ticket = null } = {}) {
  const asked = [];
  globalThis.fetch = async (url, { method = 'GET' }) => {
    asked.push(method);
    if (method === 'POST') return Response.json({ ticket, seconds: 600 });
    return Response.json(typeof about === 'function' ? about(asked.length) : about);
  };
  let now = 5000;
  const introductions = new Introductions(() => now);
  const meet = async () => {
    const { clientName, protocols, tested } = introductions.to(BRIDGE, MS);
    return Promise.all([clientName, protocols, tested]);
  };
  return { asked, introductions, meet, pass: (ms) => (now += ms) };
}

test('both questions leave at once', () => {
  const { asked, introductions } = setUp({ helo: 'check.example.net' });
  introductions.to(BRIDGE, MS);
  assert.deepEqual(asked, ['GET', 'POST']);
});

test('what was asked while the address was typed is not asked again for the check', async () => {
  const { asked, meet, pass } = setUp({ helo: 'a.example.net', tickets: false });
  await meet();
  pass(59_000);
  const [clientName, protocols] = await meet();
  assert.deepEqual([clientName, protocols], ['a.example.net', []]);
  assert.deepEqual(asked, ['GET', 'POST']);
});

test('a bridge that wants no tickets is not asked for one at each check', async () => {
  const { asked, meet, pass } = setUp({ helo: null, tickets: false });
  for (let turn = 0; turn < 3; turn += 1) {
    await meet();
    pass(120_000);
  }
  assert.deepEqual(asked, ['GET', 'POST', 'GET', 'GET']);
});

test('a later check waits for nothing that is known, and hears what is new of the network', async () => {
  const about = (count) => ({
    helo: `n${count}.example.net`,
    tickets: true,
    tested: { seconds_ago: 1, resolver: count === 1 ? 'ok' : 'failed', ports: {} },
  });
  const { meet, pass } = setUp(about, { ticket: 'a.b.c' });
  const [first, protocols, before] = await meet();
  assert.deepEqual([first, before.resolver], ['n1.example.net', 'ok']);
  assert.deepEqual(protocols, ['mail-port-check', 'ticket.a.b.c']);
  pass(120_000);
  const [second, , after] = await meet();
  assert.deepEqual([second, after.resolver], ['n1.example.net', 'failed']);
  pass(120_000);
  assert.notEqual((await meet())[0], 'n1.example.net');
});

test('a bridge that says nothing of itself is asked as before', async () => {
  const { asked, meet, pass } = setUp({});
  assert.deepEqual(await meet(), [undefined, [], null]);
  pass(120_000);
  assert.deepEqual(await meet(), [undefined, [], null]);
  assert.deepEqual(asked, ['GET', 'POST', 'GET', 'POST']);
});

/** A check's admission to a bridge whose tickets are `n1.b.c`, `n2.b.c` …, and how many it was asked for. */
async function admitted() {
  let tickets = 0;
  globalThis.fetch = async (url, { method = 'GET' }) => {
    if (method === 'POST') return Response.json({ ticket: `n${++tickets}.b.c`, seconds: 600 });
    return Response.json({ tickets: true });
  };
  const introductions = new Introductions(() => 5000);
  const protocols = await introductions.to(BRIDGE, MS).protocols;
  const admission = introductions.admission(BRIDGE, protocols, MS);
  return { introductions, admission, tickets: () => tickets };
}
const OUTWORN = { close: 'bad-ticket', why: 'network' };

test('once the bridge has refused a ticket for another network, sockets show another', async () => {
  const { introductions, admission } = await admitted();
  assert.deepEqual(admission.protocols, ['mail-port-check', 'ticket.n1.b.c']);
  const heard = admission.hear(OUTWORN);
  assert.deepEqual(admission.protocols, ['mail-port-check', 'ticket.n1.b.c'], 'until it has come');
  await heard;
  assert.deepEqual(admission.protocols, ['mail-port-check', 'ticket.n2.b.c']);
  // The next check begins with it.
  assert.deepEqual(await introductions.to(BRIDGE, MS).protocols, admission.protocols);
});

test('one check asks for one more, however many of its sockets are refused', async () => {
  const { admission, tickets } = await admitted();
  await Promise.all([admission.hear(OUTWORN), admission.hear({ ...OUTWORN, why: 'expired' })]);
  await admission.hear(OUTWORN);
  assert.equal(tickets(), 2);
  assert.deepEqual(admission.protocols, ['mail-port-check', 'ticket.n2.b.c']);
});

test('for whatever else a socket is closed, no ticket is asked for', async () => {
  const { admission, tickets } = await admitted();
  for (const said of [
    { close: 'bad-ticket', why: 'missing' },
    { close: 'rate', why: 'expired' },
    { close: '1006' },
  ]) {
    await admission.hear(said);
  }
  assert.equal(tickets(), 1);
});
