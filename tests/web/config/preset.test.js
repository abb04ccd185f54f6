import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { PRESET_ID, presetFile, readPreset, readPresetFile } from '../../../web/config/preset.js';
import { tables } from '../fixtures/tables.js';

const { services } = tables;
const folder = new URL('../../../web/presets/', import.meta.url);

const FULL = {
  name: 'Northwind Mail',
  imap: [{ host: 'IMAP.example.test', port: 993, security: 'implicit-tls' }, 'mail.example.test'],
  smtp: [{ host: 'smtp.example.test', port: 587 }, { host: 'mail.example.test' }],
  pop3: [{ host: 'pop.example.test', security: 'starttls' }],
  domains: ['Example.test', 'b\u00fcro.example'],
  mx: ['mx.example.test'],
  username: 'local-part',
  links: { support: 'https://help.example.test/contact', help: 'https://help.example.test' },
  colours: { accent: '#3d2e6b' },
};

test('nothing is no preset', () => {
  for (const nothing of [null, undefined, '']) assert.equal(readPreset(nothing, services), null);
});

test('a preset is a provider, a server, or lists of servers', () => {
  assert.deepEqual(readPreset('google', services).imap, ['imap.gmail.com']);
  assert.deepEqual(readPreset('mail.example.test', services).smtp, ['mail.example.test']);
  const { imap, pop3, smtp, name, links, colours } = readPreset(
    '{"imap":["IMAP.example.test"]}',
    services,
  );
  assert.deepEqual([imap, pop3, smtp], [['imap.example.test'], [], []]);
  assert.deepEqual([name, links, colours], ['', [], []]);
  assert.ok(readPreset('google', services).domains.includes('gmail.com'));
  assert.equal(readPreset('mail.example.test', services).domains, null);
});

test('a preset may say how light it is, and need not', () => {
  assert.equal(readPreset({ 'color-scheme': 'dark' }).colorScheme, 'dark');
  assert.equal(readPreset({}).colorScheme, null);
  assert.equal(readPreset('google').colorScheme, null);
});

test('an object may name ports, user name, links and colours', () => {
  const preset = readPreset(FULL, services);
  assert.equal(preset.name, 'Northwind Mail');
  assert.deepEqual(preset.imap, ['imap.example.test', 'mail.example.test']);
  assert.deepEqual(preset.preferred, [
    { host: 'imap.example.test', service: 'imaps' },
    { host: 'pop.example.test', service: 'pop3' },
    { host: 'smtp.example.test', service: 'submission' },
  ]);
  assert.deepEqual(preset.domains, ['example.test', 'xn--bro-hoa.example']);
  assert.deepEqual(preset.mx, ['mx.example.test']);
  assert.equal(preset.username, 'local-part');
  assert.deepEqual(preset.links, [
    { kind: 'help', url: 'https://help.example.test/' },
    { kind: 'support', url: 'https://help.example.test/contact' },
  ]);
  assert.deepEqual(preset.colours, [{ name: 'accent', light: '#3d2e6b', dark: '#3d2e6b' }]);
  assert.deepEqual(readPresetFile(JSON.stringify(FULL), services), preset);
});

test('an id that no known provider has names a file beside the script', () => {
  assert.equal(presetFile(' demo '), 'demo');
  for (const other of [
    'google',
    'mail.example.test',
    '{}',
    '',
    null,
    { name: 'x' },
    '../../demo',
  ]) {
    assert.equal(presetFile(other), null);
  }
  for (const bad of ['a/b', '..', 'A', '-a', 'a-', 'a'.repeat(65), 'a.json', 'a\n', '%2e']) {
    assert.ok(!PRESET_ID.test(bad), JSON.stringify(bad));
  }
});

test('the presets that ship can be read', () => {
  const files = readdirSync(folder);
  assert.ok(files.length > 0);
  for (const file of files) {
    const preset = readPresetFile(readFileSync(new URL(file, folder), 'utf8'), services);
    assert.ok(preset.name, file);
  }
});

