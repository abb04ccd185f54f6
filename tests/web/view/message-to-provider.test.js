import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createWords } from '../../../web/i18n/words.js';
import {
  mailtoLink,
  messageToProvider,
  ticketLink,
} from '../../../web/view/message-to-provider.js';
import { problems } from '../../../web/verdict/problems.js';
import { attempt, outcome, rowsOf } from '../fixtures/outcomes.js';
import { locale, tables } from '../fixtures/tables.js';

const german = JSON.parse(
  readFileSync(new URL('../../../web/locales/de.json', import.meta.url), 'utf8'),
);
const EXPIRED = {
  id: 'certificate-expired',
  args: { not_after: '2030-01-31T00:00:00Z', host: 'mail.example.test' },
};
const found = problems(
  rowsOf({
    imaps: outcome('imaps', [attempt('imaps', [EXPIRED])]),
    imap: outcome('imap', [attempt('imap', [EXPIRED])]),
    pop3s: outcome('pop3s', [attempt('pop3s', [EXPIRED])]),
    pop3: outcome('pop3', [attempt('pop3', [EXPIRED])]),
  }),
  tables,
);
const problem = found.find(({ id }) => id === 'certificate-expired');
const write = (more = {}, words = createWords(locale)) =>
  messageToProvider({
    problem,
    task: 'certificate',
    target: 'bücher.test',
    started: '2030-02-03T14:05:06.789Z',
    place: 'Frankfurt',
    link: 'https://check.example/?address=example.test',
    words,
    ...more,
  });

test('the message says what fails, where, since when, and what would help', () => {
  const { subject, body } = write();
  assert.match(subject, /^bücher\.test: .*expired/);
  assert.ok(!subject.includes('\n'));
  for (const part of [
    'bücher.test',
    'mail.example.test, 993 (IMAP)',
    'mail.example.test, 110 (POP3)',
    'January 31, 2030',
    '2030-02-03 14:05 UTC',
    'Frankfurt',
    'certificate-expired',
    'Get a good certificate',
    'https://check.example/?address=example.test',
  ]) {
    assert.ok(body.includes(part), part);
  }
});

test('it is in the language of the reader', () => {
  const { subject, body } = write({}, createWords(german, 'de'));
  assert.match(subject, /abgelaufen/);
  assert.match(body, /Guten Tag/);
  assert.match(body, /31\. Januar 2030/);
});

test('a link that writes mail has the whole message, as mail wants it', () => {
  const url = new URL(mailtoLink(write()));
  assert.equal(url.protocol, 'mailto:');
  assert.equal(url.pathname, '', 'to nobody: whose address it is we do not know');
  assert.equal(url.searchParams.get('subject'), write().subject);
  assert.equal(url.searchParams.get('body'), write().body.replaceAll('\n', '\r\n'));
});

test('a form of the embedder gets it where its URL has a place for it', () => {
  const message = { subject: 'a & b', body: 'first\nsecond #1' };
  assert.equal(
    ticketLink('https://help.example/new?s={subject}&d={message}', message),
    'https://help.example/new?s=a%20%26%20b&d=first%0D%0Asecond%20%231',
  );
  assert.equal(ticketLink('https://help.example/new', message), 'https://help.example/new');
  const url = new URL(
    ticketLink('https://help.example/?d={message}', { subject: '', body: '&x=1' }),
  );
  assert.deepEqual([...url.searchParams], [['d', '&x=1']], 'and cannot add a parameter');
});

test('what a server said does not make it endless, nor a link too long', () => {
  const long = { ...problem, args: { ...problem.args, host: ['ä'.repeat(200), '😀'.repeat(300)] } };
  const rows = Array.from({ length: 30 }, (_, at) => ({
    server: `${'x'.repeat(60)}${at}.test`,
    port: 993,
    service: { protocol: 'imap' },
  }));
  const message = write({ problem: { ...long, rows }, words: createWords(locale) });
  assert.ok(message.body.length < 2500, String(message.body.length));
  const link = mailtoLink({ ...message, body: '😀'.repeat(2000) });
  assert.ok(link.length <= 1900);
  decodeURIComponent(link);
});
