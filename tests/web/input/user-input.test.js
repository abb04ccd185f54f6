import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readError } from '../../../web/input/error-message.js';
import { emptyDetails, readUserInput } from '../../../web/input/user-input.js';
import { readAppSettings } from '../../../web/input/read-app-settings.js';
import { tables } from '../fixtures/tables.js';

function entered(address, { incoming, outgoing, pasted = '', open = true } = {}) {
  const reading = readError(pasted, tables.services);
  const details = { ...emptyDetails(), open, pasted, reading };
  Object.assign(details.settings.incoming, incoming);
  Object.assign(details.settings.outgoing, outgoing);
  return readUserInput({ address, details, tables, readAppSettings });
}

test('an address alone is asked as ever', () => {
  const asked = entered('anna@example.com');
  assert.equal(asked.target.address.domain, 'example.com');
  assert.deepEqual([asked.target.appSettings, asked.reading, asked.addressError], [[], null, null]);
  assert.equal(entered('').addressError.id, 'empty');
  assert.equal(entered('anna').addressError.id, 'no-dot');
});

test('settings alone name the domain', () => {
  const asked = entered(' ', { outgoing: { server: 'smtp.example.com', port: '587' } });
  assert.deepEqual(asked.target.address, {
    domain: 'example.com',
    host: 'smtp.example.com',
    shown: 'smtp.example.com',
    serves: ['smtp'],
    ip: false,
    port: null,
    email: false,
  });
  assert.equal(asked.target.appSettings.length, 1);
  const both = entered('', {
    incoming: { server: 'mail.example.com' },
    outgoing: { server: 'mail.example.com' },
  });
  assert.deepEqual(both.target.address.serves, ['imap', 'smtp']);
  const named = entered('', {
    incoming: { server: '192.0.2.1' },
    outgoing: { server: 'smtp.example.com' },
  });
  assert.equal(named.target.address.domain, 'example.com');
});

test('an address goes before the domain of the settings', () => {
  const asked = entered('anna@example.com', { incoming: { server: 'imap.hoster.example' } });
  assert.equal(asked.target.address.domain, 'example.com');
  assert.equal(asked.target.appSettings[0].server, 'imap.hoster.example');
});

test('a mistake in a field stops the check, and so does one in the address', () => {
  const asked = entered('anna@example.com', { incoming: { server: 'a b.example' } });
  assert.equal(asked.target, null);
  assert.deepEqual(
    asked.fieldErrors.map(({ side, field, id }) => `${side} ${field} ${id}`),
    ['incoming server spaces'],
  );
  const alone = entered('', { incoming: { port: '993' } });
  assert.equal(alone.target, null);
  assert.equal(alone.addressError, null);
  assert.equal(alone.fieldErrors.length, 1);
});

test('a message alone needs an address', () => {
  const asked = entered('', { pasted: 'Connection refused' });
  assert.equal(asked.addressError.id, 'empty');
  assert.equal(asked.reading.cause, 'connect-refused');
  assert.equal(asked.target, null);
});

test('a closed fold asks for nothing', () => {
  const asked = entered('example.com', {
    open: false,
    incoming: { server: 'a b', port: 'x' },
    pasted: 'Connection refused',
  });
  assert.deepEqual([asked.target.appSettings, asked.reading, asked.fieldErrors], [[], null, []]);
  assert.equal(asked.target.address.domain, 'example.com');
});
