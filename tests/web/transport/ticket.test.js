import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Tickets } from '../../../web/transport/ticket.js';

const BRIDGE = { url: 'wss://check.example/bridge?x=1' };
const TICKET = 'eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln-_';
const PROTOCOLS = ['mail-port-check', `ticket.${TICKET}`];

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

/** A server that gives these answers in turn, the last one again and again. */
function server(...answers) {
  const asked = [];
  globalThis.fetch = async (url, options) => {
    asked.push({ url, ...options });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer.clone();
  };
  return asked;
}

const given = (ticket = TICKET, seconds = 600) => Response.json({ ticket, seconds });

test('a ticket is asked for below the bridge, and goes beside the socket\u2019s own protocol', async () => {
  const asked = server(given());
  assert.deepEqual(await new Tickets().protocols(BRIDGE, 1000), PROTOCOLS);
  assert.equal(asked.length, 1);
  assert.equal(asked[0].url, 'https://check.example/bridge/ticket');
  assert.equal(asked[0].method, 'POST');
  assert.equal(asked[0].credentials, 'same-origin');
  assert.ok(asked[0].signal);
});

test('the embedder\u2019s server is asked where it is named', async () => {
  const asked = server(given());
  const ticket = 'https://help.example/mail-check-ticket';
  assert.deepEqual(await new Tickets().protocols({ ...BRIDGE, ticket }, 1000), PROTOCOLS);
  assert.equal(asked[0].url, ticket);
});

test('a ticket is used again while it lasts long enough, and then renewed', async () => {
  let now = 5000;
  const other = TICKET.replace('sig', 'giS');
  const asked = server(given(TICKET, 600), given(other, 600));
  const tickets = new Tickets(() => now);
  await tickets.protocols(BRIDGE, 180_000);
  now += 400_000;
  assert.deepEqual(await tickets.protocols(BRIDGE, 180_000), PROTOCOLS);
  assert.equal(asked.length, 1);
  now += 30_000;
  assert.deepEqual(await tickets.protocols(BRIDGE, 180_000), [PROTOCOLS[0], `ticket.${other}`]);
  assert.equal(asked.length, 2);
  // One that the bridge has refused is not used again, however long it would last.
  await tickets.renewed(BRIDGE, 1000);
  assert.equal(asked.length, 3);
  // Those of another bridge are others.
  await tickets.protocols({ url: 'ws://localhost:8080/' }, 1000);
  assert.equal(asked[3].url, 'http://localhost:8080/ticket');
});

for (const [name, answer] of [
  ['none is wanted', Response.json({ ticket: null })],
  ['an older bridge', new Response('', { status: 501 })],
  ['not for this page', new Response('', { status: 403 })],
  ['no server', new TypeError('failed')],
  ['another server', new Response('<p>Hello')],
  ['no ticket', Response.json({})],
  ['nothing', Response.json(null)],
  ['what would end the header', given('a.b.c\r\nX: y')],
  ['a list in the place of one', given('a.b.c, d.e.f')],
  ['a long one', given(`${'a'.repeat(3000)}.b.c`)],
  ['a number', given(7)],
  ['one that has ended', given(TICKET, 0)],
  ['one without an end', given(TICKET, null)],
]) {
  test(`no ticket, and no error: ${name}`, async () => {
    const asked = server(answer);
    const tickets = new Tickets();
    assert.deepEqual(await tickets.protocols(BRIDGE, 1000), []);
    await tickets.protocols(BRIDGE, 1000);
    // Keys and settings change while a page is open.
    assert.equal(asked.length, 2);
  });
}
