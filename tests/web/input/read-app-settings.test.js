import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyAppSettings } from '../../../web/input/app-settings.js';
import { readAppSettings, securityOf } from '../../../web/input/read-app-settings.js';
import { locale, tables } from '../fixtures/tables.js';

/** Reads one side, the other left empty. */
function read(side, fields) {
  const form = emptyAppSettings();
  Object.assign(form[side], fields);
  const { sides, errors } = readAppSettings(form, tables.services);
  return { side: sides[0], errors, sides };
}
const incoming = (fields) => read('incoming', fields).side;
const complaint = (side, fields) => {
  const { errors, sides } = read(side, fields);
  assert.equal(sides.length, 0);
  return errors.map(({ field, id }) => `${field} ${id}`);
};

test('nothing typed is nothing to check', () => {
  assert.deepEqual(readAppSettings(emptyAppSettings(), tables.services), { sides: [], errors: [] });
  assert.deepEqual(readAppSettings(null, tables.services), { sides: [], errors: [] });
});

test('a side as typed', () => {
  assert.deepEqual(
    incoming({ protocol: 'pop3', server: ' Pop.Example.COM. ', port: ' 995 ', security: 'ssl' }),
    {
      side: 'incoming',
      protocol: 'pop3',
      server: 'pop.example.com',
      ip: false,
      domain: 'example.com',
      port: 995,
      portTyped: true,
      security: 'ssl',
      mode: 'implicit-tls',
    },
  );
});

test('both sides, each for itself', () => {
  const form = emptyAppSettings();
  form.incoming.server = 'imap.example.com';
  form.outgoing.server = 'smtp.example.net';
  const { sides } = readAppSettings(form, tables.services);
  assert.deepEqual(
    sides.map(({ protocol, domain }) => `${protocol} ${domain}`),
    ['imap example.com', 'smtp example.net'],
  );
});

test('the security field is read as apps act on it', () => {
  const mode = (port, security) => incoming({ server: 'a.example', port, security }).mode;
  assert.equal(mode('993', 'ssl'), 'implicit-tls');
  assert.equal(mode('993', 'starttls'), 'starttls');
  assert.equal(mode('143', 'none'), 'cleartext');
  assert.equal(mode('993', 'auto'), 'implicit-tls');
  assert.equal(mode('143', 'auto'), 'starttls');
  assert.equal(mode('2525', 'auto'), 'implicit-tls');
  assert.equal(securityOf('cleartext'), 'none');
});

test('without a port, the usual one of the security', () => {
  const port = (side, security, protocol) =>
    read(side, { server: 'a.example', security, protocol }).side;
  assert.equal(port('incoming', 'ssl', 'imap').port, 993);
  assert.equal(port('incoming', 'starttls', 'imap').port, 143);
  assert.equal(port('incoming', 'none', 'pop3').port, 110);
  assert.equal(port('outgoing', 'auto', 'smtp').port, 465);
  assert.equal(port('outgoing', 'starttls', 'smtp').port, 587);
  assert.equal(port('outgoing', 'starttls', 'smtp').portTyped, false);
});

test('a port may stand behind the name, and a scheme before it', () => {
  assert.equal(incoming({ server: 'imap.example.com:143' }).port, 143);
  assert.equal(incoming({ server: 'ssl://imap.example.com/' }).server, 'imap.example.com');
  assert.deepEqual(complaint('incoming', { server: 'imap.example.com:143', port: '993' }), [
    'port two-ports',
  ]);
});

test('addresses of servers, in any form, and names of any script', () => {
  assert.deepEqual(
    [incoming({ server: '192.0.2.1' }), incoming({ server: '[2001:DB8::1]' })].map(
      ({ server, ip }) => `${server} ${ip}`,
    ),
    ['192.0.2.1 true', '2001:db8::1 true'],
  );
  assert.equal(incoming({ server: 'imap.bücher.example' }).server, 'imap.xn--bcher-kva.example');
  assert.equal(incoming({ server: 'imap.example.com', port: '９９３' }).port, 993);
});

test('the domain of a server, though its name is misspelled or unusual', () => {
  const domain = (server) => incoming({ server }).domain;
  for (const server of ['smpt', 'stmp', 'iamp', 'imp', 'immap', 'mial', 'mail2', 'securesmtp']) {
    assert.equal(domain(`${server}.example.com`), 'example.com', server);
  }
  assert.equal(domain('server7.example.com'), 'server7.example.com');
  assert.equal(domain('example.com'), 'example.com');
  assert.equal(domain('hotmail.co.uk'), 'hotmail.co.uk');
  assert.equal(domain('imap.hotmail.co.uk'), 'hotmail.co.uk');
  // Public suffixes below which a mail server's name is somebody's domain.
  for (const suffix of ['co.uk', 'gv.at', 'asso.fr', 'com.br', 'com.tr']) {
    assert.equal(domain(`mailer.${suffix}`), `mailer.${suffix}`);
    assert.equal(domain(`smpt.example.${suffix}`), `example.${suffix}`);
  }
});

test('mistakes are named at their field', () => {
  assert.deepEqual(complaint('incoming', { port: '993' }), ['server no-server']);
  assert.deepEqual(complaint('incoming', { server: 'anna@example.com' }), [
    'server server-is-address',
  ]);
  assert.deepEqual(complaint('outgoing', { server: 'mail' }), ['server no-dot']);
  assert.deepEqual(complaint('outgoing', { server: 'my mail.example.com' }), ['server spaces']);
  assert.deepEqual(complaint('outgoing', { server: 'a..b' }), ['server nonsense']);
  assert.deepEqual(complaint('outgoing', { server: `${'a'.repeat(2000)}.example` }), [
    'server too-long',
  ]);
  for (const port of ['0', '65536', '-1', '9e2', '993.5', 'IMAP', '999999999']) {
    assert.deepEqual(complaint('outgoing', { server: 'a.example', port }), ['port port'], port);
  }
  assert.deepEqual(complaint('incoming', { server: '', port: 'x' }), [
    'server no-server',
    'port port',
  ]);
});

test('every mistake has its words', () => {
  const mistakes = ['no-server', 'server-is-address', 'too-long', 'spaces', 'no-dot', 'nonsense'];
  assert.deepEqual(Object.keys(locale.typed.errors), [...mistakes, 'port', 'two-ports']);
});

test('hostile and broken forms do no harm', () => {
  const nasty = '<img src=x onerror=alert(1)>\u202e\u0000';
  for (const value of [nasty, 'x'.repeat(100_000), {}, [], 5, null, undefined, '__proto__']) {
    const form = {
      incoming: { protocol: value, server: value, port: value, security: value },
      outgoing: value,
    };
    assert.doesNotThrow(() => readAppSettings(form, tables.services), String(value));
  }
  const { side } = read('incoming', { server: 'a.example', protocol: 'smtp', security: 'rot13' });
  assert.equal(side.protocol, 'imap');
  assert.equal(side.security, 'auto');
});
