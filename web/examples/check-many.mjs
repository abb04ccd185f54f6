/**
 * The domains of many customers, checked a few at a time with one core:
 *
 *   node web/examples/check-many.mjs BRIDGE DOMAIN... [--roots EXTRA-ROOTS.pem]
 *
 * Prints one line of JSON for each as it ends. What a bridge admits of one client, and of targets for all, is in its
 * settings (README, "The bridge"): one of your own has limits of your own. See check.mjs for what Node needs.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { loadCore, newSocketLimit, runCheck, socketUrl } from 'mail-port-check/check';

/** Checks at once. They share their sockets, so more of them are hardly faster, and each takes memory. */
const AT_ONCE = 4;

const options = { roots: { type: 'string' } };
const { values, positionals } = parseArgs({ options, allowPositionals: true });
const [bridge, ...domains] = positionals;
const built = (name) => readFile(new URL(`../../build/${name}`, import.meta.url));

const tables = JSON.parse(await built('tables.json'));
const core = await loadCore(built('wasm/core.wasm'), await built('roots.bin'), tables);
if (values.roots) core.addAnchors(await readFile(values.roots, 'utf8'));
const origin = new URL(bridge).origin.replace(/^ws/, 'http');
const openSocket = (to) => new WebSocket(socketUrl({ url: bridge }, to), { headers: { origin } });
const resources = { core, tables, sockets: newSocketLimit(), vantage: { name: bridge } };

async function work() {
  for (let domain; (domain = domains.shift());) {
    try {
      const { vantages, settings } = await runCheck({ target: domain, resources, openSocket });
      const ports = vantages[0].rows.map(({ port, status }) => [port, status]);
      console.log(JSON.stringify({ domain, ports: Object.fromEntries(ports), settings }));
    } catch (error) {
      console.log(JSON.stringify({ domain, error: error.message }));
    }
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, work));
