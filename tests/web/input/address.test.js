import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AddressError,
  ipLiteral,
  isHostName,
  parseAddress,
  sameDomain,
  mailboxOf,
  withDomain,
} from '../../../web/input/address.js';
import { locale, tables } from '../fixtures/tables.js';

const ports = tables.services.map(({ port }) => port);

const DOMAINS = [
  ['anna@example.com', 'example.com'],
  ['  anna@Example.COM  ', 'example.com'],
  ['mailto:anna@example.com?subject=hello', 'example.com'],
  ['Anna Example <anna@example.com>', 'example.com'],
  ['"a@b"@example.com', 'example.com'],
  ['anna\uff20example.com', 'example.com'],
  ['anna@ex\u200bample.com', 'example.com'],
  ['\ufeffanna@example.com\u00a0', 'example.com'],
  ['anna@example.com.', 'example.com'],
  ['anna@example.com,', 'example.com'],
  ['anna@b\u00fccher.example', 'xn--bcher-kva.example'],
  ['anna@\u4f8b\u3048\u3002\u30c6\u30b9\u30c8', 'xn--r8jz45g.xn--zckzah'],
  ['example.com', 'example.com'],
  ['mail.com', 'mail.com'],
  ['mail.co.uk', 'mail.co.uk'],
  ['https://email.com.au/', 'email.com.au'],
  ['smtp.uk.com', 'smtp.uk.com'],
  ['mail.\u516c\u53f8.cn', 'mail.xn--55qx5d.cn'],
  ['https://example.com/login?x=1', 'example.com'],
  ['anna@mail.example.com', 'mail.example.com'],
];

for (const [typed, domain] of DOMAINS) {
  test(`the domain of ${JSON.stringify(typed)} is ${domain}`, () => {
    const parsed = parseAddress(typed, ports);
    assert.equal(parsed.domain, domain);
    assert.equal(parsed.host, null);
  });
}

const SERVERS = [
  [
    'imap.example.com',
    { domain: 'example.com', host: 'imap.example.com', serves: ['imap'], port: null },
  ],
  ['smtp.example.co.uk', { domain: 'example.co.uk', host: 'smtp.example.co.uk', serves: ['smtp'] }],
  [
    'mail.example.com:993',
    {
      domain: 'example.com',
      host: 'mail.example.com',
      serves: ['imap', 'pop3', 'smtp'],
      port: 993,
    },
  ],
  [
    'box.example.com:587',
    {
      domain: 'box.example.com',
      host: 'box.example.com',
      serves: ['imap', 'pop3', 'smtp'],
      port: 587,
    },
  ],
  ['192.0.2.10', { domain: '192.0.2.10', host: '192.0.2.10', ip: true }],
  ['192.0.2.10:993', { host: '192.0.2.10', ip: true, port: 993 }],
  ['[2001:DB8::1]:993', { host: '2001:db8::1', ip: true, port: 993 }],
  ['2001:db8:0::1', { host: '2001:db8::1', ip: true }],
];

for (const [typed, expected] of SERVERS) {
  test(`${typed} is a server`, () => {
    const parsed = parseAddress(typed, ports);
    for (const [key, value] of Object.entries(expected)) assert.deepEqual(parsed[key], value, key);
  });
}

const NONSENSE = [
  ['', 'empty'],
  ['   ', 'empty'],
  ['anna@', 'nothing-after-at'],
  ['anna', 'no-dot'],
  ['anna@localhost', 'no-dot'],
  ['anna example.com', 'spaces'],
  ['anna@exa mple.com', 'spaces'],
  ['exa%6dple.com', 'nonsense'],
  ['-example.com', 'nonsense'],
  ['exa_mple.com', 'nonsense'],
  ['example..com', 'nonsense'],
  ['1.2', 'nonsense'],
  ['0x7f.1', 'nonsense'],
  ['999.1.1.1', 'nonsense'],
  ['[::1', 'nonsense'],
  [`${'a'.repeat(64)}.com`, 'nonsense'],
  ['a'.repeat(2000), 'too-long'],
  ['example.com:8080', 'other-port'],
];

for (const [typed, id] of NONSENSE) {
  test(`${JSON.stringify(typed.slice(0, 40))} is refused as ${id}`, () => {
    assert.throws(
      () => parseAddress(typed, ports),
      (error) => error instanceof AddressError && error.id === id && Boolean(locale.address[id]),
    );
  });
}

test('what stands before the @ is in no part of the result', () => {
  const parsed = parseAddress('very.secret.name@example.com', ports);
  assert.ok(!JSON.stringify(parsed).includes('secret'));
});

test('host names are letters, digits and hyphens', () => {
  assert.ok(isHostName('xn--bcher-kva.example'));
  assert.ok(!isHostName('a..b'));
  assert.ok(!isHostName(`${'a.'.repeat(127)}com`));
});

test('IP literals are canonical, and nothing else is one', () => {
  assert.equal(ipLiteral('2001:0db8::0001'), '2001:db8::1');
  assert.equal(ipLiteral('256.0.0.1'), null);
  assert.equal(ipLiteral('::ffff:192.0.2.1'), '::ffff:c000:201');
  assert.equal(ipLiteral('fe80::1%eth0'), null);
});

test('a host belongs to a domain by whole labels', () => {
  assert.ok(sameDomain('imap.example.com', 'example.com'));
  assert.ok(!sameDomain('imap.badexample.com', 'example.com'));
});

test('the whole address is for the page alone, in the script it was typed in', () => {
  const typed = [
    ['anna@Example.com', 'anna@example.com', 'anna'],
    [' Anna <anna.b@b\u00fccher.example> ', 'anna.b@b\u00fccher.example', 'anna.b'],
    ['mailto:anna@example.com?cc=x@y.test', 'anna@example.com', 'anna'],
    ['a/b?c#d@example.com', 'a/b?c#d@example.com', 'a/b?c#d'],
    ['"a@b"@example.com', '"a@b"@example.com', '"a@b"'],
  ];
  for (const [text, address, localPart] of typed) {
    assert.deepEqual(mailboxOf(text), { address, localPart }, text);
  }
  for (const text of [
    '',
    ' ',
    'example.com',
    'imap.example.com:993',
    '@example.com',
    'anna@localhost',
  ]) {
    assert.equal(mailboxOf(text), null, text);
  }
});

test('one tap puts the address at another domain', () => {
  const typed = {
    'anna@gmial.com': 'anna@gmail.com',
    'Anna <anna@gmial.com>': 'anna@gmail.com',
    'mailto:a+b@gmial.com': 'a+b@gmail.com',
    'gmial.com': 'gmail.com',
    'imap.gmial.com:993': 'gmail.com',
    'anna@gmail': 'anna@gmail.com',
    '@gmial.com': 'gmail.com',
  };
  for (const [text, address] of Object.entries(typed)) {
    assert.equal(withDomain(text, 'gmail.com'), address, text);
  }
});

test('a name is looked up as A-labels and shown as it was typed', () => {
  const parsed = parseAddress('anna@B\u00dcCHER.example');
  assert.equal(parsed.domain, 'xn--bcher-kva.example');
  assert.equal(parsed.shown, 'b\u00fccher.example');
  assert.equal(parseAddress('imap.b\u00fccher.example').shown, 'imap.b\u00fccher.example');
});
