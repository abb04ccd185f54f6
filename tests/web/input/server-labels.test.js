import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SERVER_LABELS, USUAL_LABELS } from '../../../web/input/server-labels.js';
import { tables } from '../fixtures/tables.js';

const protocols = new Set(tables.services.map(({ protocol }) => protocol));

test('labels are of protocols that there are, and each protocol has names to guess', () => {
  for (const [label, served] of Object.entries(SERVER_LABELS)) {
    assert.ok(served.length > 0 && served.every((name) => protocols.has(name)), label);
  }
  assert.deepEqual(Object.keys(USUAL_LABELS).sort(), [...protocols].sort());
});

test('whatever is guessed for a protocol is known to serve it', () => {
  for (const [protocol, labels] of Object.entries(USUAL_LABELS)) {
    for (const label of labels.filter(Boolean)) {
      assert.ok(SERVER_LABELS[label].includes(protocol), `${protocol}: ${label}`);
    }
  }
});
