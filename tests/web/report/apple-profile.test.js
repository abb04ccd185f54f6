import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appleProfile } from '../../../web/report/apple-profile.js';
import { fitsProfile } from '../../../web/report/files.js';
import { HOSTILE, readFile } from '../fixtures/second-reader.js';
import { setting } from '../fixtures/proved.js';

const settings = { incoming: setting('imaps'), outgoing: setting('submission') };
const mailbox = { address: 'anna@example.test', localPart: 'anna' };
const make = (more = {}) =>
  appleProfile({
    settings,
    domain: 'example.test',
    shown: 'example.test',
    mailbox,
    description: 'Made by the test',
    ...more,
  });

/** Keys that Apple's description of com.apple.mail.managed calls required, with what it allows. */
const REQUIRED = {
  EmailAccountType: ['EmailTypeIMAP', 'EmailTypePOP'],
  IncomingMailServerAuthentication: ['EmailAuthPassword'],
  OutgoingMailServerAuthentication: ['EmailAuthPassword'],
  IncomingMailServerHostName: ['imap.example.test'],
  OutgoingMailServerHostName: ['smtp.example.test'],
};
const UUID = /^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/;

test('the profile is a property list with one mail account', () => {
  const profile = readFile('plist', make());
  assert.equal(profile.PayloadType, 'Configuration');
  assert.equal(profile.PayloadVersion, 1);
  assert.match(profile.PayloadUUID, UUID);
  assert.ok(profile.PayloadIdentifier);
  assert.equal(profile.PayloadContent.length, 1);
  const [mail] = profile.PayloadContent;
  assert.equal(mail.PayloadType, 'com.apple.mail.managed');
  assert.equal(mail.PayloadVersion, 1);
  assert.match(mail.PayloadUUID, UUID);
  assert.notEqual(mail.PayloadUUID, profile.PayloadUUID);
  assert.ok(mail.PayloadIdentifier.startsWith(profile.PayloadIdentifier));
  for (const [key, allowed] of Object.entries(REQUIRED)) {
    assert.ok(allowed.includes(mail[key]), `${key}: ${mail[key]}`);
  }
  assert.equal(mail.IncomingMailServerPortNumber, 993);
  assert.equal(mail.OutgoingMailServerPortNumber, 587);
  assert.equal(mail.IncomingMailServerUseSSL, true);
  assert.equal(mail.OutgoingMailServerUseSSL, true);
  assert.equal(mail.EmailAddress, 'anna@example.test');
  assert.equal(mail.IncomingMailServerUsername, 'anna@example.test');
});

test('there is no password in it, and without a typed address the device asks', () => {
  for (const typed of [mailbox, null]) {
    const [mail] = readFile('plist', make({ mailbox: typed })).PayloadContent;
    assert.ok(!('IncomingPassword' in mail) && !('OutgoingPassword' in mail));
    assert.equal('EmailAddress' in mail, typed !== null);
    assert.equal('OutgoingMailServerUsername' in mail, typed !== null);
  }
});

test('the user name is the part that the provider asks for', () => {
  const incoming = { ...settings.incoming, username: 'local-part' };
  const [mail] = readFile('plist', make({ settings: { ...settings, incoming } })).PayloadContent;
  assert.equal(mail.IncomingMailServerUsername, 'anna');
  assert.equal(mail.OutgoingMailServerUsername, 'anna@example.test');
});

test('POP3 is another kind of account', () => {
  const incoming = setting('pop3s');
  const [mail] = readFile('plist', make({ settings: { ...settings, incoming } })).PayloadContent;
  assert.equal(mail.EmailAccountType, 'EmailTypePOP');
});

test('the same account has the same identity, another one another', () => {
  assert.equal(make(), make());
  const uuid = (text) => readFile('plist', text).PayloadUUID;
  assert.notEqual(uuid(make()), uuid(make({ domain: 'example.net' })));
  assert.notEqual(uuid(make()), uuid(make({ mailbox: null })));
});

test('what was typed is text in it', () => {
  for (const text of HOSTILE) {
    const typed = { address: text, localPart: text };
    const profile = readFile('plist', make({ mailbox: typed, shown: text, description: text }));
    assert.deepEqual(
      Object.keys(profile.PayloadContent[0]).sort(),
      Object.keys(readFile('plist', make()).PayloadContent[0]).sort(),
    );
    const kept = profile.PayloadContent[0].EmailAddress;
    // The parser reads a line break as LF; what XML cannot hold is gone.
    const wanted = text.replace(/\r\n/g, '\n').replace(/[\u0000\u0008\ud800\ufffe]/g, '');
    assert.equal(kept.replace(/\r\n/g, '\n'), wanted);
  }
});

test('a profile needs both sides, servers that somebody vouches for, and passwords', () => {
  assert.equal(fitsProfile(settings), true);
  assert.equal(fitsProfile({ ...settings, outgoing: null }), false);
  const strange = { ...settings.incoming, vouched: null };
  assert.equal(fitsProfile({ ...settings, incoming: strange }), false);
  const token = { ...settings.incoming, authentication: 'oauth2' };
  assert.equal(fitsProfile({ ...settings, incoming: token }), false);
});
