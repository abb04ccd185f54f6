import assert from 'node:assert/strict';
import test from 'node:test';
import {
  endsTrying,
  otherUserName,
  signInHelp,
  signInSides,
  takesNoPassword,
} from '../../../web/verdict/sign-in.js';

const setting = (vouched, more = {}) => ({
  server: 'imap.example.test',
  service: 'imaps',
  port: 993,
  trusted: true,
  authentication: 'password',
  appPassword: false,
  vouched,
  ...more,
});

const asked = (incoming, outgoing = null) =>
  signInSides({ incoming, outgoing }).map(({ side, confirm }) => `${side}${confirm ? '?' : ''}`);

test('a password goes only to a server that somebody answers for', () => {
  for (const vouched of ['domain', 'provider', 'preset', 'person'])
    assert.deepEqual(asked(setting(vouched), setting(vouched)), ['incoming', 'outgoing'], vouched);
  assert.deepEqual(asked(setting('records'), setting('domain')), ['incoming?', 'outgoing']);
  assert.deepEqual(asked(setting(null), setting('domain')), ['outgoing']);
  assert.deepEqual(asked(setting('whoever')), []);
  assert.deepEqual(asked(setting('domain', { trusted: false })), []);
  assert.deepEqual(asked(null), []);
  // Nobody is asked for a password that cannot work.
  const token = setting('provider', { authentication: 'oauth2' });
  assert.deepEqual(asked(token, setting('domain')), ['outgoing']);
});

test('a token is no password, unless an app password is taken, too', () => {
  const oauth2 = { authentication: 'oauth2' };
  assert.equal(takesNoPassword({ setting: setting('domain') }), false);
  assert.equal(takesNoPassword({ setting: setting('domain', oauth2) }), true);
  const either = setting('domain', { ...oauth2, appPassword: true });
  assert.equal(takesNoPassword({ setting: either }), false);
});

test('the way out begins where the provider has it', () => {
  const provider = { name: 'X', help: 'https://help.test/', appPasswords: 'https://make.test/' };
  const url = (by, of = provider) => signInHelp(by, of)?.url ?? null;
  assert.equal(url('app-password'), 'https://make.test/');
  assert.equal(url('provider'), 'https://help.test/');
  assert.equal(
    url('app-password', { name: 'X', help: 'https://help.test/' }),
    'https://help.test/',
  );
  assert.equal(url(undefined), null);
  assert.equal(url('app-password', null), null);
  assert.equal(url('provider', { name: 'X' }), null);
});

test('the other form of a user name is offered where the name may be what is wrong', () => {
  const other = (user, id) => otherUserName(user, 'example.test', { id });
  assert.equal(other('anna@example.test', 'sign-in-refused'), 'anna');
  assert.equal(other('anna', 'sign-in-refused'), 'anna@example.test');
  assert.equal(other('anna', 'sign-in-user-name'), 'anna@example.test');
  assert.equal(other('anna@example.test', 'sign-in-user-name'), null);
  assert.equal(other('@example.test', 'sign-in-refused'), null);
  for (const id of ['sign-in-locked', 'sign-in-app-password', 'sign-in-failed', 'connect-timeout'])
    assert.equal(other('anna', id), null, id);
});

test('only a server that lets somebody in is followed by the next', () => {
  assert.equal(endsTrying({ id: 'sign-in-ok', args: {} }), false);
  assert.equal(endsTrying({ id: 'sign-in-temporary', args: {} }), true);
  assert.equal(endsTrying(null), true);
});
