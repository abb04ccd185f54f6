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
      const violated = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        violated.push(effectiveDirective),
      );
      const script = document.createElement('script');
      try {
        script.text = 'window.hit = 1';
        document.head.append(script);
      } catch {
        violated.push('script');
      }
      await fetch('http://127.0.0.1:9/').catch(() => {});
      document.head.append(Object.assign(document.createElement('style'), { textContent: '*{}' }));
      await new Promise((resolve) => setTimeout(resolve, 200));
      return { violated, hit: window.hit };
    });
    assert.equal(refused.hit, undefined);
    for (const directive of ['connect-src', 'style-src-elem']) {
      assert.ok(refused.violated.includes(directive), `${directive}: ${refused.violated}`);
    }
  }),
);

test(
  'a script that was changed on its way is not run',
  inBrowser({}, async (context) => {
    const name = (await readdir(folder)).find((file) => /^mail-port-check-\w+\.js$/.test(file));
    const before = readFileSync(path.join(folder, name));
    appendFileSync(path.join(folder, name), '\n');
    try {
      const page = await context.newPage();
      const said = [];
      page.on('console', (message) => said.push(message.text()));
      await page.goto(url);
      await page.waitForTimeout(500);
      assert.equal(await page.locator('mail-port-check[state]').count(), 0);
      assert.ok(said.some((text) => text.includes('integrity')));
    } finally {
      await writeFile(path.join(folder, name), before);
    }
  }),
);
