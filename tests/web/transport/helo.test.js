import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { askHelo } from '../../../web/transport/helo.js';

const BRIDGE = { url: 'wss://check.example/bridge' };

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

function answering(answer) {
  globalThis.fetch = async (url) => {
    assert.equal(url, 'https://check.example/bridge/about.json');
    if (answer instanceof Error) throw answer;
    return answer;
  };
}

test('the bridge says its name', async () => {
  answering(Response.json({ helo: 'Check-1.example.net' }));
  assert.equal(await askHelo(BRIDGE), 'Check-1.example.net');
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
  test(`no name: ${JSON.stringify(helo)}`, async () => {
    answering(Response.json({ helo }));
    assert.equal(await askHelo(BRIDGE), undefined);
  });
}

for (const [name, answer] of [
  ['nothing there', new Response('{"helo": "check.example"}', { status: 404 })],
  ['no server', new TypeError('failed')],
  ['no JSON', new Response('<p>')],
  ['null', Response.json(null)],
]) {
  test(`no name, and no error: ${name}`, async () => {
    answering(answer);
    assert.equal(await askHelo(BRIDGE), undefined);
  });
}
