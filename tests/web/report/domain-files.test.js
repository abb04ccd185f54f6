import assert from 'node:assert/strict';
import { test } from 'node:test';
import { autoconfig, srvLines } from '../../../web/report/domain-files.js';
import { lacking } from '../../../web/report/files.js';
import { HOSTILE, readFile } from '../fixtures/second-reader.js';
import { setting } from '../fixtures/proved.js';
import { QUIET } from '../fixtures/outcomes.js';

const settings = {
  incoming: setting('imaps'),
  outgoing: setting('submissions'),
  alternatives: [setting('imap'), setting('pop3s'), setting('submission')],
};

/** RFC 2782: _Service._Proto.Name TTL Class SRV Priority Weight Port Target */
const SRV = /^_([a-z0-9-]+)\._tcp\.(\S+)\. (\d+) IN SRV (\d+) (\d+) (\d+) (\S+)\.$/;

test('SRV lines read back as the proved services, the best with the lowest priority', () => {
  const text = srvLines('example.test', settings);
  assert.ok(text.endsWith('\n'));
  const records = text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, service, name, ttl, priority, weight, port, target] = SRV.exec(line) ?? [];
      assert.equal(name, 'example.test', line);
      assert.ok(Number(ttl) > 0 && Number(weight) >= 0);
      return `${service} ${priority} ${port} ${target}`;
    });
  assert.deepEqual(records, [
    'imaps 0 993 imap.example.test',
    'submissions 0 465 smtp.example.test',
    'imap 10 143 imap.example.test',
    'pop3s 20 995 pop.example.test',
    'submission 10 587 smtp.example.test',
  ]);
});

test('a server that some apps refuse is not published', () => {
  const doubtful = { ...settings, incoming: setting('imaps', { trusted: false }) };
  assert.ok(!srvLines('example.test', doubtful).includes('_imaps.'));
});

test('the configuration file has the structure of its format', () => {
  const file = autoconfig({ domain: 'example.test', shown: 'example.test', settings });
  const root = readFile('xml', file);
  assert.equal(root.tag, 'clientConfig');
  assert.equal(root.attributes.version, '1.1');
  const [provider, ...more] = root.children;
  assert.deepEqual(more, []);
  assert.equal(provider.tag, 'emailProvider');
  assert.equal(provider.attributes.id, 'example.test');
  const texts = (tag) => provider.children.filter((child) => child.tag === tag);
  assert.equal(texts('domain')[0].text, 'example.test');
  assert.equal(texts('displayName').length, 1);
  assert.equal(texts('displayShortName').length, 1);
  const servers = (tag) =>
    texts(tag).map(({ attributes, children }) => [
      attributes.type,
      ...['hostname', 'port', 'socketType', 'authentication', 'username'].map((name) => {
        const found = children.filter((child) => child.tag === name);
        assert.equal(found.length, 1, name);
        return found[0].text;
      }),
    ]);
  assert.deepEqual(servers('incomingServer'), [
    ['imap', 'imap.example.test', '993', 'SSL', 'password-cleartext', '%EMAILADDRESS%'],
    ['imap', 'imap.example.test', '143', 'STARTTLS', 'password-cleartext', '%EMAILADDRESS%'],
    ['pop3', 'pop.example.test', '995', 'SSL', 'password-cleartext', '%EMAILADDRESS%'],
  ]);
  assert.deepEqual(servers('outgoingServer'), [
    ['smtp', 'smtp.example.test', '465', 'SSL', 'password-cleartext', '%EMAILADDRESS%'],
    ['smtp', 'smtp.example.test', '587', 'STARTTLS', 'password-cleartext', '%EMAILADDRESS%'],
  ]);
});

test('a server that nobody vouches for is in no file and no record', () => {
  const stranger = { server: 'mail.evil-box.example', vouched: null };
  const strange = {
    incoming: setting('imaps', stranger),
    outgoing: setting('submissions', stranger),
    alternatives: [setting('imap', stranger)],
  };
  const none = { srv: false, autoconfig: false };
  assert.deepEqual(lacking({ summary: QUIET, settings: strange }), none);
  assert.equal(srvLines('example.test', strange), '');
  const file = autoconfig({ domain: 'example.test', shown: 'example.test', settings: strange });
  assert.doesNotMatch(file, /evil-box/);
  const mixed = { ...strange, incoming: setting('imaps') };
  assert.doesNotMatch(srvLines('example.test', mixed), /evil-box/);
  assert.deepEqual(lacking({ summary: QUIET, settings: mixed }), none);
});

test('OAuth2 and short user names have their own words', () => {
  const incoming = setting('imaps', { authentication: 'oauth2', username: 'local-part' });
  const file = autoconfig({
    domain: 'example.test',
    shown: 'example.test',
    settings: { ...settings, incoming },
  });
  assert.match(file, /<authentication>OAuth2</);
  assert.match(file, /<username>%EMAILLOCALPART%</);
});

test('hostile names are text in it', () => {
  for (const text of HOSTILE) {
    const root = readFile('xml', autoconfig({ domain: text, shown: text, settings }));
    assert.deepEqual(
      root.children[0].children.map(({ tag }) => tag),
      readFile(
        'xml',
        autoconfig({ domain: 'a.test', shown: 'a', settings }),
      ).children[0].children.map(({ tag }) => tag),
    );
  }
});

test('only what is known to be lacking is offered, and only what was proved', () => {
  const both = (summary, proved = settings) => lacking({ summary, settings: proved });
  assert.deepEqual(both(QUIET), { srv: true, autoconfig: true });
  assert.deepEqual(both({ ...QUIET, published: true }), { srv: false, autoconfig: true });
  assert.deepEqual(both({ ...QUIET, autoconfig: true }), { srv: true, autoconfig: false });
  const none = { srv: false, autoconfig: false };
  assert.deepEqual(both({ ...QUIET, published: null, autoconfig: null }), none);
  assert.deepEqual(both({ ...QUIET, own: true }), none);
  assert.deepEqual(both(QUIET, { ...settings, outgoing: null }), none);
  assert.deepEqual(both(null), none);
});
