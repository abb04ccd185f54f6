import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { onAbort } from '../../../web/transport/on-abort.js';

test('all hear of it, once and in their order, but those who took it back', () => {
  const controller = new AbortController();
  const { signal } = controller;
  const heard = [];
  const hear = (name) => onAbort(signal, () => heard.push(name));
  hear('first');
  const forget = hear('gone');
  hear('last');
  forget();
  controller.abort();
  controller.abort();
  assert.deepEqual(heard, ['first', 'last']);
});

test('one taken back by another is not called any more', () => {
  const controller = new AbortController();
  const heard = [];
  let forget = null;
  onAbort(controller.signal, () => forget());
  forget = onAbort(controller.signal, () => heard.push('late'));
  controller.abort();
  assert.deepEqual(heard, []);
});

test('a signal has one listener, however many hear of it, and none when nobody does', () => {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = () => getEventListeners(signal, 'abort').length;
  let calls = 0;
  const same = () => (calls += 1);
  const forget = Array.from({ length: 20 }, () => onAbort(signal, same));
  assert.equal(listeners(), 1);
  for (const one of forget) one();
  assert.equal(listeners(), 0);
  onAbort(signal, same);
  forget[0]();
  assert.equal(listeners(), 1, 'what is taken back twice takes nothing from others');
  controller.abort();
  assert.equal(calls, 1);
});
