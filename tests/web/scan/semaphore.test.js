import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Semaphore } from '../../../web/scan/semaphore.js';

test('the limit holds, the line is kept, the urgent go first', async () => {
  const sockets = new Semaphore(2);
  const order = [];
  const enter = async (name, how) => {
    const release = await sockets.acquire(how);
    order.push(name);
    return release;
  };
  const [first, second] = await Promise.all([enter('a'), enter('b')]);
  const waiting = [enter('c'), enter('d'), enter('e', { urgent: true })];
  await new Promise(setImmediate);
  assert.deepEqual(order, ['a', 'b']);
  first();
  await new Promise(setImmediate);
  assert.deepEqual(order, ['a', 'b', 'e']);
  second();
  (await waiting[2])();
  await Promise.all(waiting);
  assert.deepEqual(order, ['a', 'b', 'e', 'c', 'd']);
});
