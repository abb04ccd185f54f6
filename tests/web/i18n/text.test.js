import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withAddress } from '../../../web/input/address-in-url.js';
import { shareable } from '../../../web/input/address.js';
import { permalink } from '../../../web/input/permalink.js';
import { portsTable } from '../../../web/site/ports-table.js';
import { reportText, transcriptText } from '../../../web/view/plain-text.js';
import { settingsText } from '../../../web/view/settings-text.js';
import { clip, ownerOf, visible } from '../../../web/i18n/text.js';
import { createWords } from '../../../web/i18n/words.js';
import { reportOf } from '../fixtures/reports.js';
import { locale, service, tables } from '../fixtures/tables.js';

const words = createWords(locale);

test('control characters are visible, letters of all scripts stay', () => {
  assert.equal(visible('a\u0000\u001b\u007f'), 'a\u2400\u241b\u2421');
  assert.equal(visible('\u202etxt\u200b\u0085'), '\\u202etxt\\u200b\\u0085');
  assert.equal(
    visible('gr\u00fc\u00dfe \u05e9\u05dc\u05d5\u05dd'),
    'gr\u00fc\u00dfe \u05e9\u05dc\u05d5\u05dd',
  );
});

test('long text is cut between characters', () => {
  assert.equal(clip('\u{1F4E7}\u{1F4E7}\u{1F4E7}', 2), '\u{1F4E7}\u2026');
  assert.equal(clip('abc', 3), 'abc');
});

test('the table before any script has the seven rows of the table of services', () => {
  const html = portsTable(tables.services, words);
  const ports = [...html.matchAll(/<tr role="row" data-port="(\d+)">/g)].map(([, port]) =>
    Number(port),
  );
  assert.deepEqual(
    ports,
    tables.services.map(({ port }) => port),
  );
  assert.match(html, /<caption/);
  const odd = portsTable([{ ...service('imaps'), protocol: '<i>&"' }], words);
  assert.match(odd, /&lt;I&gt;&amp;&quot;/);
});

test('the page\u2019s URL holds a domain or a server, and never what is before the @', () => {
  assert.equal(shareable('anna@example.test'), 'example.test');
  assert.equal(shareable('imap.example.test'), 'imap.example.test');
  assert.equal(shareable('anna'), '');
  assert.equal(
    withAddress('https://x.test/?a=1&address=anna%40example.test', 'example.test'),
    'https://x.test/?a=1&address=example.test',
  );
  assert.equal(withAddress('https://x.test/?address=anna', shareable('anna')), 'https://x.test/');
});

test('a link to be passed on leads to the full page, and names the domain alone', () => {
  const base = 'https://check.example/tools/mail-port-check.js';
  assert.equal(
    permalink(base, 'anna@example.test'),
    'https://check.example/tools/?address=example.test',
  );
  assert.equal(
    permalink(base, 'anna@example.test', { preset: 'nordpost', lang: 'de', 'color-scheme': null }),
    'https://check.example/tools/?address=example.test&preset=nordpost&lang=de',
  );
});

const setting = {
  service: 'imaps',
  protocol: 'imap',
  server: 'imap.example.test',
  port: 993,
  security: 'ssl',
  authentication: 'password',
  vouched: 'domain',
};

test('settings as text, and what could not be proved', () => {
  const text = settingsText(
    { settings: { incoming: setting, outgoing: null }, app: 'thunderbird' },
    words,
  );
  assert.match(text, /Hostname: imap\.example\.test\nPort: 993/);
  assert.match(text, /Outgoing mail\nNot confirmed/);
});

test('a report as text holds results, problems and transcripts, controls made visible', () => {
  const report = { ...reportOf({}), transcript: [{ t: 3.2, from: 'S', text: '* OK \u0007hi' }] };
  assert.equal(transcriptText(report), '     3 S * OK \u2407hi');
  const text = reportText(
    {
      report: { started: '2026-01-01T00:00:00Z' },
      rows: [
        {
          port: 993,
          service: service('imaps'),
          status: 'broken',
          server: 'imap.example.test',
          findings: [{ id: 'certificate-expired', args: {} }],
          attempts: [{ host: 'imap.example.test', address: '192.0.2.1', report }],
        },
      ],
      problems: [{ id: 'certificate-expired', args: { host: 'imap.example.test' } }],
      vantage: { name: 'Frankfurt', local: false },
      settings: { incoming: null, outgoing: null },
      app: 'other',
      target: 'example.test',
    },
    words,
  );
  assert.match(text, /Tested from: Frankfurt/);
  assert.match(text, /993 IMAP \| Broken \| imap\.example\.test \| certificate-expired/);
  assert.match(text, /Cause: /);
  assert.match(text, /\u2407hi/);
});

test('a distinguished name is called as people call its owner', () => {
  assert.equal(ownerOf("CN=R11, O=Let's Encrypt, C=US"), "R11 (Let's Encrypt)");
  assert.equal(ownerOf('CN=GlobalSign Root CA, O=GlobalSign, C=BE'), 'GlobalSign Root CA');
  assert.equal(ownerOf('O=Big\\, Co., C=US'), 'Big, Co.');
  assert.equal(ownerOf('CN=a\\, O=b'), 'a, O=b');
  assert.equal(ownerOf('C=US'), 'C=US');
  assert.equal(ownerOf('nothing of the kind'), 'nothing of the kind');
  assert.equal(ownerOf(''), '');
  // No pattern goes back over what it has read.
  for (const long of ['A='.repeat(50_000), 'A'.repeat(100_000), ', '.repeat(50_000)]) {
    const before = process.cpuUsage();
    ownerOf(long);
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 1_000_000);
  }
  assert.equal(ownerOf('\\'.repeat(100_001)).length, 100_001);
});
