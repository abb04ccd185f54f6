import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unlessAborted } from '../../../web/check/unless-aborted.js';

const never = new Promise(() => {});

test('what comes first counts, and a value needs no waiting', async () => {
  const { signal } = new AbortController();
  assert.equal(await unlessAborted('now', signal), 'now');
  assert.equal(await unlessAborted(Promise.resolve('soon'), signal), 'soon');
  await assert.rejects(unlessAborted(Promise.reject(new Error('lost')), signal), /lost/);
});

test('after the signal nobody waits, and a late failure is nobody\u2019s', async () => {
  const { signal, abort } = controlled();
  const waiting = unlessAborted(never, signal, { otherwise: 'instead' });
  abort();
  assert.equal(await waiting, 'instead');
  assert.equal(await unlessAborted(never, signal), null, 'aborted before');
  let fail;
  const failing = new Promise((_, reject) => (fail = reject));
  assert.equal(await unlessAborted(failing, signal), null);
  fail(new Error('too late'));
});

test('what comes within the grace still counts', async () => {
  const { signal, abort } = controlled();
  const waiting = unlessAborted(Promise.resolve('just in time'), signal, { graceMs: 60_000 });
  abort();
  assert.equal(await waiting, 'just in time');
});

function controlled() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
