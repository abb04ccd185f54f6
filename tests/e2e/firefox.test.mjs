/**
 * The demo once in Firefox, through WebDriver BiDi: Debian's, or the one that $FIREFOX names. Skipped
 * where there is none; `make test` does not install it.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { firefox } from 'playwright-core';
import { startDemo } from './demo.mjs';
import { check, openPage, statusesOf } from './page.mjs';

const EXECUTABLE = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
const skip = existsSync(EXECUTABLE) ? false : `there is no ${EXECUTABLE}`;

let demo;
let browser;
before(async () => {
  if (skip) return;
  demo = await startDemo();
  browser = await firefox.launch({ executablePath: EXECUTABLE, channel: 'moz-firefox' });
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

for (const name of ['', 'embed.html']) {
  test(`Firefox checks demo.test on ${name || 'the page'}`, { skip }, async () => {
    const { page, complaints } = await openPage(await browser.newContext(), demo.url + name);
    const report = await check(page, 'demo.test');
    assert.ok(Object.values(statusesOf(report)).every((status) => status === 'works'));
    assert.match(await page.textContent('#answer-title'), /Use these settings/);
    assert.deepEqual(complaints, []);
  });
}
