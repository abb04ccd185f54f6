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

test('what goes on while one is held returns, or fails, and either gives it back', async () => {
  const sockets = new Semaphore(1);
  const order = [];
  const step = (name) => async () => {
    order.push(`${name} begins`);
    await new Promise(setImmediate);
    order.push(`${name} ends`);
    if (name === 'a') throw new Error('no');
    return name;
  };
  const failing = assert.rejects(sockets.during(step('a')), /no/);
  const later = sockets.during(step('b'));
  const urgent = sockets.during(step('c'), { urgent: true });
  await failing;
  assert.deepEqual(await Promise.all([later, urgent]), ['b', 'c']);
  assert.deepEqual(
    order,
    ['a', 'c', 'b'].flatMap((name) => [`${name} begins`, `${name} ends`]),
  );
});
