/** The Python programs that the browser tests run against, started from the root of the repository. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Of what a program says, enough to explain why it did not start. */
const HEARD_LIMIT = 100_000;

/**
 * Starts a program and waits until it says that it is ready.
 * @param {string[]} args of Python
 * @param {RegExp} ready
 * @param {{limitMs: number, env?: object}} options
 * @returns {Promise<{said: RegExpExecArray, stop: () => Promise<void>}>} `said` is the match
 */
export async function startPython(args, ready, { limitMs, env = {} }) {
  const child = spawn('/usr/bin/python3', args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let heard = '';
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const said = await new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`not ready: ${heard}`)), limitMs);
    const hear = (chunk) => {
      if (heard.length < HEARD_LIMIT) heard += chunk;
      const found = ready.exec(heard);
      if (!found) return;
      clearTimeout(limit);
      resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    ended.then((code) => {
      clearTimeout(limit);
      reject(new Error(`${args.join(' ')} ended with ${code}: ${heard}`));
    });
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { said, stop };
}
