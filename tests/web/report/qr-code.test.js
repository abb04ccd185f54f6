import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { qrCode } from '../../../web/report/qr-code.js';

// Another's reader, of pixels.
const readCode = createRequire(import.meta.url)('jsqr');

const PIXELS = 4;

/** What a camera would see of the path. */
function pixelsOf({ size, path }) {
  const width = size * PIXELS;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = y * PIXELS; row < (Number(y) + 1) * PIXELS; row++) {
      for (let column = x * PIXELS; column < (Number(x) + Number(length)) * PIXELS; column++) {
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
      }
    }
  }
  return [data, width, width];
}

test('another program reads from the drawing what was put in', () => {
  const long = `https://check.example/?address=${'a'.repeat(60)}.${'b'.repeat(60)}.example`;
  for (const text of [
    'https://check.example/?address=example.com',
    'http://localhost:8080/index.de.html?address=xn--bcher-kva.example&preset=nordpost',
    long,
    `${long}&${'x'.repeat(300)}`,
    'Grüße, мир',
  ]) {
    const read = readCode(...pixelsOf(qrCode(text)));
    assert.equal(read?.data, text);
  }
});

test('there is a margin of four modules on every side', () => {
  const { size, path } = qrCode('https://check.example/?address=example.com');
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    assert.ok(x >= 4 && y >= 4 && Number(y) < size - 4 && Number(x) + Number(length) <= size - 4);
  }
  assert.match(path, /^(M\d+ \d+h\d+v1h-\d+z)+$/, 'and nothing but squares in a row');
});

test('what no camera would read is not drawn', () => {
  assert.equal(qrCode('x'.repeat(501)), null);
  assert.equal(qrCode('ü'.repeat(251)), null);
});
