import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHostName } from '../../../web/input/address.js';
import {
  PROVIDERS,
  hostsOf,
  providerByDomain,
  providerByHost,
  providerById,
  providerByMx,
  providerOfServer,
} from '../../../web/discover/providers.js';
import { readPreset } from '../../../web/config/preset.js';
import { tables } from '../fixtures/tables.js';

test('there are more than forty, and each row is whole', () => {
  assert.ok(PROVIDERS.length >= 40, `${PROVIDERS.length}`);
  for (const row of PROVIDERS) {
    const { id, name, domains, mx, servers, authentication, username, help, source } = row;
    assert.match(id, /^[a-z0-9-]+$/);
    assert.ok(name && source, id);
    assert.ok(domains.length + mx.length > 0, `${id} cannot be found`);
    for (const host of [...domains, ...mx]) {
      assert.ok(isHostName(host) && host.includes('.') && host === host.toLowerCase(), host);
    }
    for (const [protocol, { host, ports }] of Object.entries(servers)) {
      assert.ok(isHostName(host), host);
      const known = tables.services.filter((service) => service.protocol === protocol);
      assert.ok(ports.length > 0, `${id} ${protocol}`);
      for (const port of ports)
        assert.ok(
          known.some((service) => service.port === port),
          id,
        );
    }
    assert.ok(['password', 'app-password', 'oauth2', 'none'].includes(authentication), id);
    assert.equal(Object.keys(servers).length === 0, authentication === 'none', id);
    if (row.fallback !== undefined) {
      assert.deepEqual([authentication, row.fallback], ['oauth2', 'app-password'], id);
    }
    for (const side of ['incoming', 'outgoing']) {
      assert.ok(['address', 'local-part', 'account-address'].includes(username[side]), id);
    }
    for (const url of [help, row.appPasswords].filter(Boolean))
      assert.equal(new URL(url).protocol, 'https:', id);
    // Whoever is told that he needs an app password is told where, too.
    const wanted = [authentication, row.fallback].includes('app-password');
    if (wanted) assert.ok(row.appPasswords ?? help, id);
  }
});

test('ids, domains and ends of exchangers are each one provider\u2019s', () => {
  for (const key of ['domains', 'mx']) {
    const all = PROVIDERS.flatMap((row) => row[key]);
    assert.deepEqual(all, [...new Set(all)]);
  }
  assert.equal(new Set(PROVIDERS.map(({ id }) => id)).size, PROVIDERS.length);
});

test('exchangers are known by whole labels, the longest end first, the first exchanger first', () => {
  assert.equal(providerByMx(['aspmx.l.google.com']).id, 'google-workspace');
  assert.equal(providerByMx(['mx.notgoogle.com']), null);
  assert.equal(providerByMx(['mx-aol.mail.gm0.yahoodns.net']).id, 'aol');
  assert.equal(providerByMx(['mta5.am0.yahoodns.net']).id, 'yahoo');
  assert.equal(providerByMx(['example-com.mail.protection.outlook.com']).id, 'microsoft365');
  assert.equal(providerByMx(['outlook-com.olc.protection.outlook.com']).id, 'outlook');
  assert.equal(providerByMx(['mx.example.net', 'mx1.hostinger.com']).id, 'hostinger');
  assert.equal(providerByMx([]), null);
});

test('a provider is found by its domain, its id and its hosts', () => {
  assert.equal(providerByDomain('gmail.com').id, 'google');
  assert.equal(providerByDomain('mail.gmail.com'), null);
  assert.equal(providerByHost('smtp.gmail.com').id, 'google');
  assert.equal(providerByHost('smtp.example.test'), null);
  assert.equal(providerById('nobody'), null);
  assert.deepEqual(hostsOf(providerById('icloud'), 'pop3'), []);
  assert.deepEqual(hostsOf(null, 'imap'), []);
});

test('a domain that a provider hosts is not one that it gives away', () => {
  const pairs = [
    ['google', 'google-workspace', 'smtp.google.com', 'imap.gmail.com'],
    ['outlook', 'microsoft365', 'x.mail.protection.outlook.com', 'outlook.office365.com'],
    ['icloud', 'icloud-domain', 'mx01.mail.icloud.com', 'imap.mail.me.com'],
  ];
  for (const [given, hosted, mx, server] of pairs) {
    assert.equal(providerByMx([mx]).id, hosted);
    assert.equal(
      providerByHost(server).id,
      given,
      'without more it is the one that most people have',
    );
    assert.equal(providerByHost(server, 'example.test').id, hosted);
    const [own] = providerById(given).domains;
    assert.equal(providerByHost(server, own).id, given);
    assert.equal(providerOfServer(server, 'example.test', providerById(hosted)).id, hosted);
    assert.equal(providerOfServer(server, own, providerById('gmx')).id, given);
  }
  const google = providerById('google');
  assert.equal(providerOfServer('imap.example.test', 'example.test', google), null);
});

test('who refuses the normal password says what it wants instead', () => {
  const wanted = {
    google: 'oauth2',
    'google-workspace': 'oauth2',
    outlook: 'oauth2',
    microsoft365: 'oauth2',
    yahoo: 'oauth2',
    icloud: 'app-password',
    fastmail: 'app-password',
    't-online': 'app-password',
    gmx: 'password',
    proton: 'none',
  };
  for (const [id, authentication] of Object.entries(wanted)) {
    assert.equal(providerById(id).authentication, authentication, id);
  }
  assert.equal(providerById('microsoft365').fallback, undefined, 'no password at all');
});

test('a preset may name a provider', () => {
  const { imap, pop3, smtp, username } = readPreset('google');
  assert.deepEqual(
    { imap, pop3, smtp },
    { imap: ['imap.gmail.com'], pop3: ['pop.gmail.com'], smtp: ['smtp.gmail.com'] },
  );
  assert.equal(username, null, 'what the provider wants as user name is for the settings to say');
});
