/** The thread that holds the conversations: where it is used, where it may not be, and when it breaks down. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, eventually, seen, statusesOf } from './page.mjs';
import { startSite } from './site.mjs';
import { threadOf } from './thread.mjs';

const site = startSite();

const works = (report) =>
  assert.deepEqual(new Set(Object.values(statusesOf(report))), new Set(['works']));

/** Until a check that takes long holds its conversations. */
async function beginLong(page) {
  await page.fill('#address', 'silent.demo.test');
  await page.press('#address', 'Enter');
  await page.waitForSelector('text=Waiting for its greeting');
}

test('conversations are held in a thread of their own, one for all checks of a page', async () => {
  const { page, complaints } = await site.open();
  works(await check(page, 'demo.test'));
  await check(page, 'expired.demo.test');
  assert.equal(page.workers().length, 1);
  assert.match(page.workers()[0].url(), /^blob:/);
  const asked = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1)),
  );
  assert.ok(asked.includes('core-worker.js') && !asked.includes('core-here.js'), String(asked));
  assert.deepEqual(complaints, []);
  await page.close();
});

test('where a policy admits no thread, all is as with one', async () => {
  const { page, complaints } = await site.open();
  // One more policy, as an embedder may have it.
  await page.evaluate(() => {
    const content = "worker-src 'none'";
    const policy = { httpEquiv: 'Content-Security-Policy', content };
    document.head.append(Object.assign(document.createElement('meta'), policy));
  });
  const report = await check(page, 'demo.test');
  works(report);
  assert.ok(report.vantages[0].probes.length >= 7);
  assert.equal(page.workers().length, 0);
  assert.ok(
    complaints.every((text) => text.includes("worker-src 'none'")),
    String(complaints),
  );
  await page.close();
});

test('a thread that breaks down is our fault and nobody else\u2019s, and the next check has another', async () => {
  const { page } = await site.open();
  works(await check(page, 'demo.test'));
  const thread = await threadOf(page);
  await beginLong(page);
  await thread.crash();
  await page.waitForSelector('mail-port-check[state="idle"]');
  await eventually(async () =>
    assert.match(await seen(page, '[role="alert"]'), /conversations is gone/),
  );
  assert.equal(await seen(page, '.problems'), '');
  works(await check(page, 'demo.test'));
  await eventually(() => assert.equal(page.workers().length, 1));
  await page.close();
});

test('where a thread breaks down and there is no other, the next check does without', async () => {
  const { page } = await site.open();
  works(await check(page, 'demo.test'));
  const thread = await threadOf(page);
  await page.evaluate(() => {
    window.Worker = class {
      constructor() {
        throw new Error('there are no more');
      }
    };
  });
  await beginLong(page);
  await thread.crash();
  await page.waitForSelector('mail-port-check[state="idle"]');
  works(await check(page, 'demo.test'));
  await eventually(() => assert.equal(page.workers().length, 0));
  await page.close();
});
