import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../web/verdict/findings.js';
import { stepFact } from '../../../web/verdict/step-facts.js';
import { createWords } from '../../../web/i18n/words.js';
import { reportOf } from '../fixtures/reports.js';
import { locale, tables } from '../fixtures/tables.js';

const words = createWords(locale);
const factOf = (phase, report, status = 'ok') =>
  stepFact({ phase, status }, report, catalogue(tables));
const said = (...args) => {
  const fact = factOf(...args);
  return fact && words.say(`steps.${fact.key}`, fact.args);
};

const good = {
  ...reportOf({
    service: 'submission',
    port: 587,
    mode: 'starttls',
    serverName: 'smtp.example.test',
  }),
  certificates: [{ not_after: '2027-03-14T00:00:00Z' }],
  capabilities: {
    before: ['SIZE 52428800', 'STARTTLS'],
    after: ['AUTH PLAIN LOGIN', 'SIZE 52428800'],
  },
  auth: { before: [], after: ['PLAIN', 'LOGIN'] },
};

test('each step of a good conversation is said in one line', () => {
  assert.equal(said('connect', good), 'smtp.example.test answered at 192.0.2.10');
  assert.equal(said('starttls', good), 'Offered, and accepted when we asked');
  assert.equal(said('handshake', good), 'TLS 1.2, strong cipher');
  assert.equal(said('certificate', good), 'Name matches, trusted, valid until March 14, 2027');
  assert.equal(said('capability', good), 'It offers to switch to encryption');
  assert.equal(said('recapability', good), 'Sign-in with password, messages up to 50 MB');
});

test('sign-in without a password, without a size, and by what IMAP and POP3 always have', () => {
  const offers = (after, auth) => ({
    ...good,
    capabilities: { before: [], after },
    auth: { before: [], after: auth },
  });
  assert.equal(said('recapability', offers([], ['XOAUTH2'])), 'Sign-in with OAuth2 only');
  assert.equal(said('recapability', offers(['IMAP4rev1'], [])), 'Sign-in with password');
  assert.equal(factOf('recapability', offers(['IMAP4rev1', 'LOGINDISABLED'], [])), null);
  assert.equal(said('recapability', offers(['USER'], [])), 'Sign-in with password');
  assert.equal(said('recapability', offers(['SIZE 52428800'], [])), 'Messages up to 50 MB');
  assert.equal(factOf('recapability', offers(['SIZE 999999999999999'], [])), null);
});

test('a cipher is strong only when it is', () => {
  const suite = (name, ...ids) => ({
    ...good,
    tls: { version: 'TLS 1.2', suite: name },
    findings: ids.map((id) => ({ id, args: {} })),
  });
  assert.equal(said('handshake', suite('TLS_RSA_WITH_AES_128_CBC_SHA')), 'TLS 1.2');
  assert.equal(
    said('handshake', suite('TLS_RSA_WITH_3DES_EDE_CBC_SHA', 'cipher-weak')),
    'TLS 1.2, weak cipher',
  );
});

test('a step that failed is explained by what was found in it', () => {
  const bad = reportOf({ findings: [{ id: 'certificate-expired' }, { id: 'connect-refused' }] });
  assert.deepEqual(
    factOf('certificate', bad, 'failed').findings.map(({ id }) => id),
    ['certificate-expired'],
  );
  assert.equal(factOf('greeting', bad, 'failed'), null);
  assert.equal(factOf('greeting', bad, 'skipped'), null);
});

test('every key has words, and none is left over', () => {
  const used = [
    'connect',
    'greeting',
    'starttls',
    'strong',
    'weak',
    'encrypted',
    'hello',
    'identity',
  ];
  used.push(
    'offersTls',
    'lacksTls',
    'password',
    'passwordSize',
    'token',
    'tokenSize',
    'size',
    'close',
  );
  assert.deepEqual(Object.keys(locale.steps).sort(), used.sort());
});
