/** The folder to upload, as dist.mjs makes it, in a browser. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { freePort, startDemo } from './demo.mjs';
import { check, inBrowser, openPage, statusesOf } from './page.mjs';
import { root, startPython } from './program.mjs';

let demo;
let bridge;
let folder;
let url;
before(async () => {
  demo = await startDemo();
  folder = await mkdtemp(path.join(root, 'build/dist-'));
  execFileSync(process.execPath, [path.join(root, 'web/site/dist.mjs'), '--out', folder]);
  for (const name of ['config.json', 'demo-root.pem']) {
    copyFileSync(path.join(demo.folder, 'demo/web', name), path.join(folder, name));
  }
  const listen = `localhost:${await freePort()}`;
  const own = await readFile(path.join(demo.folder, 'demo/bridge.toml'), 'utf8');
  const file = path.join(demo.folder, 'dist.toml');
  await writeFile(
    file,
    own
      .replace(/^listen = .*$/m, `listen = "${listen}"`)
      .replace(/^web = .*$/m, `web = ${JSON.stringify(folder)}`),
  );
  bridge = await startPython(['-m', 'bridge', '--config', file], /http:/, { limitMs: 30_000 });
  url = `http://${listen}/`;
});
after(async () => {
  await bridge?.stop();
  await demo?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test(
  'page and frame check a domain, with integrity and policy in force',
  inBrowser({}, async (context) => {
    for (const [name, says] of [
      ['', /^Use these/],
      ['index.de.html', /^Verwenden Sie diese/],
      ['embed.html', /Settings for demo\.test/],
    ]) {
      const { page, complaints } = await openPage(context, url + name);
      const report = await check(page, 'demo.test');
      assert.equal(statusesOf(report)[993], 'works');
      assert.match(await page.textContent('#answer-title'), says);
      assert.deepEqual(complaints, []);
    }
  }),
);

test(
  'the policy holds: what is put into the page from elsewhere does not run',
  inBrowser({}, async (context) => {
    const { page } = await openPage(context, url);
    const refused = await page.evaluate(async () => {
      const violated = new Set();
      const expected = ['connect-src', 'style-src-elem'];
      const told = new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          violated.add(effectiveDirective);
          if (expected.every((directive) => violated.has(directive))) resolve();
        });
      });
      const script = document.createElement('script');
      try {
        script.text = 'window.hit = 1';
        document.head.append(script);
      } catch {
        violated.add('script');
      }
      await fetch('http://127.0.0.1:9/').catch(() => {});
      document.head.append(Object.assign(document.createElement('style'), { textContent: '*{}' }));
      await told;
      return { violated: [...violated], hit: window.hit };
    });
    assert.equal(refused.hit, undefined);
    assert.ok(refused.violated.includes('script') || refused.violated.includes('script-src-elem'));
  }),
);

test(
  'a script that was changed on its way is not run',
  inBrowser({}, async (context) => {
    const name = (await readdir(folder)).find((file) => /^mail-port-check-\w+\.js$/.test(file));
    const original = readFileSync(path.join(folder, name));
    appendFileSync(path.join(folder, name), '\n');
    try {
      const page = await context.newPage();
      const refused = page.waitForEvent('console', (message) =>
        message.text().includes('integrity'),
      );
      await page.goto(url);
      await refused;
      assert.equal(await page.locator('mail-port-check[state]').count(), 0);
    } finally {
      await writeFile(path.join(folder, name), original);
    }
  }),
);

test(
  'a part that was changed on its way, or does not come, is said to be missing, and can be asked for again',
  inBrowser({}, async (context) => {
    const parts = path.join(folder, 'parts');
    const name = (await readdir(parts)).find((file) => /^error-message-\w+\.js$/.test(file));
    const file = path.join(parts, name);
    const original = readFileSync(file);
    const { page } = await openPage(context, url);
    await page.locator('details.more-ask > summary').click();
    const said = page.locator('.reading');
    const retry = said.getByRole('button', { name: 'Try again' });
    try {
      await writeFile(file, `${original}\nwindow.hit = true;`);
      await page.reload();
      await page.locator('details.more-ask > summary').click();
      await page.fill('#pasted', 'Connection refused');
      await retry.waitFor();
      assert.match(await said.innerText(), /could not be loaded/);
      await rm(file);
      await retry.click();
      await said.getByText('could not be loaded').waitFor();
      assert.equal(await page.evaluate(() => window.hit), undefined);
    } finally {
      await writeFile(file, original);
    }
    await retry.click();
    await said.getByText('Nothing listens').or(said.getByText(/means/i)).waitFor();
    assert.equal(await retry.count(), 0);
  }),
);
