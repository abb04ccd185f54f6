import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstStep } from '../../../web/verdict/first-step.js';
import { problems, withNotices } from '../../../web/verdict/problems.js';
import { attempt, outcome, rowsOf } from '../fixtures/outcomes.js';
import { tables } from '../fixtures/tables.js';

test('the first step is about what does not work', () => {
  const rows = rowsOf({
    imap: outcome('imap', [attempt('imap', ['starttls-not-offered'])]),
    submissions: outcome('submissions', [attempt('submissions', ['connect-refused'])]),
    submission: outcome('submission', [attempt('submission', ['connect-refused'])]),
  });
  const found = problems(rows, tables);
  const incoming = {};
  assert.equal(firstStep(found, { incoming, outgoing: null }, 'receiveOnly').id, 'connect-refused');
  assert.equal(firstStep(found, { incoming, outgoing: {} }, 'readyProblems'), null);
  const [clock] = withNotices([], [{ id: 'clock-wrong', args: {} }], tables);
  assert.equal(firstStep([clock, ...found], { incoming, outgoing: {} }, 'readyProblems'), clock);
  const [chain] = problems(
    rowsOf({ imaps: outcome('imaps', [attempt('imaps', ['certificate-incomplete-chain'])]) }),
    tables,
  );
  assert.equal(firstStep([...found, chain], { incoming, outgoing: {} }, 'readyBut'), chain);
  assert.equal(firstStep([], { incoming: null, outgoing: null }, 'nothing'), null);
});
