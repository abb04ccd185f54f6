import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { GUIDE_ANCHORS, guideFor } from '../../../web/verdict/guide.js';
import { VERDICTS } from '../../../web/verdict/verdicts.js';
import { tables } from '../fixtures/tables.js';

const html = readFileSync(new URL('../../../web/pages/index.html', import.meta.url), 'utf8');

test('every anchor is in the page', () => {
  for (const anchor of GUIDE_ANCHORS) assert.ok(html.includes(` id="${anchor}"`), anchor);
});

test('findings lead to the part about them, or nowhere', () => {
  assert.equal(guideFor('port-25-blocked'), 'port-25');
  assert.equal(guideFor('certificate-expired'), 'error-certificate');
  assert.equal(guideFor('line-too-long'), null);
  assert.equal(guideFor('constructor'), null);
  const ids = [...tables.diagnoses, ...VERDICTS].map(({ id }) => id);
  assert.ok(ids.filter((id) => guideFor(id)).length >= 15);
});
