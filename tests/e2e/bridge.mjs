/** More bridges to the demo's mail servers, each with settings of its own. */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from './demo.mjs';
import { startPython } from './program.mjs';

const LIMITS = { limitMs: 30_000 };

/** The demo's own settings of its bridge, as text. */
export function demoSettings(folder) {
  return readFile(path.join(folder, 'demo/bridge.toml'), 'utf8');
}

/** `{"192.0.2.10:993": "127.0.0.1:40001", …}` of a bridge's settings. */
export function forwardOf(settings) {
  const table = settings.split('[forward]')[1];
  return Object.fromEntries(
    [...table.matchAll(/^"(.+?)" = "(.+?)"$/gm)].map(([, from, to]) => [from, to]),
  );
}

/**
 * @param {string} folder of the demo
 * @param {object} options
 * @param {string} options.name of its files
 * @param {number} [options.port] instead of any free one
 * @param {(own: string) => string[]} [options.lines] more settings, given its own origin
 * @param {(settings: string) => string} [options.change] of the demo's settings
 * @param {boolean} [options.tickets] whether it wants them
 * @returns {Promise<{url: string, stop: () => Promise<void>}>} `url` ends with a slash
 */
export async function startBridge(
  folder,
  { name, port, lines = () => [], change = (settings) => settings, tickets = false },
) {
  const listen = `localhost:${port ?? (await freePort())}`;
  const settings = change(await demoSettings(folder)).replace(
    /^listen = .*$/m,
    `listen = "${listen}"`,
  );
  const file = path.join(folder, `${name}.toml`);
  const key = { kty: 'oct', kid: name, k: randomBytes(32).toString('base64url') };
  if (tickets) await writeFile(path.join(folder, `${name}.jwk`), JSON.stringify(key));
  const wanted = tickets ? ['[tickets]', `keys = ["${name}.jwk"]`] : [];
  await writeFile(file, [...lines(`http://${listen}`), settings, ...wanted].join('\n'));
  const bridge = await startPython(['-m', 'bridge', '--config', file], /(http:\/\/\S+)/, LIMITS);
  return { url: `http://${listen}/`, stop: bridge.stop };
}
