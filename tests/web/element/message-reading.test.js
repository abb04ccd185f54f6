import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MessageReading } from '../../../web/element/message-reading.js';
import { fakeHost } from '../fixtures/fake-host.js';
import { tables } from '../fixtures/tables.js';

function setUp(load) {
  const host = fakeHost();
  const reading = new MessageReading(host, tables.services, load);
  return { reading, details: () => host.state().details };
}

test('a message that names its server fills the settings in, and says so as long as it stands', async () => {
  const { reading, details } = setUp();
  reading.read('smtp.example.test:587: Connection refused');
  await reading.ended;
  assert.equal(details().settings.outgoing.server, 'smtp.example.test');
  assert.equal(details().filled, true);
  assert.equal(details().reading.cause, 'connect-refused');
  reading.read('');
  await reading.ended;
  assert.deepEqual([details().filled, details().reading], [false, null]);
  reading.read('x'.repeat(30_000));
  assert.ok(details().pasted.length < 30_000);
});

test('what reads messages did not come: that is said, and the next try reads it', async (t) => {
  t.mock.method(console, 'error', () => {});
  let tries = 0;
  const { reading, details } = setUp(async () => {
    tries += 1;
    if (tries === 1) throw new Error('offline');
    return import('../../../web/input/error-message.js');
  });
  reading.read('Connection refused');
  await reading.ended;
  assert.deepEqual([details().unread, details().reading], [true, null]);
  reading.read(details().pasted);
  await reading.ended;
  assert.deepEqual([details().unread, details().reading.cause], [false, 'connect-refused']);
});

test('a text that was replaced meanwhile is not read', async () => {
  let come;
  const { reading, details } = setUp(() => new Promise((resolve) => (come = resolve)));
  reading.read('Connection refused');
  const first = reading.ended;
  reading.read('  ');
  come(await import('../../../web/input/error-message.js'));
  await first;
  assert.deepEqual([details().pasted, details().reading], ['  ', null]);
});
