import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../web/config.js';
import { readPreset } from '../../web/preset.js';

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
  [{ anchors: [1] }, /"anchors\[0\]"/],
  [{ examples: [{}] }, /"examples\[0\]"/],
  [{ examples: [null] }, /"examples\[0\]"/],
];
for (const [raw, message] of MISTAKES) {
  test(`${JSON.stringify(raw)} is a mistake that is named`, () => {
    assert.throws(() => readConfig(raw), message);
  });
}

test('a preset is a provider, a server, or lists of servers', () => {
  assert.equal(readPreset(null), null);
  assert.equal(readPreset(''), null);
  assert.deepEqual(readPreset('google').imap, ['imap.gmail.com']);
  assert.deepEqual(readPreset('mail.example.test').smtp, ['mail.example.test']);
  assert.deepEqual(readPreset('{"imap":["IMAP.example.test"]}'), {
    imap: ['imap.example.test'],
    pop3: [],
    smtp: [],
  });
});

for (const [value, message] of [
  ['nobody', /no provider has the id "nobody"/],
  ['{"imap":', /preset: /],
  [{ imaps: [] }, /unknown key "imaps"/],
  [{ imap: 'x.test' }, /preset\.imap: expected a list/],
  [{ imap: ['not a name'] }, /"not a name" is not a server name/],
  [7, /expected an id/],
]) {
  test(`the preset ${JSON.stringify(value)} is a mistake that is named`, () => {
    assert.throws(() => readPreset(value), message);
  });
}
