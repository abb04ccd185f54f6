import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PROVIDERS } from '../../../web/discover/providers.js';
import { sameDomain } from '../../../web/input/address.js';
import { missingPieces, pieceOf, registrableDomain } from '../../../web/input/public-suffix.js';
import { PIECES, STARTS } from '../../../web/input/public-suffixes/all.js';
import { EXCEPTIONS, exactly, RULES, tableSources } from '../fixtures/public-suffix-list.js';

const NAMES = [
  ['example.com', 'example.com'],
  ['mail.example.com', 'example.com'],
  ['a.b.c.example.com', 'example.com'],
  ['IMAP.Example.COM.', 'example.com'],
  ['mail.example.co.uk', 'example.co.uk'],
  ['mail.co.uk', 'mail.co.uk'],
  ['co.uk', null],
  ['email.com.au', 'email.com.au'],
  ['com.au', null],
  // A suffix that no list has yet.
  ['mail.example.com.xx', 'example.com.xx'],
  ['com.xx', null],
  // What is sold below .com is no country's.
  ['mail.co.com', 'mail.co.com'],
  ['co.com', null],
  ['com.example', 'com.example'],
  ['web.de', 'web.de'],
  ['imap.web.de', 'web.de'],
  ['anna.eu.org', 'anna.eu.org'],
  ['mail.anna.uk.com', 'anna.uk.com'],
  ['anna.dyndns.org', 'anna.dyndns.org'],
  ['anna.github.io', 'anna.github.io'],
  // Norway has 700 places whose names are suffixes: nobody is taken to own more than his own name.
  ['firma.oslo.no', 'firma.oslo.no'],
  ['mail.firma.oslo.no', 'mail.firma.oslo.no'],
  ['example.no', 'example.no'],
  ['co.no', null],
  ['mail.example.com.pl', 'example.com.pl'],
  ['mail.bristol.gov.uk', 'bristol.gov.uk'],
  ['example.ck', null],
  ['mail.anna.example.ck', 'anna.example.ck'],
  // The suffixes below Tokyo are its wards.
  ['mail.firma.adachi.tokyo.jp', 'mail.firma.adachi.tokyo.jp'],
  ['metro.tokyo.jp', 'metro.tokyo.jp'],
  ['mail.example.jp', 'example.jp'],
  ['mail.example.ne.jp', 'example.ne.jp'],
  ['salesforce.com', 'salesforce.com'],
  ['mail.xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['anna.xn--55qx5d.cn', 'anna.xn--55qx5d.cn'],
  ['xn--55qx5d.cn', null],
  ['com', null],
  ['localhost', null],
  ['192.0.2.10', null],
  ['2001:db8::1', null],
  ['[2001:db8::1]', null],
  ['example.c0m.1', null],
  ['b\u00fccher.example', null],
  ['_dmarc.example.com', null],
  ['*.example.com', null],
  ['a..com', null],
  ['.com', null],
  ['.', null],
  ['', null],
  [`${'a.'.repeat(127)}com`, null],
];

for (const [name, domain] of NAMES) {
  test(`the registrable domain of ${JSON.stringify(name.slice(0, 40))} is ${domain}`, () => {
    assert.equal(registrableDomain(name), domain);
  });
}

test('the tables are those that the list gives', () => {
  const sources = tableSources();
  assert.equal(sources.length, STARTS.length + 1);
  for (const [file, source] of sources) assert.equal(readFileSync(file, 'utf8'), source);
});

test('a name is asked for in the piece of its top-level domain, and is nobody’s while that is not here', async () => {
  for (const [name, start] of [
    ['example.com', 'c'],
    ['mail.EXAMPLE.DE.', 'd'],
    ['example.test', 's'],
    ['xn--bcher-kva.xn--p1ai', 's'],
    ['example.biz', 'a'],
  ]) {
    assert.equal(pieceOf(name), start, name);
  }
  assert.deepEqual(missingPieces(['example.com', 'example.de']), []);
  const { c } = PIECES;
  const fresh = await import('../../../web/input/public-suffix.js?pieces');
  PIECES.c = null;
  try {
    assert.deepEqual(fresh.missingPieces(['a.com', 'b.com', 'a.de', '192.0.2.1', 'nonsense']), [
      'c',
    ]);
    assert.equal(fresh.registrableDomain('mail.example.com'), null);
    assert.equal(fresh.registrableDomain('mail.example.de'), 'example.de');
    fresh.addPiece('c', c);
    assert.deepEqual(fresh.missingPieces(['a.com']), []);
    assert.equal(fresh.registrableDomain('mail.example.com'), 'example.com');
    assert.equal(fresh.registrableDomain('anna.uk.com'), 'anna.uk.com');
  } finally {
    PIECES.c = c;
  }
});

/** Names about each rule of the list: the suffix, one label more, two and three. */
const ABOUT = [...RULES, ...EXCEPTIONS].flatMap((rule) => {
  const suffix = rule.replace(/\*/g, 'any');
  return [suffix, `a.${suffix}`, `b.a.${suffix}`, `c.b.a.${suffix}`, suffix.replace(/^[^.]+/, 'q')];
});

test('nothing that the list calls two owners’ is taken for one’s', () => {
  assert.ok(ABOUT.length > 40_000, ABOUT.length);
  const open = ABOUT.filter((name) => {
    const ours = registrableDomain(name);
    const theirs = exactly(name) ?? name;
    return ours !== null && ours !== theirs && !ours.endsWith(`.${theirs}`);
  });
  assert.deepEqual(open, []);
});

test('where the table says less than the list, it says so: the name has a mixed parent', () => {
  const tops = ['aero', 'app', 'aws', 'cloud', 'dev', 'io', 'it', 'no', 'pl', 'ua', 'us', 'vn'];
  const mixed = Object.values(PIECES)
    .flatMap(({ MIXED }) => MIXED.trim().split('\n'))
    .filter(Boolean)
    .map((line) => line.split(' '));
  assert.deepEqual(mixed.filter(([, ...rest]) => rest.length === 0).flat(), tops);
  const parents = mixed.flatMap(([top, ...rest]) => rest.map((name) => `${name}.${top}`));
  for (const name of ABOUT) {
    if (registrableDomain(name) === exactly(name)) continue;
    if (EXCEPTIONS.some((one) => sameDomain(name, one))) continue;
    assert.equal(registrableDomain(name), [...parents, ...tops].includes(name) ? null : name);
    assert.ok(
      [...tops, ...parents].some((parent) => sameDomain(name, parent)),
      name,
    );
  }
});

test('every provider’s domains are somebody’s, and most by the very name that the list gives', () => {
  const names = PROVIDERS.flatMap(({ domains, mx }) => [...domains, ...mx]);
  assert.ok(names.length > 100, names.length);
  const narrower = names.filter((name) => registrableDomain(name) !== exactly(name));
  assert.deepEqual([...new Set(narrower)], ['poczta.onet.pl']);
  assert.ok(narrower.every((name) => registrableDomain(name) === name));
});
