/**
 * Another site that uses the check: its pages come from one origin, and the script, the core and the
 * bridge from another, where the demo's mail servers are reached.
 */
import { createServer } from 'node:http';
import { startBridge } from './bridge.mjs';
import { startDemo } from './demo.mjs';

/** What checks through that bridge call themselves. */
export const HELO = 'check.example.net';

/**
 * @param {(check: string, demo: string) => Record<string, string>} pages path → HTML, given the URL of the check
 *   and that of the demo's own, which lists nobody
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
  // With the same page, for its own frame and this origin. It wants tickets, and has a name.
  const bridge = await startBridge(demo.folder, {
    name: 'elsewhere',
    lines: (own) => [`origins = ${JSON.stringify([origin, own])}`, `helo = "${HELO}"`],
    tickets: true,
  });
  found = pages(bridge.url, demo.url);
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await bridge.stop();
    await demo.stop();
  };
  return { url: `${origin}/`, check: bridge.url, demo, stop };
}
