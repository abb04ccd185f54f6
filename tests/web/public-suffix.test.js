import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PROVIDERS } from '../../web/providers.js';
import { registrableDomain } from '../../web/public-suffix.js';
import { EXCEPTIONS, exactly, RULES, tableSource, TABLE } from './public-suffix-list.js';
import { tables } from './tables.js';

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
  ['firma.oslo.no', 'firma.oslo.no'],
  ['oslo.no', null],
  ['mail.example.no', 'example.no'],
  ['mail.bristol.gov.uk', 'bristol.gov.uk'],
  ['example.ck', null],
  ['mail.anna.example.ck', 'anna.example.ck'],
  // The suffixes below Tokyo are its wards; all its names count as such.
  ['mail.firma.adachi.tokyo.jp', 'firma.adachi.tokyo.jp'],
  ['tokyo.jp', null],
  ['example.jp', 'example.jp'],
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

test('the table is the one that the list gives', () => {
  assert.equal(readFileSync(TABLE, 'utf8'), tableSource());
});

/** Names about each rule of the list: the suffix, one label more, two and three. */
const ABOUT = [...RULES, ...EXCEPTIONS].flatMap((rule) => {
  const suffix = rule.replace(/\*/g, 'any');
  return [suffix, `a.${suffix}`, `b.a.${suffix}`, `c.b.a.${suffix}`, suffix.replace(/^[^.]+/, 'q')];
});

test('nothing that the list calls two owners’ is taken for one’s', () => {
  const open = ABOUT.filter((name) => {
    const ours = registrableDomain(name);
    const theirs = exactly(name);
    return ours !== null && (theirs === null || !`.${ours}`.endsWith(`.${theirs}`));
  });
  assert.ok(ABOUT.length > 40_000, ABOUT.length);
  assert.deepEqual(open, []);
});

test('the table takes too much for a suffix only below these', () => {
  const parents = new Set();
  for (const name of ABOUT) {
    if (registrableDomain(name) === exactly(name)) continue;
    parents.add(name.split('.').slice(-2).join('.'));
  }
  const cities = ['kawasaki', 'kitakyushu', 'kobe', 'nagoya', 'sapporo', 'sendai', 'yokohama'];
  const ofHosts = [...parents].filter((parent) => !parent.endsWith('.jp'));
  assert.ok(cities.every((city) => parents.delete(`${city}.jp`)));
  assert.deepEqual(ofHosts.sort(), [
    'amazonaws.com',
    'amazoncognito.com',
    'amazonlightsail.com',
    'azurewebsites.net',
    'com.cn', // amazonaws.com.cn
    'crm.dev',
    'elasticbeanstalk.com',
    'int.apple',
    'leg.br',
    'on.aws',
    'sagemaker.aws',
    'scw.cloud',
    'www.ck',
  ]);
  // What is left are the prefectures of Japan.
  assert.ok(parents.size - ofHosts.length <= 47, [...parents].join(' '));
});

test('the domains of all providers are somebody’s, as the list says', () => {
  const names = PROVIDERS.flatMap(({ domains = [], mx = [] }) => [...domains, ...mx]);
  assert.ok(names.length > 100, names.length);
  for (const name of names) assert.equal(registrableDomain(name), exactly(name), name);
});
