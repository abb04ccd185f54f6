/**
 * The demo as `make run` starts it: mail servers, DNS, bridge and page, on a free port and with files
 * of its own, so that several can run beside each other.
 */
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { root, startPython } from './program.mjs';

/** Time for certificates to be made on a slow machine. */
const START_LIMIT_MS = 60_000;

/**
 * @param {object} [options]
 * @param {string} [options.web] the page as built
 * @returns {Promise<{url: string, folder: string, stop: () => Promise<void>}>} `folder` holds its files
 */
export async function startDemo({ web = path.join(root, 'build/web') } = {}) {
  const port = await freePort();
  const own = await mkdtemp(path.join(root, 'build/e2e-'));
  await symlink(path.join(root, 'build/tables.json'), path.join(own, 'tables.json'));
  await symlink(web, path.join(own, 'web'));
  const demo = await startPython(['-m', 'bridge.demo', own], /^(http:\/\/\S+)$/m, {
    limitMs: START_LIMIT_MS,
    env: { LISTEN: `localhost:${port}` },
  });
  const stop = async () => {
    await demo.stop();
    await rm(own, { recursive: true, force: true });
  };
  return { url: `${demo.said[1]}/`, folder: own, stop };
}

/** A port of loopback that nobody has just now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
