import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problems } from '../../../web/verdict/problems.js';
import { VERDICTS, catalogue } from '../../../web/verdict/findings.js';
import { shownFindings, severityOf } from '../../../web/verdict/severity.js';
import { attempt, outcome, row, rowsOf } from '../fixtures/outcomes.js';
import { tables } from '../fixtures/tables.js';

test('a bad certificate between servers is less urgent than one that apps meet', () => {
  const rows = rowsOf({ smtp: outcome('smtp', [attempt('smtp', ['certificate-self-signed'])]) });
  assert.equal(row(rows, 'smtp').status, 'broken', 'the status is that of the table');
  const [problem] = problems(rows, tables);
  assert.equal(problem.act, 'aware');
  assert.equal(problem.args.relay, true);
  const known = catalogue(tables);
  const app = row(
    rowsOf({ imaps: outcome('imaps', [attempt('imaps', ['certificate-self-signed'])]) }),
    'imaps',
  );
  assert.equal(severityOf({ id: 'certificate-self-signed' }, app, known).act, 'fix');
});

test('what only follows from another finding is not shown', () => {
  const follows = [
    ['certificate-self-signed', 'certificate-unknown-issuer'],
    ['starttls-masked', 'starttls-not-offered'],
    ['starttls-not-offered', 'cleartext-sign-in-offered'],
    ['tls-version-old', 'cipher-weak'],
  ];
  for (const [cause, effect] of follows) {
    const one = row(rowsOf({ imap: outcome('imap', [attempt('imap', [effect, cause])]) }), 'imap');
    assert.deepEqual(
      shownFindings(one).map(({ id }) => id),
      [cause],
    );
    assert.equal(one.findings.length, 2, 'the report keeps both');
  }
});

test('every finding and verdict has one row, and every verdict can be reached', () => {
  const known = catalogue(tables);
  assert.equal(known.size, tables.diagnoses.length + VERDICTS.length);
});

test('an id of a newer core is not called working', () => {
  const rows = rowsOf({ imaps: outcome('imaps', [attempt('imaps', ['from-the-future'])]) });
  assert.equal(row(rows, 'imaps').status, 'not-tested');
});
