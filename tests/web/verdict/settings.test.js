import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldsFor } from '../../../web/i18n/app-fields.js';
import { APPS, proveSettings, usernameOf } from '../../../web/verdict/settings.js';
import { providerById } from '../../../web/discover/providers.js';
import { reportOf } from '../fixtures/reports.js';
import { locale, service, tables } from '../fixtures/tables.js';

function row(
  name,
  { findings = [], host = 'mail.example.test', proof = null, priority = null, ...more } = {},
) {
  const { port, mode } = service(name);
  const report = reportOf({ service: name, port, mode, serverName: host, findings, ...more });
  const main = { host, source: 'usual', priority, report };
  return { service: service(name), port, main, proof };
}

const domain = 'example.test';
const entered = ['imap.mail.me.com', 'smtp.mail.me.com', 'outlook.office365.com'];
const prove = (...rows) => proveSettings({ tables, rows, vouching: { domain, entered } });
const broken = [{ id: 'certificate-expired' }];

test('IMAP with TLS from the start is the best to receive, 465 to send', () => {
  const { incoming, outgoing, alternatives } = prove(
    row('smtp'),
    row('submissions'),
    row('submission'),
    row('imaps'),
    row('pop3s'),
    row('imap'),
    row('pop3'),
  );
  assert.deepEqual(incoming, {
    service: 'imaps',
    protocol: 'imap',
    server: 'mail.example.test',
    port: 993,
    security: 'ssl',
    authentication: 'password',
    appPassword: false,
    username: 'address',
    source: 'usual',
    vouched: 'domain',
    trusted: true,
  });
  assert.equal(outgoing.port, 465);
  assert.deepEqual(
    alternatives.map(({ port }) => port),
    [143, 995, 110, 587],
  );
});

test('the next best takes its place where one is broken', () => {
  assert.equal(
    prove(row('imaps', { findings: broken }), row('imap'), row('pop3s')).incoming.port,
    143,
  );
  assert.equal(prove(row('imaps', { findings: broken }), row('pop3s')).incoming.port, 995);
  assert.equal(prove(row('pop3')).incoming.security, 'starttls');
  assert.equal(
    prove(row('submissions', { findings: broken }), row('submission')).outgoing.port,
    587,
  );
});

test('the relay port is never recommended', () => {
  assert.deepEqual(prove(row('smtp')), { incoming: null, outgoing: null, alternatives: [] });
});

test('nothing is recommended that was not tested', () => {
  assert.equal(prove(row('imaps', { findings: broken })).incoming, null);
  assert.equal(prove(row('imaps', { stopped: true })).incoming, null);
  assert.equal(prove({ ...row('imaps'), main: null }).incoming, null);
  assert.equal(prove(row('imaps', { findings: [{ id: 'tls13-only' }] })).incoming, null);
});

test('a note does not stand in the way', () => {
  const noted = row('imaps', { findings: [{ id: 'certificate-expires-soon' }] });
  assert.equal(prove(noted).incoming.port, 993);
});

test('what some apps may refuse comes last, and says so', () => {
  const doubtful = row('imaps', { findings: [{ id: 'certificate-incomplete-chain' }] });
  doubtful.main.report.trusted = false;
  assert.equal(prove(doubtful).incoming.trusted, false);
  assert.equal(prove(doubtful, row('pop3')).incoming.port, 110);
});

test('a conversation that is its own proof is one setting', () => {
  const one = row('imaps');
  assert.deepEqual(prove({ ...one, proof: one.main }).alternatives, []);
});

test('a server proved under its other name or mode is recommended with it', () => {
  const proof = {
    host: 'real.example.test',
    report: reportOf({
      service: 'imaps',
      port: 993,
      mode: 'starttls',
      serverName: 'real.example.test',
    }),
  };
  const { incoming } = prove(
    row('imaps', { findings: [{ id: 'certificate-name-mismatch' }], proof }),
  );
  assert.equal(incoming.server, 'real.example.test');
  assert.equal(incoming.security, 'starttls');
});

