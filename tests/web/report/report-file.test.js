import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  FILE_LIMIT_BYTES,
  ReportFileError,
  readReportFile,
} from '../../../web/report/report-file.js';
import { createWords } from '../../../web/i18n/words.js';
import { savedReport } from '../fixtures/saved.js';
import { locale, tables } from '../fixtures/tables.js';

const words = createWords(locale);
const read = (text) => readReportFile(text, tables);

/** The report with this change, read; what is wrong with it, or null. */
function mistake(change) {
  const raw = savedReport();
  return mistakeIn(JSON.stringify(change(raw) ?? raw));
}

function mistakeIn(text) {
  try {
    read(text);
    return null;
  } catch (error) {
    assert.ok(error instanceof ReportFileError, error.stack);
    return error;
  }
}

test('what the page writes, it reads', () => {
  const raw = savedReport();
  const report = read(JSON.stringify(raw));
  assert.equal(report.domain, 'example.test');
  assert.deepEqual(
    report.vantages[0].rows.map(({ port }) => port),
    tables.services.map(({ port }) => port),
  );
  assert.deepEqual(report.settings, raw.settings);
});

test('a report from before there were times and typed values is read, too', () => {
  const report = read(
    JSON.stringify({ ...savedReport(), ms: undefined, typed: undefined, pasted: null, host: null }),
  );
  assert.equal(report.ms, null);
  assert.deepEqual(report.typed, []);
});

for (const [text, id] of [
  ['', 'not-json'],
  ['{"version":1,', 'not-json'],
  ['<html>', 'not-json'],
  ['null', 'not-a-report'],
  ['[]', 'not-a-report'],
  ['{}', 'not-a-report'],
  ['"version"', 'not-a-report'],
  ['{"version":2}', 'version'],
  ['{"version":"1"}', 'version'],
  ['{"version":1}', 'field'],
  [`${'['.repeat(200_000)}`, 'not-json'],
  [`{"version":1,"domain":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'field'],
  [' '.repeat(FILE_LIMIT_BYTES + 1), 'too-large'],
]) {
  test(`a file of ${text.length} characters, ${text.slice(0, 20)}: ${id}`, () => {
    assert.equal(mistakeIn(text).id, id);
  });
}

/** The row of port 993. */
const imaps = 3;
const CHANGES = {
  'report.domain': (raw) => void (raw.domain = 'anna@example.test'),
  'report.host': (raw) => void (raw.host = 'javascript:alert(1)'),
  'report.started': (raw) => void (raw.started = 'yesterday'),
  'report.ms': (raw) => void (raw.ms = -1),
  'report.vantages': (raw) => void (raw.vantages = []),
  'report.vantages[0].rows': (raw) => void raw.vantages[0].rows.pop(),
  'report.vantages[0].rows[3].status': (raw) => void (raw.vantages[0].rows[imaps].status = 'fine'),
  'report.vantages[0].rows[3].port': (raw) => void (raw.vantages[0].rows[imaps].port = 80),
  'report.vantages[0].rows[3].findings': (raw) => void (raw.vantages[0].rows[imaps].findings = {}),
  'report.vantages[0].rows[3].findings[0].id': (raw) =>
    void (raw.vantages[0].rows[imaps].findings = [{ id: 'constructor', args: {} }]),
  'report.vantages[0].rows[3].findings[0].args': (raw) =>
    void (raw.vantages[0].rows[imaps].findings = [{ id: 'connect-refused', args: [] }]),
  'report.vantages[0].probes': (raw) =>
    void (raw.vantages[0].probes = Array(500).fill(raw.vantages[0].probes[0])),
  'report.vantages[0].probes[0].target.mode': (raw) =>
    void (raw.vantages[0].probes[0].target.mode = 'toString'),
  'report.vantages[0].probes[0].phases[0].phase': (raw) =>
    void (raw.vantages[0].probes[0].phases[0].phase = '__proto__'),
  'report.vantages[0].probes[0].greeting': (raw) =>
    void (raw.vantages[0].probes[0].greeting = 'x'.repeat(30_000)),
  'report.vantages[0].probes[0].transcript[0].from': (raw) =>
    void (raw.vantages[0].probes[0].transcript[0].from = '<b>'),
  'report.vantages[0].probes[0].versions': (raw) =>
    void (raw.vantages[0].probes[0].versions = 'all'),
  'report.settings': (raw) => void delete raw.settings,
  'report.settings.incoming.server': (raw) =>
    void (raw.settings.incoming.server = '"><img src=x onerror=alert(1)>'),
  'report.settings.incoming.source': (raw) =>
    void (raw.settings.incoming.source = 'hasOwnProperty'),
  'report.settings.incoming.security': (raw) => void (raw.settings.incoming.security = 'none'),
  'report.pasted.cause': (raw) =>
    void (raw.pasted = { cause: 'constructor', outcome: 'confirmed', shown: [], tested: [] }),
  'report.typed[0].values[0].typed': (raw) =>
    void (raw.typed = [
      { ...TYPED, values: [{ name: 'security', typed: 'toString', mark: 'right', use: null }] },
    ]),
};
const TYPED = {
  side: 'incoming',
  protocol: 'imap',
  server: 'imap.example.test',
  port: 993,
  security: 'ssl',
  outcome: 'right',
  findings: [],
};
for (const [path, change] of Object.entries(CHANGES)) {
  test(`what is wrong at ${path} is named`, () => {
    const error = mistake(change);
    assert.equal(error?.id, 'field');
    assert.ok(error.args.path.startsWith(path), error.args.path);
    const expected = words.say(`saved.expected.${error.args.expected}`, error.args);
    const said = words.say('saved.errors.field', { ...error.args, expected });
    assert.doesNotMatch(said, /[{}]?\{\w+\}/);
    assert.ok(said.length < 700, said);
  });
}

test('what is not named is left out, and no name reaches a prototype', () => {
  const raw = savedReport();
  const [row] = raw.vantages[0].rows;
  row.findings = [
    {
      id: 'connect-refused',
      args: { host: 'a.test', ports: 'abc', relay: 'yes', deep: { er: 1 } },
    },
  ];
  const text = JSON.stringify({ ...raw, extra: '<script>' })
    .replace('"host":"a.test"', '"__proto__":{"polluted":1},"constructor":"x","host":"a.test"')
    .replace('"version":1', '"version":1,"__proto__":{"polluted":1}');
  const report = read(text);
  assert.equal(report.extra, undefined);
  assert.deepEqual(report.vantages[0].rows[0].findings[0].args, {
    constructor: 'x',
    host: 'a.test',
  });
  assert.equal({}.polluted, undefined);
  assert.equal(report.polluted, undefined);
});

test('every kind of mistake has words', () => {
  for (const id of [
    'too-large',
    'unreadable',
    'many',
    'not-json',
    'not-a-report',
    'version',
    'field',
  ]) {
    assert.ok(locale.saved.errors[id], id);
  }
});
