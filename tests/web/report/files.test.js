import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesOf } from '../../../web/report/files.js';
import { setting } from '../fixtures/proved.js';

const PROVED = {
  incoming: setting('imaps'),
  outgoing: setting('submissions'),
  alternatives: [],
};
const of = (change = {}) =>
  filesOf({
    settings: PROVED,
    app: 'other',
    domain: 'example.test',
    target: 'example.test',
    mailbox: null,
    saved: null,
    summary: { own: false, published: true, autoconfig: true },
    ...change,
  });

test('each app gets the file that it can read', () => {
  assert.deepEqual(of(), { autoconfig: null, profile: null, tokenOnly: false, admin: null });
  const { autoconfig } = of({ app: 'thunderbird' });
  assert.deepEqual(autoconfig, { name: 'config-v1.1.xml', type: 'application/xml' });
  for (const app of ['apple', 'ios']) {
    const { profile } = of({ app });
    assert.equal(profile.name, 'example.test.mobileconfig');
  }
});

test('profiles know no OAuth2', () => {
  const incoming = setting('imaps', { authentication: 'oauth2' });
  const { profile, tokenOnly } = of({ app: 'ios', settings: { ...PROVED, incoming } });
  assert.equal(profile, null);
  assert.equal(tokenOnly, true);
});

test('no file is made from a file, nor from half of the settings', () => {
  for (const app of ['thunderbird', 'ios']) {
    const saved = of({ app, saved: 'report.json' });
    const half = of({ app, settings: { ...PROVED, outgoing: null } });
    for (const files of [saved, half]) {
      assert.deepEqual([files.autoconfig, files.profile, files.tokenOnly], [null, null, false]);
    }
  }
});

test('an administrator is offered what the domain does not publish', () => {
  const summary = { own: false, published: false, autoconfig: true };
  const { admin } = of({ summary });
  assert.equal(admin.records, true);
  assert.equal(admin.autoconfig, null);
  const both = of({ summary: { own: false, published: false, autoconfig: false } }).admin;
  assert.equal(both.autoconfig.name, 'config-v1.1.xml');
  assert.equal(both.url, 'https://autoconfig.example.test/mail/config-v1.1.xml');
  assert.equal(of({ summary: { ...summary, own: true } }).admin, null);
});