test('a name that nobody vouches for is in no settings, however well it works', () => {
  const host = 'mail.evil-box.example';
  const rows = [row('imaps', { host }), row('submissions', { host }), row('imap', { host })];
  const settings = (vouching) => proveSettings({ tables, rows, vouching: { domain, ...vouching } });
  assert.deepEqual(settings({}), { incoming: null, outgoing: null, alternatives: [] });
  const preset = { imap: [host], preferred: [], username: null };
  for (const [vouching, voucher] of [
    [{ entered: [host] }, 'person'],
    [{ published: [host] }, 'records'],
    [{ aliases: [host] }, 'records'],
    [{ preset }, 'preset'],
  ]) {
    const { incoming } = settings(vouching);
    assert.equal(incoming.server, host);
    assert.equal(incoming.vouched, voucher);
  }
});

test('a server that takes only tokens is told so', () => {
  assert.equal(
    prove(row('submission', { auth: ['XOAUTH2', 'OAUTHBEARER'] })).outgoing.authentication,
    'oauth2',
  );
  assert.equal(
    prove(row('submission', { auth: ['PLAIN', 'XOAUTH2'] })).outgoing.authentication,
    'password',
  );
  assert.equal(prove(row('imaps', { auth: ['XOAUTH2'] })).incoming.authentication, 'password');
});

test('every app names every field, on both sides', () => {
  const { incoming, outgoing } = prove(row('imap'), row('submission'));
  for (const app of APPS) {
    for (const [side, setting] of Object.entries({ incoming, outgoing })) {
      const fields = fieldsFor(app, side, setting, locale.apps);
      const asked = app === 'other' || side === 'incoming' ? 6 : 5;
      // The new Outlook finds out by itself how to sign in.
      const silent = app === 'outlook-new' ? 1 : 0;
      assert.equal(
        fields.length,
        asked - silent,
        `${app}: no app asks for the protocol to send with`,
      );
      assert.ok(
        fields.every(({ label }) => !label.includes('{')),
        app,
      );
      assert.ok(
        fields.every(({ label, value }) => typeof label === 'string' && typeof value === 'string'),
        app,
      );
      assert.ok(fields.some(({ value }) => value === String(setting.port)));
      assert.ok(fields.some(({ value }) => value === 'mail.example.test'));
    }
  }
});

test('the user name is the address that was typed, or the part the provider asks for', () => {
  const mailbox = { address: 'anna@example.test', localPart: 'anna' };
  const username = (setting, side, typed) =>
    fieldsFor('other', side, setting, locale.apps, usernameOf(setting, typed)).find(
      ({ id }) => id === 'username',
    );
  const plain = prove(row('imaps')).incoming;
  assert.equal(username(plain, 'incoming', mailbox).value, 'anna@example.test');
  assert.equal(username(plain, 'incoming', mailbox).copy, true);
  assert.equal(username(plain, 'incoming', null).value, 'Your full email address');
  assert.equal(username(plain, 'incoming', null).copy, false);
  const apple = proveSettings({
    tables,
    rows: [
      row('imaps', { host: 'imap.mail.me.com' }),
      row('submission', { host: 'smtp.mail.me.com' }),
    ],
    vouching: { domain: 'me.com', provider: providerById('icloud') },
  });
  assert.equal(username(apple.incoming, 'incoming', mailbox).value, 'anna');
  assert.equal(username(apple.outgoing, 'outgoing', mailbox).value, 'anna@example.test');
});

test('a provider that takes no passwords is told, whatever its server offers', () => {
  const { incoming } = prove(row('imaps', { host: 'outlook.office365.com', auth: ['PLAIN'] }));
  assert.equal(incoming.authentication, 'oauth2');
});

