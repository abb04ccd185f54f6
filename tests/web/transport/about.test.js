import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { askAbout } from '../../../web/transport/about.js';

const BRIDGE = { url: 'wss://check.example/bridge?key=1' };
const NOTHING = { clientName: undefined, tickets: null, listed: false, tested: null };

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

function answering(answer) {
  const asked = [];
  globalThis.fetch = async (url) => {
    asked.push(String(url));
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return asked;
}

test('the bridge says its name, whether it wants tickets, and how its own network is', async () => {
  const tested = { seconds_ago: 5, resolver: 'ok', ports: { 25: 'timed-out' } };
  const asked = answering(Response.json({ helo: 'Check-1.example.net', tickets: true, tested }));
  assert.deepEqual(await askAbout(BRIDGE), {
    clientName: 'Check-1.example.net',
    tickets: true,
    listed: false,
    tested: { resolver: 'ok', ports: new Map([[25, 'timed-out']]) },
  });
  assert.deepEqual(asked, ['https://check.example/bridge/about.json']);
});

test('it is asked about the pages around the check', async () => {
  const asked = answering(Response.json({ listed: true }));
  const { listed } = await askAbout(BRIDGE, ['https://help.example', 'https://a.example:8443']);
  assert.equal(listed, true);
  assert.deepEqual(new URL(asked[0]).searchParams.getAll('around'), [
    'https://help.example',
    'https://a.example:8443',
  ]);
});

for (const helo of [
  null,
  7,
  '',
  'localhost',
  'a b.example',
  'check.example\r\nMAIL FROM:<>',
  '-a.example',
  `${'a'.repeat(64)}.example`,
  `${'a.'.repeat(130)}example`,
  '[192.0.2.1]',
]) {
  test(`no name: ${JSON.stringify(helo)}`, async (t) => {
    const warned = t.mock.method(console, 'warn', () => {});
    answering(Response.json({ helo }));
    assert.deepEqual(await askAbout(BRIDGE), NOTHING);
    assert.equal(warned.mock.callCount(), helo === null ? 0 : 1);
  });
}

test('what is of the wrong kind is nothing, and is told once', async (t) => {
  const warned = t.mock.method(console, 'warn', () => {});
  const strange = { tickets: 'yes', listed: 'https://evil.example', tested: [1], more: {} };
  for (let turn = 0; turn < 2; turn += 1) {
    answering(Response.json(strange));
    assert.deepEqual(await askAbout(BRIDGE, ['https://evil.example']), NOTHING);
  }
  assert.deepEqual(
    warned.mock.calls.map(({ arguments: [said] }) => said.replace(/^mail-port-check: /, '')),
    [
      'the bridge says tickets: "yes"; expected true or false',
      'the bridge says listed: "https://evil.example"; expected true or false',
      'the bridge says tested: [1]; expected an object',
    ],
  );
});

for (const [name, answer] of [
  ['nothing there', new Response('{"helo": "check.example"}', { status: 404 })],
  ['no server', new TypeError('failed')],
  ['no JSON', new Response('<p>')],
  ['null', Response.json(null)],
  ['a list', Response.json(['check.example.net'])],
]) {
  test(`nothing, and no error: ${name}`, async () => {
    answering(answer);
    assert.deepEqual(await askAbout(BRIDGE, ['https://help.example']), NOTHING);
  });
}
