import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readReportFile } from '../../../web/report/report-file.js';
import { buildReport } from '../../../web/report/report.js';
import { REPORT } from '../../../web/report/schema.js';
import { madeReport } from '../fixtures/saved.js';
import { tables } from '../fixtures/tables.js';

const namesOf = (shape) => (shape.of ? namesOf(shape.of) : Object.keys(shape.fields));
const { vantages, typed, pasted } = REPORT.fields;
const conclusion = {
  side: 'incoming',
  protocol: 'imap',
  server: 'imap.example.test',
  port: 993,
  security: 'ssl',
  portTyped: true,
  usual: [993, 143],
  relay: false,
  outcome: 'wrong',
  values: [{ name: 'security', typed: 'ssl', mark: 'wrong', use: 'starttls' }],
  use: { protocol: 'imap', server: 'imap.example.test', port: 143, security: 'starttls' },
  finding: null,
  findings: [],
};
const whole = () => {
  const { rows, settings } = madeReport();
  return buildReport({
    domain: 'example.test',
    host: null,
    started: '2026-03-04T14:02:00.000Z',
    ms: 10_400,
    vantages: [{ name: 'Frankfurt', local: false, rows, outcomes: rows }],
    settings,
    typed: [{ conclusion: { ...conclusion, secret: 'x' }, outcomes: [] }],
    pasted: {
      outcome: 'confirmed',
      shown: [
        { port: 993, server: 'imap.example.test', finding: { id: 'security-none', args: {} } },
      ],
      tested: [],
      reading: { message: { id: 'refused' }, cause: 'connect-refused' },
      quote: 'anna@example.test',
    },
  });
};

test('every field of the shape is written, in its order, and none besides', () => {
  const report = whole();
  assert.deepEqual(Object.keys(report), namesOf(REPORT));
  assert.deepEqual(Object.keys(report.vantages[0]), namesOf(vantages));
  assert.deepEqual(Object.keys(report.vantages[0].rows[0]), namesOf(vantages.of.fields.rows));
  assert.deepEqual(Object.keys(report.typed[0]), namesOf(typed));
  assert.deepEqual(Object.keys(report.pasted), namesOf(pasted));
  assert.deepEqual(
    report.vantages[0].rows.map(({ service }) => service),
    tables.services.map(({ name }) => name),
  );
});

test('what follows from the rest is written for other programs, and not read', () => {
  const report = whole();
  assert.deepEqual(report.typed[0].wrong, ['security']);
  assert.deepEqual(report.pasted.ports, [993]);
  const read = readReportFile(JSON.stringify(report), tables);
  assert.equal(read.typed[0].wrong, undefined);
  assert.equal(read.pasted.ports, undefined);
  assert.equal(read.vantages[0].rows[0].service, undefined);
  assert.deepEqual(read.typed[0].values, report.typed[0].values);
  assert.deepEqual(read.pasted.shown, report.pasted.shown);
});

test('a conversation is given away as the core reported it', () => {
  const [outcome] = [{ attempts: [{ report: { version: 1, ours: 'not in the shape' } }] }];
  const report = buildReport({
    domain: 'example.test',
    host: null,
    started: '2030-01-01T00:00:00Z',
    ms: 1,
    vantages: [{ name: '', local: true, rows: [], outcomes: [outcome] }],
    settings: { incoming: null, outgoing: null, alternatives: [] },
  });
  assert.deepEqual(report.vantages[0].probes, [{ version: 1, ours: 'not in the shape' }]);
  assert.equal(report.pasted, null);
  assert.deepEqual(report.typed, []);
});

test('neither the local part nor the message leaves the page', () => {
  assert.doesNotMatch(JSON.stringify(whole()), /anna|quote|secret/);
});
