import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readError } from '../../../web/input/error-message.js';
import { emptyDetails, filledIn, readUserInput } from '../../../web/input/user-input.js';
import { emptyAppSettings } from '../../../web/input/app-settings.js';
import { tables } from '../fixtures/tables.js';

function entered(address, { incoming, outgoing, pasted = '', open = true } = {}) {
  const reading = readError(pasted, tables.services);
  const details = { ...emptyDetails(), open, pasted, reading };
  Object.assign(details.settings.incoming, incoming);
  Object.assign(details.settings.outgoing, outgoing);
  return readUserInput({ address, details, tables });
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

test('the server and the port of a message fill an empty side only', () => {
  const read = (text) => readError(text, tables.services);
  const settings = emptyAppSettings();
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
