/**
 * How long ten WebSockets take to open through HAProxy, as bridge/deploy/ has it, from far away: over one
 * connection of HTTP/2 (RFC 8441), and over HTTP/1.1, where browsers open them one after the other (RFC 6455 4.1).
 *
 *   node tests/bench/proxy.mjs
 */
import path from 'node:path';
import { startDemo } from '../e2e/demo.mjs';
import { openBrowser } from '../e2e/page.mjs';
import { startPython } from '../e2e/program.mjs';

const DELAYS_MS = [40, 100];
const RUNS = 9;
const SOCKETS = 10;
const LIMITS = { limitMs: 60_000 };
/** What HAProxy offers → the status with which a WebSocket opens. */
const WAYS = [
  { name: 'HTTP/2', alpn: 'h2,http/1.1', status: 200 },
  { name: 'HTTP/1.1', alpn: 'http/1.1', status: 101 },
];

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** ms until the first and the last is open. */
function opened(page, count) {
  return page.evaluate(async (wanted) => {
    const url = new URL('/bridge', location.href);
    url.protocol = 'wss:';
    const began = performance.now();
    const sockets = Array.from({ length: wanted }, () => new WebSocket(url));
    const after = await Promise.all(
      sockets.map(
        (socket) =>
          new Promise((resolve, reject) => {
            socket.onopen = () => resolve(performance.now() - began);
            socket.onerror = () => reject(new Error('A socket did not open.'));
          }),
      ),
    );
    const gone = sockets.map((socket) => new Promise((resolve) => (socket.onclose = resolve)));
    for (const socket of sockets) socket.close();
    await Promise.all(gone);
    return { first: Math.min(...after), last: Math.max(...after) };
  }, count);
}

const demo = await startDemo();
try {
  const config = path.join(demo.folder, 'demo/bridge.toml');
  for (const delay of DELAYS_MS) {
    for (const { name, alpn, status } of WAYS) {
      const proxy = await startPython(
        ['tests/bench/proxy.py', config, String(delay), alpn],
        /^(https:\S+) (\S+)$/m,
        LIMITS,
      );
      const [, url, key] = proxy.said;
      // Trusted from the start: of a certificate that is only put up with, each WebSocket connects twice.
      const args = [`--ignore-certificate-errors-spki-list=${key}`];
      const browser = await openBrowser({ args });
      const page = await browser.context.newPage();
      const devtools = await browser.context.newCDPSession(page);
      await devtools.send('Network.enable');
      const statuses = new Set();
      devtools.on('Network.webSocketHandshakeResponseReceived', ({ response }) =>
        statuses.add(response.status),
      );
      await page.goto(`${url}healthz`);
      const runs = [];
      for (let run = 0; run < RUNS; run++) runs.push(await opened(page, SOCKETS));
      if (statuses.size !== 1 || !statuses.has(status)) {
        throw new Error(`${name}: WebSockets opened with ${[...statuses]}`);
      }
      const [first, last] = ['first', 'last'].map((key) => median(runs.map((run) => run[key])));
      console.log(
        `${SOCKETS} WebSockets at ${delay} ms over ${name}: the first after ${Math.round(first)} ms, ` +
          `all after ${Math.round(last)} ms, ${(last / delay).toFixed(1)} round trips`,
      );
      await browser.close();
      await proxy.stop();
    }
  }
} finally {
  await demo.stop();
}
