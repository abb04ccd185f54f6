import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distance } from '../../../web/input/edit-distance.js';

test('a distance counts slips as people make them', () => {
  assert.equal(distance('gmail', 'gmail', 1), 0);
  assert.equal(distance('gmial', 'gmail', 1), 1, 'neighbours');
  assert.equal(distance('gmal', 'gmail', 1), 1, 'missing');
  assert.equal(distance('gmaiil', 'gmail', 1), 1, 'too many');
  assert.equal(distance('gnail', 'gmail', 1), 1, 'wrong');
  assert.equal(distance('gmla', 'gmail', 1), null);
  assert.equal(distance('abcdef', 'badcef', 2), 2);
  assert.equal(distance('', 'ab', 1), null);
});
