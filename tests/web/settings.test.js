import assert from 'node:assert/strict';
import { test } from 'node:test';
import { APPS, fieldsFor, proveSettings } from '../../web/settings.js';
import { reportOf } from './reports.js';
import { locale, service, tables } from './tables.js';

function row(name, { findings = [], host = 'mail.example.test', proof = null, ...more } = {}) {
  const { port, mode } = service(name);
  const report = reportOf({ service: name, port, mode, serverName: host, findings, ...more });
  return { service: service(name), port, main: { host, report }, proof };
}

const prove = (...rows) => proveSettings({ tables, rows });
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

test('every app names every field', () => {
  const { incoming } = prove(row('imap'));
  for (const app of APPS) {
    const fields = fieldsFor(app, incoming, locale.apps);
    assert.equal(fields.length, 6, app);
    assert.ok(fields.some(({ value }) => value === '143'));
    assert.ok(fields.some(({ value }) => value === 'mail.example.test'));
  }
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
  const { incoming, outgoing } = proveSettings({ tables, rows, preset });
  assert.equal(outgoing.port, 587);
  assert.equal(incoming.port, 995);
  const unproved = rows.filter(({ port }) => port !== 587);
  assert.equal(proveSettings({ tables, rows: unproved, preset }).outgoing.port, 465);
});

test('the user name is said as the provider wants it', () => {
  const said = (username) => {
    const preset = { preferred: [], username };
    const { incoming } = proveSettings({ tables, rows: [row('imaps')], preset });
    return fieldsFor('thunderbird', incoming, locale.apps).find(({ label }) => label === 'Username')
      .value;
  };
  assert.match(said('address'), /full email address/);
  assert.match(said('local-part'), /before the @/);
});
