import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerKey } from '../../web/answer-key.js';
import { readReportFile } from '../../web/report-file.js';
import { stateOfReport } from '../../web/saved-report.js';
import { attempt, outcome } from './outcomes.js';
import { madeReport } from './saved.js';
import { tables } from './tables.js';

/** What was shown then, and what the file shows now. */
function both(special) {
  const then = madeReport(special);
  const text = JSON.stringify(then.report);
  return { then, now: stateOfReport(readReportFile(text, tables), tables) };
}

const SCANS = {
  'everything works': {},
  'a certificate is for another name, and the right one was proved': {
    imaps: outcome('imaps', [
      attempt('imaps', ['certificate-name-mismatch'], {
        host: 'imap.example.test',
        source: 'published',
      }),
      attempt('imaps', [], { role: 'other-name', host: 'mail.example.test' }),
    ]),
  },
  'a port wants the other mode': {
    submission: outcome('submission', [
      attempt('submission', ['tls-expected'], { source: 'published' }),
      attempt('submission', [], { role: 'other-mode', mode: 'implicit-tls' }),
    ]),
  },
  'ports refuse': {
    submissions: outcome('submissions', [attempt('submissions', ['connect-refused'])]),
    submission: outcome('submission', [attempt('submission', ['connect-refused'])]),
    smtp: outcome('smtp', [attempt('smtp', ['connect-timeout'])]),
  },
};
for (const [what, special] of Object.entries(SCANS)) {
  test(`the same rows, problems and answer as then: ${what}`, () => {
    const { then, now } = both(special);
    const plain = (rows) =>
      rows.map(({ port, status, server, ms, main, proof, attempts }) => [
        port,
        status,
        server,
        ms,
        main.host,
        proof?.host,
        attempts.length,
      ]);
    assert.deepEqual(plain(now.rows), plain(then.rows));
    const short = (list) => list.map(({ id, act, status, args }) => [id, act, status, args]);
    assert.deepEqual(short(now.problems), short(then.problems));
    assert.deepEqual(now.settings, then.settings);
    const summary = null;
    assert.equal(answerKey({ ...now, summary }), answerKey({ ...then, summary }));
  });
}

test('where it was tested from, and nobody\u2019s address', () => {
  const { now } = both({});
  assert.deepEqual(now.vantage, { name: 'Frankfurt', local: false });
  assert.equal(now.mailbox, null);
  assert.equal(now.target, 'example.test');
});

test('a row whose conversations are missing is shown without them', () => {
  const { report } = madeReport();
  report.vantages[0].probes = [];
  const now = stateOfReport(readReportFile(JSON.stringify(report), tables), tables);
  assert.ok(
    now.rows.every(({ attempts, main, proof }) => attempts.length === 0 && !main && !proof),
  );
});
