import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { anchorFiles } from '../../../web/site/anchor-files.mjs';

const packed = readFileSync(new URL('../../../build/roots.bin', import.meta.url));
const HEADER = 5;

/** The anchors of a packed set, their lengths in front. */
function split(set) {
  const found = [];
  for (let at = HEADER; at < set.length; at = at + 2 + set.readUInt16BE(at)) {
    found.push(set.subarray(at, at + 2 + set.readUInt16BE(at)).toString('hex'));
  }
  return found;
}

test('the files together are the whole set, each as the core takes it, with its digest', () => {
  const files = new Map();
  const { names, pieces } = anchorFiles(packed, (name, content) => {
    files.set(name, Buffer.from(content));
    return name;
  });
  assert.equal(files.size, pieces.length);
  assert.equal(names.length, pieces.length);
  const all = pieces.flatMap(([name, integrity]) => {
    const content = files.get(name);
    assert.equal(integrity, `sha256-${createHash('sha256').update(content).digest('base64')}`);
    assert.ok(content.subarray(0, HEADER).equals(packed.subarray(0, HEADER)));
    return split(content);
  });
  assert.deepEqual(all.sort(), split(packed).sort());
  assert.ok(all.length > 100);
  // What starts alike is in one file, so that this has all anchors of a name.
  const each = names.flatMap((list) => list.split(' '));
  assert.equal(new Set(each).size, each.length);
});
