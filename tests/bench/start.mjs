/**
 * How long a check takes of somebody who has never been on the page, over a slow line: 1.6 Mbit/s, and a round trip
 * of 40 ms to the page's host, which sends everything under brotli. One types as soon as there is a form, and sends
 * at once; another has a link that begins the check; a third takes three seconds to type.
 *
 *   node tests/bench/start.mjs        prints a line for each
 */
import { createServer, request as ask } from 'node:http';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { startDemo } from '../e2e/demo.mjs';
import { openBrowser } from '../e2e/page.mjs';
import { root } from '../e2e/program.mjs';

const LINE = {
  offline: false,
  latency: 40,
  downloadThroughput: 200_000,
  uploadThroughput: 200_000,
};
const RUNS = 5;
const DOMAIN = 'demo.test';
const TYPING_MS = 3_000;
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.bin': 'application/octet-stream',
};

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** The files of a folder as a host for static files sends them; all else is asked of the bridge behind it. */
async function serve(folder, behind) {
  const packed = new Map();
  const server = createServer((incoming, answer) => {
    const { pathname } = new URL(incoming.url, 'http://host/');
    const name = path.join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    if (pathname === '/config.json' || !existsSync(name) || !statSync(name).isFile()) {
      const { method, url, headers } = incoming;
      const onward = ask({ port: behind, method, path: url, headers }, (found) => {
        answer.writeHead(found.statusCode, found.headers);
        found.pipe(answer);
      });
      incoming.pipe(onward);
      return;
    }
    if (!packed.has(name)) packed.set(name, brotliCompressSync(readFileSync(name)));
    answer.writeHead(200, {
      'content-type': TYPES[path.extname(name)],
      'content-encoding': 'br',
      date: new Date().toUTCString(),
    });
    answer.end(packed.get(name));
  });
  server.on('upgrade', (incoming, socket, head) => {
    const bridge = connect(behind, 'localhost');
    const lines = incoming.rawHeaders.map((text, at) => (at % 2 ? `${text}\r\n` : `${text}: `));
    bridge.write(`GET ${incoming.url} HTTP/1.1\r\n${lines.join('')}\r\n`);
    bridge.write(head);
    socket.pipe(bridge).pipe(socket);
    for (const end of [socket, bridge]) end.on('error', () => (socket.destroy(), bridge.destroy()));
  });
  await new Promise((ready) => server.listen(0, 'localhost', ready));
  return server;
}

/** ms from `since` until both settings are shown, and until the check has ended. */
function watched(page) {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const { shadowRoot } = document.querySelector('mail-port-check');
        let settings = null;
        const look = () => {
          if (shadowRoot.querySelectorAll('.settings .fields:not(.pending)').length === 2)
            settings ??= performance.now();
        };
        new MutationObserver(look).observe(shadowRoot, { childList: true, subtree: true });
        document.addEventListener('mail-port-check-done', () => {
          const whole = performance.now();
          requestAnimationFrame(() => resolve({ settings: settings ?? performance.now(), whole }));
        });
      }),
  );
}

const WAYS = {
  'typed as soon as there is a form': async (page, url) => {
    await page.goto(url, { waitUntil: 'commit' });
    await page.fill('#address', DOMAIN);
    const seen = watched(page);
    await page.press('#address', 'Enter');
    return { from: 0, ...(await seen) };
  },
  'typed for three seconds': async (page, url) => {
    await page.goto(url, { waitUntil: 'commit' });
    await page.focus('#address');
    await page.fill('#address', DOMAIN);
    await new Promise((wake) => setTimeout(wake, TYPING_MS));
    const seen = watched(page);
    const from = await page.evaluate(() => performance.now());
    await page.press('#address', 'Enter');
    return { from, ...(await seen) };
  },
};

const demo = await startDemo();
const server = await serve(path.join(root, 'build/web'), Number(new URL(demo.url).port));
const url = `http://localhost:${server.address().port}/`;
try {
  for (const [way, take] of Object.entries(WAYS)) {
    const runs = [];
    for (let run = 0; run < RUNS; run++) {
      const browser = await openBrowser();
      const page = await browser.context.newPage();
      const line = await browser.context.newCDPSession(page);
      await line.send('Network.enable');
      await line.send('Network.emulateNetworkConditions', LINE);
      const { from, settings, whole } = await take(page, url);
      runs.push({ settings: settings - from, whole: whole - from });
      await browser.close();
    }
    const [settings, whole] = ['settings', 'whole'].map((key) =>
      median(runs.map((run) => run[key])),
    );
    console.log(
      `start, ${way}: settings after ${Math.round(settings)} ms, all after ${Math.round(whole)} ms`,
    );
  }
} finally {
  server.close();
  server.closeAllConnections();
  await demo.stop();
}
