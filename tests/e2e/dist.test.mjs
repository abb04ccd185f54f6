/** The folder to upload, as dist.mjs makes it, in a browser. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { freePort, startDemo } from './demo.mjs';
import { check, inBrowser, openPage, rowOf, statusesOf } from './page.mjs';
import { payloadOf } from './payload.mjs';
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

test(
  'a part that does not come is asked for once more before anybody is told',
  inBrowser({}, async (context) => {
    const page = await context.newPage();
    const asked = [];
    await page.route(/\/parts\/(?:check|details)-/, (route) => {
      const { pathname } = new URL(route.request().url());
      const first = !asked.includes(pathname);
      asked.push(pathname);
      return first ? route.abort() : route.continue();
    });
    await page.goto(url);
    assert.equal(statusesOf(await check(page, 'demo.test'))[993], 'works');
    await page.locator('.ports-fold > summary').click();
    await page.locator('[data-port="993"] button.toggle').click();
    await page.locator('.details .steps').first().waitFor();
    assert.equal(asked.length, 4, asked.join());
  }),
);

/**
 * Under brotli, what a check loads until it asks for names, and everything that the check of a domain without faults
 * loads, with a piece of the trust anchors. A little above what it was last; whoever adds to it says so here, or loads
 * it later (web/element/parts.js).
 */
const PAYLOAD_MAX = { names: 81_500, all: 151_500 };

// --- trust anchors on demand --------------------------------------------------------------------------

/** Serves a folder whose whole set of trust anchors is the demo's root, in its pieces; config.json has none. */
async function withPieces(use) {
  const own = await mkdtemp(path.join(root, 'build/dist-'));
  const roots = path.join(own, 'roots.bin');
  const pem = path.join(demo.folder, 'demo/web/demo-root.pem');
  execFileSync(path.join(root, 'build/native/roots'), [roots, pem], { stdio: 'ignore' });
  const out = path.join(own, 'web');
  const dist = path.join(root, 'web/site/dist.mjs');
  execFileSync(process.execPath, [dist, '--out', out, '--roots', roots]);
  const listen = `localhost:${await freePort()}`;
  const toml = await readFile(path.join(demo.folder, 'demo/bridge.toml'), 'utf8');
  const file = path.join(own, 'pieces.toml');
  await writeFile(
    file,
    toml
      .replace(/^listen = .*$/m, `listen = "${listen}"`)
      .replace(/^web = .*$/m, `web = ${JSON.stringify(out)}`),
  );
  const served = await startPython(['-m', 'bridge', '--config', file], /http:/, {
    limitMs: 30_000,
  });
  try {
    await use({ url: `http://${listen}/`, out });
  } finally {
    await served.stop();
    await rm(own, { recursive: true, force: true });
  }
}

/** Changes the files of that kind: compressed ones, too. */
async function spoil(folder_, pattern) {
  for (const name of await readdir(folder_)) {
    if (pattern.test(name)) appendFileSync(path.join(folder_, name), 'x');
  }
}

test(
  'trust anchors come as a chain asks for them; the whole set in place of a piece that was changed; and nobody is called untrusted for want of both',
  inBrowser({}, async (context) => {
    await withPieces(async (served) => {
      const anchors = ({ requests }) =>
        requests.map((one) => new URL(one).pathname).filter((one) => /anchors|roots/.test(one));
      const checked = async () => {
        const page = await context.newPage();
        const requests = [];
        page.on('request', (request) => requests.push(request.url()));
        await page.goto(served.url);
        return { page, requests };
      };
      const first = await checked();
      const report = await check(first.page, 'demo.test');
      assert.deepEqual([...new Set(Object.values(statusesOf(report)))], ['works']);
      assert.deepEqual(anchors(first).length, 1, String(anchors(first)));
      assert.match(anchors(first)[0], /^\/anchors\/0-[0-9a-f]{10}\.bin$/);

      const { files, ...payload } = await payloadOf(
        await context.newPage(),
        served.url,
        served.out,
        'demo.test',
      );
      const listed = files.map(({ name, bytes }) => `${name} ${bytes}`).join(', ');
      for (const [until, most] of Object.entries(PAYLOAD_MAX)) {
        assert.ok(payload[until] <= most, `${until}: ${payload[until]} bytes: ${listed}`);
      }

      const foreign = await checked();
      const broken = await check(foreign.page, 'self-signed.demo.test');
      assert.equal(anchors(foreign).length, 0, 'nobody has the name that it signed with');
      assert.ok(Object.values(statusesOf(broken)).includes('broken'));

      await spoil(path.join(served.out, 'anchors'), /./);
      const second = await checked();
      assert.equal(statusesOf(await check(second.page, 'demo.test'))[993], 'works');
      assert.equal(anchors(second).filter((one) => one.startsWith('/roots-')).length, 1);

      for (const name of await readdir(served.out)) {
        if (name.startsWith('roots-')) await rm(path.join(served.out, name));
      }
      const third = await checked();
      await third.page.fill('#address', 'demo.test');
      await third.page.press('#address', 'Enter');
      const alert = third.page.locator('p.alert');
      await alert.getByText('says nothing about your mail server').waitFor();
      assert.equal(await third.page.locator('#answer-title').count(), 0);
    });
  }),
);

// --- the core's second module ----------------------------------------------------------------------------

test(
  'what speaks TLS up to 1.2 is fetched when a server has chosen that, asked for twice, and the check is no verdict without it',
  inBrowser({}, async (context) => {
    await withPieces(async (served) => {
      const checked = async (domain, use) => {
        const page = await context.newPage();
        const modules = [];
        page.on('request', (request) => {
          const name = path.basename(new URL(request.url()).pathname);
          if (name.endsWith('.wasm')) modules.push(name.replace(/-[0-9a-f]{10}/, ''));
        });
        await page.goto(served.url);
        await use(page, domain, modules);
        await page.close();
      };
      await checked('tls13-only.demo.test', async (page, domain, modules) => {
        assert.equal(statusesOf(await check(page, domain))[993], 'works');
        assert.deepEqual(modules, ['core.wasm']);
      });
      await checked('old-tls.demo.test', async (page, domain, modules) => {
        const [finding] = rowOf(await check(page, domain), 993).findings;
        assert.equal(finding.id, 'tls-version-old');
        assert.deepEqual(modules, ['core.wasm', 'core-tls12.wasm']);
      });
      await spoil(served.out, /^core-tls12-/);
      await checked('old-tls.demo.test', async (page, domain, modules) => {
        await page.fill('#address', domain);
        await page.press('#address', 'Enter');
        const alert = page.locator('p.alert');
        await alert.getByText('says nothing about your mail server').waitFor();
        assert.equal(await page.locator('#answer-title').count(), 0);
        // Once more for each conversation that asked when it had not come.
        const [first, ...later] = modules;
        assert.equal(first, 'core.wasm');
        assert.ok(later.length >= 2 && later.length % 2 === 0, modules.join());
        assert.deepEqual([...new Set(later)], ['core-tls12.wasm']);
      });
    });
  }),
);
