import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnchorPieces } from '../../../web/scan/anchor-pieces.js';

/** Two anchors of one name in piece 0, and another in piece 1; what is asked for is noted. */
function setUp(t, { piece, whole } = {}) {
  t.mock.method(console, 'warn', () => {});
  const asked = [];
  const added = [];
  const pieces = new AnchorPieces({
    pieceOf: (name) => ({ aa: 0, ab: 0, bb: 1 })[name],
    piece: async (number) => {
      asked.push(number);
      return piece ? piece(number) : `piece ${number}`;
    },
    whole: async () => {
      asked.push('whole');
      return whole ? whole() : 'whole';
    },
  });
  const bring = (...names) => pieces.bring(names, (packed) => added.push(packed));
  return { asked, added, bring };
}

const offline = async () => {
  throw new Error('offline');
};

test('each piece is fetched and added once, and a name that nobody has needs none', async (t) => {
  const { asked, added, bring } = setUp(t);
  assert.equal(bring('cc', 'dd'), null);
  await bring('cc', 'ab', 'aa');
  assert.deepEqual([asked, added], [[0], ['piece 0']]);
  assert.equal(bring('aa'), null);
  await Promise.all([bring('aa', 'bb'), bring('bb')]);
  assert.deepEqual(
    [asked, added],
    [
      [0, 1],
      ['piece 0', 'piece 1'],
    ],
  );
});

test('whoever asks while a piece comes goes on when it has been added', async (t) => {
  let come;
  const { added, bring } = setUp(t, { piece: () => new Promise((resolve) => (come = resolve)) });
  const seen = [];
  const first = bring('aa').then(() => seen.push([...added]));
  const second = bring('aa').then(() => seen.push([...added]));
  await Promise.resolve();
  come('it');
  await Promise.all([first, second]);
  assert.deepEqual(seen, [['it'], ['it']]);
});

test('the whole set comes in place of pieces that do not, once', async (t) => {
  const { asked, added, bring } = setUp(t, { piece: offline });
  await Promise.all([bring('aa', 'bb'), bring('bb')]);
  assert.deepEqual(added, ['whole']);
  assert.deepEqual(asked.sort(), [0, 1, 'whole']);
  assert.equal(bring('bb'), null);
});

test('where nothing comes that is an error, and the next who asks tries again', async (t) => {
  let failing = true;
  const maybe = (what) => async () => (failing ? offline() : what);
  const { added, bring } = setUp(t, { piece: maybe('piece'), whole: maybe('whole') });
  await assert.rejects(bring('aa'), /offline/);
  assert.deepEqual(added, []);
  failing = false;
  await bring('aa');
  assert.deepEqual(added, ['piece']);
});

test('a piece that is damaged is not here', async () => {
  let bad = true;
  const pieces = new AnchorPieces({
    pieceOf: () => 0,
    piece: async () => 'piece',
    whole: async () => 'whole',
  });
  const add = () => {
    if (bad) throw new Error('damaged');
  };
  await assert.rejects(pieces.bring(['aa'], add), /damaged/);
  bad = false;
  assert.notEqual(pieces.bring(['aa'], add), null);
});
