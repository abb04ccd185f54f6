/**
 * What a visitor downloads for one check of a domain whose servers all work: bytes under brotli, file by file,
 * as a browser asks for them.
 *
 *   node tests/bench/size.mjs
 */
import path from 'node:path';
import { startDemo } from '../e2e/demo.mjs';
import { openBrowser } from '../e2e/page.mjs';
import { payloadOf } from '../e2e/payload.mjs';
import { root } from '../e2e/program.mjs';

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

const demo = await startDemo();
const browser = await openBrowser();
try {
  const page = await browser.context.newPage();
  const folder = path.join(root, 'build/web');
  const { files, start, all } = await payloadOf(page, demo.url, folder, 'demo.test');
  for (const { name, bytes, early } of files) {
    console.log(
      `size of ${name}: ${kB(bytes)}${early ? '' : ', after the first word to a server'}`,
    );
  }
  console.log(`size of what comes before the first word to a server: ${kB(start)}`);
  console.log(`size of all that one check loads: ${kB(all)}`);
} finally {
  await browser.close();
  await demo.stop();
}
