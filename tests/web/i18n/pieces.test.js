import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Absent } from '../../../web/i18n/absent.js';
import { PIECES, START, partial, pieceOf, sectionsOf } from '../../../web/i18n/pieces.js';
import { createWords } from '../../../web/i18n/words.js';
import { locale } from '../fixtures/tables.js';

test('each section is in one piece, and all that a table of pieces names is there', () => {
  const { site, ...words } = locale;
  assert.ok(site);
  const pieces = PIECES.map((piece) => sectionsOf(words, piece));
  assert.deepEqual(Object.assign({}, ...pieces), words);
  const counted = pieces.reduce((sum, piece) => sum + Object.keys(piece).length, 0);
  assert.equal(counted, Object.keys(words).length);
  for (const piece of pieces) assert.ok(Object.keys(piece).length > 0);
});

test('what is not here says so by its section, whoever asks', () => {
  const words = createWords(partial(sectionsOf(locale, START)));
  const absent = (make) => {
    assert.throws(make, (error) => error instanceof Absent && error.kind === 'words');
    try {
      make();
    } catch (error) {
      return pieceOf(error.name);
    }
    return null;
  };
  assert.equal(words.say('form.check'), locale.form.check);
  assert.equal(
    absent(() => words.say('answer.ready')),
    'result',
  );
  assert.equal(
    absent(() => words.count('again.seconds', 2)),
    'problems',
  );
  assert.equal(
    absent(() => words.explain('name-not-found', {})),
    'problems',
  );
  assert.equal(
    absent(() => words.locale.apps),
    'result',
  );
});
