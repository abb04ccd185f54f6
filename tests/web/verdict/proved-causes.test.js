import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CAUSES } from '../../../web/input/error-causes.js';
import { FINDING_IDS, NO_ENCRYPTION } from '../../../web/verdict/findings.js';
import { PROVED_CAUSES, proofsOf } from '../../../web/verdict/proved-causes.js';

test('findings that there are prove causes that there are', () => {
  for (const [id, causes] of Object.entries(PROVED_CAUSES)) {
    assert.ok([...FINDING_IDS, NO_ENCRYPTION].includes(id), id);
    assert.ok(causes.length > 0 && causes.every((cause) => CAUSES.includes(cause)), id);
  }
});

test('a cause is proved by each finding that names it', () => {
  assert.deepEqual(proofsOf('greeting-blocklisted'), ['greeting-blocklisted']);
  assert.deepEqual(proofsOf('encryption-required'), [NO_ENCRYPTION]);
  assert.deepEqual(proofsOf('from-the-future'), []);
});
