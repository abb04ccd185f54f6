import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../../web/config/config.js';

test('everything is optional', () => {
  assert.deepEqual(readConfig({}), { bridges: [], anchors: [], preset: null, examples: [] });
});

test('examples are domains, or domains with a label', () => {
  const { examples } = readConfig({
    examples: ['a.test', { domain: 'b.test', label: 'Bee' }, { domain: 'c.test' }],
  });
  assert.deepEqual(examples, [
    { domain: 'a.test', label: 'a.test' },
    { domain: 'b.test', label: 'Bee' },
    { domain: 'c.test', label: 'c.test' },
  ]);
});

const MISTAKES = [
  [[], /expected an object/],
  [null, /expected an object/],
  [{ bridge: 'x' }, /unknown key "bridge"/],
  [{ bridges: {} }, /"bridges" must be a list/],
  [{ bridges: [{ name: 'x' }] }, /"bridges\[0\]\.url"/],
  [{ bridges: [{ url: 'x', ticket: 1 }] }, /"bridges\[0\]\.ticket"/],
  [{ anchors: [1] }, /"anchors\[0\]"/],
  [{ examples: [{}] }, /"examples\[0\]"/],
  [{ examples: [null] }, /"examples\[0\]"/],
];
for (const [raw, message] of MISTAKES) {
  test(`${JSON.stringify(raw)} is a mistake that is named`, () => {
    assert.throws(() => readConfig(raw), message);
  });
}
