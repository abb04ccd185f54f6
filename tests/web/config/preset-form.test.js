import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mistakesOf, presetOf } from '../../../web/config/preset-form.js';
import { readPreset } from '../../../web/config/preset.js';
import { tables } from '../fixtures/tables.js';

const { services } = tables;
const FULL = {
  name: ' Nordpost ',
  domains: 'nordpost.example\nnordpost.test, nord.example',
  mx: 'mx.nordpost.example',
  'imap[0].host': 'imap.nordpost.example',
  'imap[0].port': '993 implicit-tls',
  'imap[1].host': '',
  'imap[1].port': '',
  'smtp[0].host': '',
  'smtp[0].port': '',
  'smtp[1].host': 'smtp.nordpost.example',
  'smtp[1].port': '',
  username: 'address',
  'links.help': 'https://help.nordpost.example/mail',
  'links.app-passwords': '',
  'links.support': 'https://help.nordpost.example/contact',
  contact: 'event',
  'color-scheme': 'light',
  'colours.accent.light': '#3d2e6b',
  'colours.accent.dark': '#c3b4f5',
  'colours.on-accent.light': '#ffffff',
  'colours.on-accent.dark': '#1c1436',
};

test('the fields make a preset that can be read, and empty ones say nothing', () => {
  const preset = presetOf(FULL);
  assert.deepEqual(preset, {
    name: 'Nordpost',
    domains: ['nordpost.example', 'nordpost.test', 'nord.example'],
    mx: ['mx.nordpost.example'],
    imap: [{ host: 'imap.nordpost.example', port: 993, security: 'implicit-tls' }],
    smtp: [{ host: 'smtp.nordpost.example' }],
    links: {
      help: 'https://help.nordpost.example/mail',
      support: 'https://help.nordpost.example/contact',
    },
    username: 'address',
    contact: 'event',
    'color-scheme': 'light',
    colours: {
      accent: { light: '#3d2e6b', dark: '#c3b4f5' },
      'on-accent': { light: '#ffffff', dark: '#1c1436' },
    },
  });
  assert.equal(readPreset(JSON.stringify(preset), services).name, 'Nordpost');
  assert.deepEqual(presetOf({}), {});
  assert.deepEqual(mistakesOf({}, services), []);
  const empty = Object.fromEntries(Object.keys(FULL).map((key) => [key, ' ']));
  assert.deepEqual(presetOf(empty), {});
});

test('a colour of one value is one, also where it is given twice', () => {
  const { colours } = presetOf({
    'colours.accent.light': '#123456',
    'colours.accent.dark': '#123456',
  });
  assert.deepEqual(colours, { accent: '#123456' });
});

test('every mistake is told, by the key of its field', () => {
  const bad = {
    ...FULL,
    domains: 'co.uk',
    'imap[0].host': 'imap.nordpost.example',
    'imap[1].host': 'not a host',
    'smtp[0].port': '465 implicit-tls',
    'links.help': 'javascript:alert(1)',
    'links.support': 'http://help.example',
    contact: 'https://help.example/{message}',
    'colours.accent.dark': 'url(x)',
  };
  const found = mistakesOf(bad, services);
  assert.deepEqual(
    found.map(({ key }) => key),
    [
      'domains',
      'imap[1].host',
      'smtp[0].host',
      'links.help',
      'links.support',
      'contact',
      'colours.accent.dark',
    ],
  );
  for (const { key, message } of found) assert.ok(message.startsWith(`preset.${key}: `), message);
});

test('text that could not be read on its colour is a mistake of the text', () => {
  const [one, ...more] = mistakesOf(
    { 'colours.accent.light': '#ffffff', 'colours.on-accent.light': '#eeeeee' },
    services,
  );
  assert.deepEqual([one.key, more], ['colours.on-accent', []]);
});

test('what is only as a whole too much is a mistake of the whole', () => {
  const long = 'x'.repeat(60);
  const names = (most) =>
    Array.from({ length: most }, (_, index) => `${long}${index}.example`).join(' ');
  const [one] = mistakesOf({ domains: names(290), mx: names(19) }, services);
  assert.deepEqual([one.key, /longer than/.test(one.message)], ['', true]);
});
