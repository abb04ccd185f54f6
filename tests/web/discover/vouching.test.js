import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPreset } from '../../../web/config/preset.js';
import { providerById } from '../../../web/discover/providers.js';
import {
  VOUCHERS,
  belongs,
  coveredBy,
  namesProvider,
  presetHolds,
  vouchedBy,
} from '../../../web/discover/vouching.js';

const domain = 'example.co.uk';
const STRANGER = 'mail.evil-box.example';

/** Who may vouch, the name they vouch for, and one beside it that they do not. */
const SOURCES = {
  domain: [{}, 'mail.example.co.uk', 'mail.other.co.uk'],
  provider: [{ provider: providerById('google') }, 'imap.gmail.com', 'imap.mail.ru'],
  preset: [
    { preset: { imap: ['in.isp.example'], smtp: ['out.isp.example'] } },
    'out.isp.example',
    'pop.isp.example',
  ],
  person: [{ entered: ['mx7.hoster.example'] }, 'mx7.hoster.example', 'mx8.hoster.example'],
  records: [{ published: ['post.hoster.example'] }, 'post.hoster.example', 'hoster.example'],
};

for (const [voucher, [known, good, bad]] of Object.entries(SOURCES)) {
  test(`${voucher} vouches for ${good} and not for ${bad}`, () => {
    assert.equal(vouchedBy(good, { domain, ...known }), voucher);
    assert.equal(vouchedBy(bad, { domain, ...known }), null);
    if (voucher !== 'domain') assert.equal(vouchedBy(good, { domain }), null);
    assert.equal(vouchedBy(STRANGER, { domain, ...known }), null);
  });
}

test('every source has its test, from the strongest to the weakest', () => {
  assert.deepEqual(Object.keys(SOURCES), VOUCHERS);
  const [name] = ['mail.example.co.uk'];
  assert.equal(vouchedBy(name, { domain, entered: [name], aliases: [name] }), 'domain');
  assert.equal(vouchedBy(STRANGER, { domain, entered: [STRANGER], aliases: [STRANGER] }), 'person');
});

test('an alias of the domain\u2019s own name is the domain\u2019s record', () => {
  assert.equal(
    vouchedBy('mx7.hoster.example', { domain, aliases: ['mx7.hoster.example'] }),
    'records',
  );
});

test('a domain owns what stands under its registrable domain, and nobody owns a public suffix', () => {
  assert.ok(belongs('mail.example.com', 'shop.example.com'));
  assert.ok(belongs('example.com', 'shop.example.com'));
  assert.ok(!belongs('evil-example.com', 'example.com'));
  assert.ok(!belongs('example.com.evil.example', 'example.com'));
  assert.ok(!belongs('mail.co.uk', 'co.uk'));
  assert.ok(belongs('co.uk', 'co.uk'), 'the domain itself');
  assert.ok(!belongs('1.2.192.0.2.10', '192.0.2.10'));
  assert.ok(belongs('192.0.2.10', '192.0.2.10'));
});

test('what only ends like a name of the domain is none', () => {
  for (const host of [
    `${STRANGER} (not mail.example.com`,
    `${STRANGER},mail.example.com`,
    [STRANGER, 'mail.example.com'],
    '',
    null,
    undefined,
    7,
  ]) {
    assert.equal(vouchedBy(host, { domain: 'example.com' }), null, String(host));
  }
});

test('a preset speaks for the domains that it lists, and for no others', () => {
  const preset = readPreset({
    imap: ['imap.isp.example'],
    domains: ['isp.example', 'b\u00fcro.example'],
  });
  assert.ok(presetHolds(preset, 'isp.example'));
  assert.ok(presetHolds(preset, 'xn--bro-hoa.example'));
  for (const other of ['gmail.com', 'ips.example', 'shop.isp.example', 'evil-isp.example']) {
    assert.ok(!presetHolds(preset, other, ['mx.isp.example']), other);
  }
  assert.ok(!presetHolds(null, 'isp.example'));
});

test('a preset that lists no domains speaks for those that its servers stand under', () => {
  const preset = readPreset('mail.isp.example');
  assert.ok(presetHolds(preset, 'isp.example'));
  assert.ok(presetHolds(preset, 'shop.isp.example'));
  assert.ok(!presetHolds(preset, 'gmail.com'));
  assert.ok(!presetHolds(preset, 'customer.example', ['mail.isp.example']));
});

test('a preset speaks for the domains whose mail goes to its exchangers', () => {
  const preset = readPreset({ imap: ['imap.isp.example'], mx: ['mx.isp.example'], domains: [] });
  assert.ok(presetHolds(preset, 'customer.example', ['mx.isp.example']));
  assert.ok(presetHolds(preset, 'customer.example', ['other.example', 'a.mx.isp.example']));
  assert.ok(!presetHolds(preset, 'customer.example', ['evilmx.isp.example']));
  assert.ok(!presetHolds(preset, 'customer.example'));
  assert.ok(presetHolds(readPreset('google'), 'gmail.com'));
  assert.ok(!presetHolds(readPreset('google'), 'gmial.com'));
});

test('a preset of links and colours is nobody\u2019s', () => {
  assert.ok(!namesProvider(readPreset({ name: 'Help', links: {} })));
  assert.ok(!namesProvider(null));
  assert.ok(namesProvider(readPreset('google')));
  assert.ok(namesProvider(readPreset({ domains: ['isp.example'] })));
  assert.ok(namesProvider(readPreset({ mx: ['mx.isp.example'] })));
});

test('a wildcard holds for one label', () => {
  assert.ok(coveredBy(['*.hoster.example'], 'mx7.hoster.example'));
  assert.ok(coveredBy(['MX7.Hoster.example'], 'mx7.hoster.example'));
  assert.ok(!coveredBy(['*.hoster.example'], 'a.mx7.hoster.example'));
  assert.ok(!coveredBy(['*.hoster.example'], 'hoster.example'));
  assert.ok(!coveredBy([], 'mx7.hoster.example'));
});
