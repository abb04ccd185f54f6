/**
 * What a visitor downloads, as a server sends it: bytes under brotli.
 *
 *   node tests/bench/size.mjs
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { root } from '../e2e/program.mjs';

/** Names of files in build/web → what they are together. */
const PARTS = {
  'core and roots': ['core.wasm', 'roots.bin'],
  'page, words and styles': ['index.html', 'style.css', 'mail-port-check.js', 'page.js'],
};

let total = 0;
for (const [what, names] of Object.entries(PARTS)) {
  let sum = 0;
  for (const name of names) {
    const size = brotliCompressSync(readFileSync(path.join(root, 'build/web', name))).length;
    console.log(`size of ${name}: ${(size / 1000).toFixed(1)} kB`);
    sum += size;
  }
  console.log(`size of ${what}: ${(sum / 1000).toFixed(1)} kB`);
  total += sum;
}
console.log(`size of all: ${(total / 1000).toFixed(1)} kB`);
