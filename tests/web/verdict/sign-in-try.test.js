import assert from 'node:assert/strict';
import test from 'node:test';
import { signInError, signInFinding, wantsPause } from '../../../web/verdict/sign-in-try.js';
import { tables } from '../fixtures/tables.js';

test('what cannot be tried is named', () => {
  const sides = [{ side: 'incoming', setting: { server: 'imap.example.test' }, confirm: true }];
  const known = new Set(['imap.example.test']);
  const error = (user, password, confirmed = known) =>
    signInError({ user, password }, sides, confirmed, tables);
  assert.equal(error('anna', 'secret'), null);
  assert.equal(error('', 'secret'), 'missing');
  assert.equal(error('anna', ''), 'missing');
  assert.equal(error('anna', ' '), null);
  assert.equal(error('anna', 'x'.repeat(256)), 'tooLong');
  assert.equal(error('anna', '\u00E9'.repeat(128)), 'tooLong');
  assert.equal(error('anna', '\u00E9'.repeat(127)), null);
  assert.equal(error('anna', 'a\nb'), 'strange');
  assert.equal(error('an\u0000na', 'x'), 'strange');
  assert.equal(error('anna', '\uD800'), 'strange');
  assert.equal(error('anna', 'secret', new Set(['other.example.test'])), 'unconfirmed');
});

test('a report tells of the sign-in, or of what kept it from being tried', () => {
  const finding = (id) => ({ id, args: {} });
  const of = (...ids) => signInFinding({ findings: ids.map(finding) }).id;
  assert.equal(of('greeting-slow', 'sign-in-refused'), 'sign-in-refused');
  assert.equal(of('cleartext-sign-in-offered', 'sign-in-ok'), 'sign-in-ok');
  assert.equal(of('certificate-expired', 'sign-in-withheld'), 'sign-in-withheld');
  assert.equal(of('greeting-slow', 'connection-closed'), 'connection-closed');
  assert.equal(signInFinding({ findings: [] }), null);
});

test('a server that is out of patience is left alone', () => {
  assert.equal(wantsPause({ id: 'sign-in-locked' }), true);
  assert.equal(wantsPause({ id: 'sign-in-refused' }), false);
});
