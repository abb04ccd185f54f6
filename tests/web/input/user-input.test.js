import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readError } from '../../../web/input/pasted-error.js';
import { emptyDetails, filledIn, readRequest } from '../../../web/input/user-input.js';
import { emptySettings } from '../../../web/input/app-settings.js';
import { tables } from '../fixtures/tables.js';

function request(address, { incoming, outgoing, pasted = '', open = true } = {}) {
  const details = { ...emptyDetails(), open, pasted };
  Object.assign(details.settings.incoming, incoming);
  Object.assign(details.settings.outgoing, outgoing);
  return readRequest({ address, details, tables });
}

test('an address alone is asked as ever', () => {
  const asked = request('anna@example.com');
  assert.equal(asked.typed.domain, 'example.com');
  assert.deepEqual([asked.sides, asked.reading, asked.addressError], [[], null, null]);
  assert.equal(request('').addressError.id, 'empty');
  assert.equal(request('anna').addressError.id, 'no-dot');
});

test('settings alone name the domain', () => {
  const asked = request(' ', { outgoing: { server: 'smtp.example.com', port: '587' } });
  assert.deepEqual(asked.typed, {
    domain: 'example.com',
    host: 'smtp.example.com',
    shown: 'smtp.example.com',
    serves: ['smtp'],
    ip: false,
    port: null,
    email: false,
  });
  assert.equal(asked.sides.length, 1);
  const both = request('', {
    incoming: { server: 'mail.example.com' },
    outgoing: { server: 'mail.example.com' },
  });
  assert.deepEqual(both.typed.serves, ['imap', 'smtp']);
  const named = request('', {
    incoming: { server: '192.0.2.1' },
    outgoing: { server: 'smtp.example.com' },
  });
  assert.equal(named.typed.domain, 'example.com');
});

test('an address goes before the domain of the settings', () => {
  const asked = request('anna@example.com', { incoming: { server: 'imap.hoster.example' } });
  assert.equal(asked.typed.domain, 'example.com');
  assert.equal(asked.sides[0].server, 'imap.hoster.example');
});

test('a mistake in a field stops the check, and so does one in the address', () => {
  const asked = request('anna@example.com', { incoming: { server: 'a b.example' } });
  assert.equal(asked.typed, null);
  assert.deepEqual(
    asked.fieldErrors.map(({ side, field, id }) => `${side} ${field} ${id}`),
    ['incoming server spaces'],
  );
  const alone = request('', { incoming: { port: '993' } });
  assert.equal(alone.typed, null);
  assert.equal(alone.addressError, null);
  assert.equal(alone.fieldErrors.length, 1);
});

test('a message alone needs an address', () => {
  const asked = request('', { pasted: 'Connection refused' });
  assert.equal(asked.addressError.id, 'empty');
  assert.equal(asked.reading.cause, 'connect-refused');
  assert.equal(asked.typed, null);
});

test('a closed fold asks for nothing', () => {
  const asked = request('example.com', {
    open: false,
    incoming: { server: 'a b', port: 'x' },
    pasted: 'Connection refused',
  });
  assert.deepEqual([asked.sides, asked.reading, asked.fieldErrors], [[], null, []]);
  assert.equal(asked.typed.domain, 'example.com');
});

test('the server and the port of a message fill an empty side only', () => {
  const read = (text) => readError(text, tables.services);
  const settings = emptySettings();
  const smtp = filledIn(settings, read('smtp.example.com:587: Connection refused'));
  assert.equal(smtp.outgoing.server, 'smtp.example.com');
  assert.equal(smtp.outgoing.port, '587');
  assert.deepEqual(smtp.incoming, settings.incoming);
  const pop = filledIn(settings, read('pop.example.com:995 timed out')).incoming;
  assert.deepEqual([pop.protocol, pop.server, pop.port], ['pop3', 'pop.example.com', '995']);
  assert.equal(filledIn(settings, read('Connection refused')), settings);
  assert.equal(filledIn(settings, null), settings);
  assert.equal(filledIn(smtp, read('smtp.example.org:465 refused')), smtp);
});
