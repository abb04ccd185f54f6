/**
 * A check without a page, in Node:
 *
 *   node web/examples/check.mjs DOMAIN [BRIDGE [EXTRA-ROOTS.pem]]
 *
 * Node 22 has all that this needs; an older one needs `globalThis.WebSocket` of the package `ws`, and
 * Node 18 `globalThis.crypto` of `node:crypto`.
 */
import { readFile } from 'node:fs/promises';
import { loadCore, runCheck, socketUrl } from 'mail-port-check/check';

const [domain, bridge = 'ws://localhost:8080/bridge', roots] = process.argv.slice(2);
const built = (name) => readFile(new URL(`../../build/${name}`, import.meta.url));

const tables = JSON.parse(await built('tables.json'));
const core = await loadCore(built('wasm/core.wasm'), await built('roots.bin'), tables);
if (roots) core.addAnchors(await readFile(roots, 'utf8'));
// A bridge wants to know on whose page it is used: here on its own.
const origin = new URL(bridge).origin.replace(/^ws/, 'http');

const report = await runCheck({
  target: domain,
  resources: { core, tables, vantage: { name: bridge } },
  openSocket: (to) => new WebSocket(socketUrl({ url: bridge }, to), { headers: { origin } }),
});
for (const { port, status, server } of report.vantages[0].rows) {
  console.log(port, status, server ?? '-');
}
console.log(JSON.stringify(report.settings, null, 2));
