import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readError } from '../../../web/input/error-message.js';
import {
  concludeErrorMessage,
  concludeSignIn,
} from '../../../web/verdict/error-message-verdict.js';
import { attempt, outcome, rowsOf } from '../fixtures/outcomes.js';
import { tables } from '../fixtures/tables.js';

const conclude = (text, rows, appSettings = []) =>
  concludeErrorMessage({ reading: readError(text, tables.services), rows, appSettings });
const ports = (entries) => entries.map(({ port }) => port);

test('confirmed: the same was met, with its port and its server', () => {
  const rows = rowsOf({
    submission: outcome('submission', [attempt('submission', ['starttls-not-offered'])]),
    smtp: outcome('smtp', [attempt('smtp', ['starttls-not-offered'])]),
  });
  const { outcome: result, shown } = conclude('The server does not support STARTTLS', rows);
  assert.equal(result, 'confirmed');
  assert.deepEqual(ports(shown), [587]);
  assert.equal(shown[0].finding.id, 'starttls-not-offered');
  assert.equal(shown[0].server, 'mail.example.test');
});

test('refuted: it looked, and did not meet it', () => {
  const { outcome: result, tested } = conclude('Connection refused on port 587', rowsOf());
  assert.equal(result, 'refuted');
  assert.deepEqual(ports(tested), [587]);
  assert.deepEqual(ports(conclude('SMTP: Connection refused', rowsOf()).tested), [465, 587]);
});

test('untestable: passwords, and what our side could not do', () => {
  assert.equal(conclude('AUTHENTICATE failed', rowsOf()).outcome, 'untestable');
  assert.equal(conclude('0x8004010F', rowsOf()).outcome, 'untestable');
  const ours = Object.fromEntries(
    ['submission', 'submissions'].map((name) => [
      name,
      outcome(name, [attempt(name, ['bridge-unreachable'])]),
    ]),
  );
  assert.equal(conclude('SMTP: Connection refused', rowsOf(ours)).outcome, 'untestable');
  assert.equal(
    conclude('530 5.7.0 Must issue a STARTTLS command first', rowsOf()).outcome,
    'untestable',
  );
});

test('a sign-in tells of a message about passwords whether it is so', () => {
  const tried = (side, port, id) => ({
    side,
    setting: { server: 'a.test', port },
    finding: { id, args: {} },
  });
  const say = (text, ...list) => concludeSignIn(readError(text, tables.services), list);
  const refused = tried('incoming', 993, 'sign-in-app-password');
  const message = 'NO AUTHENTICATE failed';
  const met = say(message, refused);
  assert.equal(met.outcome, 'confirmed');
  assert.deepEqual(met.shown, [
    { port: 993, server: 'a.test', direction: 'receive', finding: refused.finding },
  ]);
  const right = [tried('incoming', 993, 'sign-in-ok'), tried('outgoing', 465, 'sign-in-ok')];
  assert.equal(say(message, ...right).outcome, 'refuted');
  // A message about sending is held against sending, where that was tried.
  const half = [right[0], tried('outgoing', 465, 'sign-in-service-off')];
  assert.deepEqual(ports(say('535 5.7.8 Authentication failed', ...half).shown), [465]);
  assert.deepEqual(ports(say('535 5.7.8 Authentication failed', refused).shown), [993]);
  // What kept it from being tried, and messages about something else, are told nothing.
  assert.equal(say(message, tried('incoming', 993, 'sign-in-withheld')), null);
  assert.equal(say(message, tried('incoming', 993, 'connect-timeout')), null);
  assert.equal(say('SMTP: Connection refused', refused), null);
  assert.equal(say(message), null);
});

test('unknown: said as it is', () => {
  assert.equal(conclude('Der Drache hat die Post gefressen', rowsOf()).outcome, 'unknown');
});

test('port 25 counts only where the message, or the reader, names it', () => {
  const rows = rowsOf({ smtp: outcome('smtp', [attempt('smtp', ['connect-timeout'])]) });
  assert.equal(conclude('SMTP: Connection timed out', rows).outcome, 'refuted');
  const named = conclude('connect to mail.example.test:25: Connection timed out', rows);
  assert.equal(named.outcome, 'confirmed');
  assert.equal(named.shown[0].finding.id, 'port-25-blocked');
});

test('what the reader typed speaks for its side', () => {
  const settings = {
    side: 'outgoing',
    server: 'smtp.example.test',
    port: 465,
    outcome: 'wrong',
    findings: [{ id: 'tls-expected', args: {} }],
  };
  const { outcome: result, shown } = conclude('The server does not support STARTTLS', rowsOf(), [
    settings,
  ]);
  assert.equal(result, 'confirmed');
  assert.deepEqual(ports(shown), [465]);
  const right = { ...settings, outcome: 'right', findings: [] };
  assert.equal(conclude('SMTP: Connection refused', rowsOf(), [right]).outcome, 'refuted');
  const open = { ...settings, port: 587, outcome: 'unsafe', findings: [] };
  const clear = conclude('530 5.7.0 Must issue a STARTTLS command first', rowsOf(), [open]);
  assert.equal(clear.outcome, 'confirmed');
  assert.equal(clear.shown[0].finding.id, 'security-none');
});

test('a message that names a server is held against that server alone', () => {
  const elsewhere = outcome('imaps', [
    { ...attempt('imaps', ['connect-refused']), host: 'imap.other.test' },
  ]);
  const rows = rowsOf({ imaps: elsewhere });
  assert.equal(conclude('imap.other.test: connection refused', rows).outcome, 'confirmed');
  assert.equal(conclude('imap.example.test: connection refused', rows).outcome, 'confirmed');
  assert.equal(conclude('mail.example.test imap: connection refused', rows).outcome, 'refuted');
});

test('a port that nobody typed speaks for no side', () => {
  const guessed = {
    side: 'incoming',
    server: 'mail.example.test',
    port: 993,
    portTyped: false,
    outcome: 'right',
    findings: [],
  };
  const rows = rowsOf({ imap: outcome('imap', [attempt('imap', ['starttls-not-offered'])]) });
  const text = 'mail.example.test: the IMAP server does not support STARTTLS';
  const { outcome: result, shown } = conclude(text, rows, [guessed]);
  assert.equal(result, 'confirmed');
  assert.deepEqual(ports(shown), [143]);
});