test('published priorities decide between services that are published, and between no others', () => {
  const port = (...rows) => prove(...rows).incoming.port;
  assert.equal(port(row('imaps', { priority: 10 }), row('imap', { priority: 0 })), 143);
  assert.equal(port(row('imaps', { priority: 10 }), row('pop3s', { priority: 0 })), 995);
  assert.equal(port(row('imaps', { priority: 0 }), row('imap', { priority: 0 })), 993);
  assert.equal(port(row('imaps'), row('imap', { priority: 0 })), 993);
  assert.equal(
    prove(row('submissions', { priority: 20 }), row('submission', { priority: 10 })).outgoing.port,
    587,
  );
});

test('what is published and doubtful stays behind what every app trusts', () => {
  const doubtful = row('imaps', {
    findings: [{ id: 'certificate-incomplete-chain' }],
    priority: 0,
  });
  doubtful.main.report.trusted = false;
  assert.equal(prove(doubtful, row('pop3', { priority: 30 })).incoming.port, 110);
});

test('the provider\u2019s own choice comes first, where it is trusted and proved', () => {
  const host = 'mail.example.test';
  const preset = {
    preferred: [
      { service: 'submission', host },
      { service: 'pop3s', host },
      { service: 'imap', host: 'imap.example.test' },
    ],
    username: 'local-part',
  };
  const rows = ['submissions', 'submission', 'imaps', 'imap', 'pop3s'].map((name) => row(name));
  const { incoming, outgoing } = proveSettings({ tables, rows, vouching: { domain, preset } });
  assert.equal(outgoing.port, 587);
  assert.equal(incoming.port, 995);
  const unproved = rows.filter(({ port }) => port !== 587);
  assert.equal(
    proveSettings({ tables, rows: unproved, vouching: { domain, preset } }).outgoing.port,
    465,
  );
});

test('the user name is said as the provider wants it', () => {
  const said = (username) => {
    const preset = { preferred: [], username };
    const { incoming } = proveSettings({
      tables,
      rows: [row('imaps')],
      vouching: { domain, preset },
    });
    const fields = fieldsFor('thunderbird', 'incoming', incoming, locale.apps);
    return fields.find(({ label }) => label === 'Username').value;
  };
  assert.match(said('address'), /full email address/);
  assert.match(said('local-part'), /before the @/);
});

test('by whose domain it is, a server asks for OAuth2 or for an app password', () => {
  const provedAt = (id, host) =>
    proveSettings({
      tables,
      rows: [row('imaps', { host })],
      vouching: { domain, provider: providerById(id), entered: [host] },
    }).incoming;
  const google = provedAt('google-workspace', 'imap.gmail.com');
  assert.deepEqual([google.authentication, google.appPassword], ['oauth2', true]);
  const microsoft = provedAt('microsoft365', 'outlook.office365.com');
  assert.deepEqual([microsoft.authentication, microsoft.appPassword], ['oauth2', false]);
  const telekom = provedAt('t-online', 'secureimap.t-online.de');
  assert.deepEqual([telekom.authentication, telekom.appPassword], ['password', true]);
  const gmx = provedAt('gmx', 'imap.gmx.net');
  assert.deepEqual([gmx.authentication, gmx.appPassword], ['password', false]);

  const shown = (setting, app) =>
    fieldsFor(app, 'incoming', setting, locale.apps).find(({ id }) => id === 'authentication');
  assert.equal(shown(google, 'thunderbird').value, 'OAuth2');
  assert.match(shown(telekom, 'thunderbird').value, /app password/);
  assert.match(shown(telekom, 'gmail').value, /app password/);
  assert.equal(shown(gmx, 'thunderbird').value, 'Normal password');
});

test('at a domain of one\u2019s own the user name may be another address', () => {
  const mailbox = { address: 'anna@example.test', localPart: 'anna' };
  const { incoming } = proveSettings({
    tables,
    rows: [row('imaps', { host: 'imap.mail.me.com' })],
    vouching: { domain, provider: providerById('icloud-domain') },
  });
  const field = fieldsFor(
    'ios',
    'incoming',
    incoming,
    locale.apps,
    usernameOf(incoming, mailbox),
  ).find(({ id }) => id === 'username');
  assert.doesNotMatch(field.value, /anna/);
  assert.equal(field.copy, false);
});
