import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { ask, askJson } from '../../../web/transport/ask.js';

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

test('an answer is read to its end whatever it is, within a limit', async () => {
  let given = null;
  const answer = new Response('not here', { status: 404 });
  globalThis.fetch = async (url, options) => {
    given = { url, ...options };
    return answer;
  };
  const { response, body } = await ask('https://check.example/x', { method: 'POST' });
  assert.equal(response.status, 404);
  assert.equal(body, 'not here');
  assert.ok(answer.bodyUsed);
  assert.equal(given.url, 'https://check.example/x');
  assert.equal(given.method, 'POST');
  assert.ok(given.signal instanceof AbortSignal);
});

test('where no answer comes, nor its end, there is none, and no error', async () => {
  globalThis.fetch = async () => {
    throw new TypeError('failed');
  };
  assert.equal(await ask('https://check.example/x'), null);
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('cut')) });
  globalThis.fetch = async () => new Response(broken);
  assert.equal(await ask('https://check.example/x'), null);
});

for (const [name, answer, expected] of [
  ['an object', Response.json({ a: 1 }), { a: 1 }],
  ['null', Response.json(null), {}],
  ['no JSON', new Response('<p>'), {}],
  ['an error', Response.json({ a: 1 }, { status: 500 }), {}],
]) {
  test(`the answer is read as JSON: ${name}`, async () => {
    globalThis.fetch = async () => answer;
    assert.deepEqual(await askJson('https://check.example/x'), expected);
  });
}
