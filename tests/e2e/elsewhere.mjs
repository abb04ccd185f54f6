/**
 * Another site that uses the check: its pages come from one origin, and the script, the core and the
 * bridge from another, where the demo's mail servers are reached.
 */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { freePort, startDemo } from './demo.mjs';
import { startPython } from './program.mjs';

const LIMITS = { limitMs: 30_000 };
/** What checks through that bridge call themselves. */
export const HELO = 'check.example.net';

/**
 * @param {(check: string) => Record<string, string>} pages path → HTML, given the URL of the check
 * @returns {Promise<{url: string, check: string, demo: object, stop: () => Promise<void>}>} `url` is the
 *   other site's, `check` where the element comes from; both end with a slash
 */
export async function startElsewhere(pages) {
  const demo = await startDemo();
  let found = {};
  const server = createServer((request, response) => {
    const html = found[new URL(request.url, 'http://localhost').pathname];
    response.writeHead(html === undefined ? 404 : 200, {
      'content-type': 'text/html; charset=utf-8',
    });
    response.end(html);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const bridge = await startBridge(demo.folder, origin);
  found = pages(bridge.url);
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await bridge.stop();
    await demo.stop();
  };
  return { url: `${origin}/`, check: bridge.url, demo, stop };
}

/**
 * A second bridge to the demo's servers, with the same page, for its own frame and this origin. It wants
 * tickets, and has a name.
 */
async function startBridge(folder, origin) {
  const listen = `localhost:${await freePort()}`;
  const demos = await readFile(path.join(folder, 'demo/bridge.toml'), 'utf8');
  const settings = demos.replace(/^listen = .*$/m, `listen = "${listen}"`);
  const file = path.join(folder, 'elsewhere.toml');
  const key = { kty: 'oct', kid: 'elsewhere', k: randomBytes(32).toString('base64url') };
  await writeFile(path.join(folder, 'elsewhere.jwk'), JSON.stringify(key));
  const lines = [
    `origins = ${JSON.stringify([origin, `http://${listen}`])}`,
    `helo = "${HELO}"`,
    settings,
    '[tickets]',
    'keys = ["elsewhere.jwk"]',
  ];
  await writeFile(file, lines.join('\n'));
  const bridge = await startPython(['-m', 'bridge', '--config', file], /(http:\/\/\S+)/, LIMITS);
  return { url: `http://${listen}/`, stop: bridge.stop };
}
