/**
 * What a visitor downloads for one check: bytes under brotli, file by file, as a browser asks for them; of a domain
 * whose servers all work, and of one where they do not, in two languages.
 *
 *   node tests/bench/size.mjs
 */
import path from 'node:path';
import { startDemo } from '../e2e/demo.mjs';
import { openBrowser } from '../e2e/page.mjs';
import { payloadOf, payloadOfForm } from '../e2e/payload.mjs';
import { root } from '../e2e/program.mjs';

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const PAGES = { English: 'index.html?lang=en', German: 'index.de.html' };
const WHEN = { names: '', servers: ', after the first question to the resolver', rest: ', last' };

const demo = await startDemo();
const folder = path.join(root, 'build/web');

/** In a browser that has nothing yet. */
async function fresh(use) {
  const browser = await openBrowser();
  try {
    return await use(await browser.context.newPage());
  } finally {
    await browser.close();
  }
}

try {
  for (const [language, name] of Object.entries(PAGES)) {
    const url = demo.url + name;
    const say = (what, bytes) => console.log(`size, ${language}, ${what}: ${kB(bytes)}`);
    const works = await fresh((page) => payloadOf(page, url, folder, 'demo.test'));
    for (const file of works.files) say(`${file.name}${WHEN[file.when]}`, file.bytes);
    say('until the form is usable', await fresh((page) => payloadOfForm(page, url, folder)));
    say('until the check asks the resolver', works.names);
    say('until the first word to a mail server', works.servers);
    say('a whole check where all works', works.all);
    const broken = await fresh((page) => payloadOf(page, url, folder, 'wrong-name.demo.test'));
    say('a whole check where the name is wrong', broken.all);
  }
} finally {
  await demo.stop();
}