for (const [value, message] of [
  ['nobody', /^Error: preset: no provider has the id "nobody"$/],
  ['{"imap":', /preset: /],
  [`{"name":"${'x'.repeat(30_000)}`, /longer than 20000/],
  ['[]', /no provider has the id/],
  [[], /expected an id/],
  [7, /expected an id/],
  [{ imaps: [] }, /unknown key "imaps"; there are imap, /],
  [{ domains: 'example.test' }, /preset\.domains: expected a list/],
  [{ domains: ['co.uk'] }, /preset\.domains: "co\.uk" is not a domain of one owner/],
  [{ mx: ['com'] }, /preset\.mx: "com" is not/],
  [{ mx: [7] }, /preset\.mx: 7 is not/],
  [{ domains: ['a@b.test'] }, /preset\.domains: "a@b\.test" is not/],
  [{ mx: Array(21).fill('a.test') }, /preset\.mx: more than 20/],
  [{ imap: 'x.test' }, /preset\.imap: expected a list/],
  [{ imap: ['not a name'] }, /preset\.imap: "not a name" is not a server name/],
  [{ imap: [7] }, /preset\.imap: 7 is not/],
  [{ imap: [null] }, /preset\.imap: null is not/],
  [{ imap: Array(5).fill('a.test') }, /more than 4 servers/],
  [{ imap: [{ host: 'localhost' }] }, /preset\.imap\[0\]\.host: "localhost"/],
  [{ imap: [{ host: 'a.test', tls: 1 }] }, /preset\.imap\[0\]: unknown key "tls"/],
  [
    { imap: [{ host: 'a.test', port: 994 }] },
    /preset\.imap\[0\]: 994 is not 993 with implicit-tls or 143 with starttls/,
  ],
  [{ imap: [{ host: 'a.test', port: '993' }] }, /preset\.imap\[0\]: "993" is not/],
  [
    { imap: [{ host: 'a.test', port: 993, security: 'starttls' }] },
    /993 with "starttls" is not 993 with implicit-tls/,
  ],
  [{ smtp: [{ host: 'a.test', port: 25 }] }, /preset\.smtp\[0\]: 25 is not 465 /],
  [{ name: 7 }, /preset\.name/],
  [{ name: 'x'.repeat(61) }, /preset\.name: expected a text of at most 60/],
  [{ username: 'email' }, /preset\.username: "email" is none of address, local-part/],
  [{ links: [] }, /preset\.links: expected an object/],
  [{ links: { shop: 'https://a.test' } }, /preset\.links: unknown key "shop"/],
  [{ links: { help: 'http://a.test' } }, /preset\.links\.help: "http:\/\/a\.test" is not an https/],
  [{ links: { help: 'javascript:alert(1)' } }, /is not an https: URL/],
  [{ links: { help: 'data:text/html,x' } }, /is not an https: URL/],
  [{ links: { help: '//a.test' } }, /is not an https: URL/],
  [{ links: { help: 'https://user:secret@a.test' } }, /is not an https: URL/],
  [{ links: { help: `https://a.test/${'x'.repeat(2000)}` } }, /xxx… is not an https: URL/],
  [{ links: { help: ['https://a.test'] } }, /is not an https: URL/],
  [{ 'color-scheme': 'auto' }, /preset\.color-scheme: "auto" is none of light, dark/],
  [{ 'color-scheme': ['dark'] }, /preset\.color-scheme: /],
  [{ colours: 'red' }, /preset\.colours: expected an object/],
]) {
  test(`${JSON.stringify(value).slice(0, 60)} is a mistake that is named`, () => {
    assert.throws(() => readPreset(value, services), message);
  });
}

test('a key of Object is no provider, and no key of a preset', () => {
  assert.throws(() => readPreset('{"__proto__": {}}', services), /unknown key "__proto__"/);
  assert.throws(() => readPreset({ constructor: 1 }, services), /unknown key "constructor"/);
  assert.equal(presetFile('constructor'), 'constructor');
});

test('a provider may be written to by its own form, or be told by an event', () => {
  assert.equal(readPreset({}).contact, null);
  assert.equal(readPreset({ contact: 'event' }).contact, 'event');
  const form = 'https://help.example.test/new?s={subject}&d={message}#form';
  assert.equal(readPreset({ contact: form }).contact, form);
  assert.equal(
    readPreset({ contact: 'https://help.example.test' }).contact,
    'https://help.example.test',
  );
  for (const wrong of [
    'http://help.example.test',
    'javascript:alert(1)//?{message}',
    'mailto:help@example.test?body={message}',
    'https://{subject}.example.test/',
    'https://help.example.test/{message}',
    'https://help.example.test/?a={address}',
    'events',
    {},
    7,
  ]) {
    assert.throws(() => readPreset({ contact: wrong }), /preset\.contact/, String(wrong));
  }
});
