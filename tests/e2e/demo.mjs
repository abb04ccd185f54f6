/**
 * The demo as `make run` starts it: mail servers, DNS, bridge and page, on a free port and with files
 * of its own, so that several can run beside each other.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Time for certificates to be made on a slow machine. */
const START_LIMIT_MS = 60_000;

/** @returns {Promise<{url: string, stop: () => Promise<void>}>} */
export async function startDemo() {
  const port = await freePort();
  const own = await mkdtemp(path.join(root, 'build/e2e-'));
  for (const name of ['tables.json', 'web']) {
    await symlink(path.join(root, 'build', name), path.join(own, name));
  }
  const child = spawn('/usr/bin/python3', ['-m', 'bridge.demo', own], {
    cwd: root,
    env: { ...process.env, LISTEN: `localhost:${port}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    const limit = setTimeout(
      () => reject(new Error(`the demo did not start: ${said}`)),
      START_LIMIT_MS,
    );
    const hear = (chunk) => {
      said += chunk;
      const found = /^(http:\/\/\S+)$/m.exec(said);
      if (!found) return;
      clearTimeout(limit);
      resolve(`${found[1]}/`);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    ended.then((code) => reject(new Error(`the demo ended with ${code}: ${said}`)));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(own, { recursive: true, force: true });
  };
  return { url, stop };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
