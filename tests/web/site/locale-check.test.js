import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences } from '../../../web/site/locale-check.js';
import { pseudo } from '../fixtures/pseudo-locale.js';
import { locale as english } from '../fixtures/tables.js';

const small = {
  greet: 'Hello {name}',
  list: ['{Ports} of {host}', 'Ports'],
  count: { one: 'One problem', other: '{count} problems' },
  group: { a: 'A' },
};
const check = (changes, tag = 'de') =>
  differences(small, { ...structuredClone(small), ...changes }, tag);

test('a locale of the same shape is complete', () => {
  assert.deepEqual(check({}), []);
  assert.deepEqual(check({ list: ['Bei {host}: {ports}', 'Ports'] }), []);
});

const WRONG = {
  'missing key': [{ greet: undefined }, ['de.greet is missing']],
  'missing group': [{ group: undefined }, ['de.group is missing']],
  'left-over key': [{ group: { a: 'A', b: 'B' } }, ['de.group.b is not in English']],
  'empty text': [{ greet: ' ' }, ['de.greet is empty']],
  'lost value': [{ greet: 'Hallo' }, ['de.greet lacks {name}']],
  'misspelled value': [
    { greet: 'Hallo {nmae}' },
    ['de.greet lacks {name}', 'de.greet has {nmae}, which English has not'],
  ],
  'lost variant': [{ list: ['{ports} {host}'] }, ['de.list has 1 variants, in English 2']],
  'values in another variant': [
    { list: ['Ports', '{ports} {host}'] },
    [
      'de.list.0 lacks {ports}',
      'de.list.0 lacks {host}',
      'de.list.1 has {ports}, which English has not',
      'de.list.1 has {host}, which English has not',
    ],
  ],
  'one text for all numbers': [
    { count: '{count} Probleme' },
    ['de.count is a text, in English forms of number'],
  ],
  'lost form': [{ count: { other: '{count}' } }, ['de.count.one is missing']],
  'form that the language has not': [
    { count: { one: '1', few: '{count}', other: '{count}' } },
    ['de.count.few is no number of de'],
  ],
  'number for a text': [{ greet: 5 }, ['de.greet is neither text nor words, in English a text']],
};
for (const [what, [changes, said]] of Object.entries(WRONG)) {
  test(`${what} is named`, () => assert.deepEqual(check(changes), said));
}

test('what is said of servers may have forms in one language and none in the other', () => {
  const titled = (title) => ({ diagnosis: { x: { title } } });
  const compared = (ours, theirs) => differences(titled(ours), titled(theirs), 'de');
  const forms = { one: '{host} is', other: '{host} are' };
  assert.deepEqual(compared(forms, 'Bei {host}'), []);
  assert.deepEqual(compared('At {host}', { one: '{host} ist', other: '{host} sind' }), []);
  assert.deepEqual(compared(forms, 'Nichts'), ['de.diagnosis.x.title lacks {host}']);
  assert.deepEqual(compared('At {host}', { other: '{host}' }), [
    'de.diagnosis.x.title.one is missing',
  ]);
  assert.deepEqual(compared(forms, ['{host}']), [
    'de.diagnosis.x.title is a list, in English forms of number',
  ]);
});

test('each language has its own forms of number', () => {
  assert.deepEqual(check({ count: { other: '{count}' } }, 'ja'), []);
  assert.deepEqual(check({}, 'pl'), ['pl.count.few is missing', 'pl.count.many is missing']);
});

test('a file is named by the book', () => {
  assert.match(check({}, 'DE')[0], /^DE is no language tag/);
  assert.match(check({}, 'de_AT')[0], /^de_AT is no language tag/);
});

test('a finding that gets one more text in English wants it in every language', () => {
  const more = structuredClone(english);
  more.diagnosis['connect-refused'].apps = 'other';
  more.diagnosis['certificate-made-up'] = { short: 'S', title: 'T', cause: 'C', fix: 'F' };
  assert.deepEqual(differences(more, english, 'de'), [
    'de.diagnosis.connect-refused.apps is missing',
    'de.diagnosis.certificate-made-up is missing',
  ]);
});

test('the pseudo-locales of the tests are complete', () => {
  for (const tag of ['he', 'ar', 'ja']) {
    assert.deepEqual(differences(english, pseudo(english, tag), tag), []);
  }
});
