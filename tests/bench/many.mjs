/**
 * One process of growth.mjs: so many domains through one core, a few at a time.
 *
 *   node --expose-gc tests/bench/many.mjs COUNT BRIDGE ROOTS.pem       prints what it cost, as JSON
 */
import { readFile } from 'node:fs/promises';
import { loadCore, newSocketLimit, runCheck, socketUrl } from '../../web/check/check.js';

/** As in web/examples/check-many.mjs. */
const AT_ONCE = 4;
const WARM = 4;

const [count, bridge, roots] = process.argv.slice(2);
const built = (name) => readFile(new URL(`../../build/${name}`, import.meta.url));

/** The core's memory, of which core.js tells nobody. */
let memory = null;
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...args) => {
  const made = await instantiate(...args);
  // Node itself makes others.
  if (made.exports?.mpc_new) memory ??= made.exports.memory;
  return made;
};

const tables = JSON.parse(await built('tables.json'));
const core = await loadCore(built('wasm/core.wasm'), await built('roots.bin'), tables);
core.addAnchors(await readFile(roots, 'utf8'));
const resources = { core, tables, sockets: newSocketLimit(), vantage: { name: 'bench' } };
const headers = { origin: new URL(bridge).origin.replace(/^ws/, 'http') };
const openSocket = (to) => new WebSocket(socketUrl({ url: bridge }, to), { headers });

async function check(domain) {
  const report = await runCheck({ target: domain, resources, openSocket });
  const wrong = report.vantages[0].rows.filter(({ status }) => status !== 'works');
  if (wrong.length > 0) throw new Error(`${domain}: ${JSON.stringify(wrong)}`);
}

async function checkAll(domains) {
  const left = [...domains];
  const worker = async () => {
    for (let domain; (domain = left.pop());) await check(domain);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function heap() {
  // What was closed is forgotten after a few turns of the loop.
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((wake) => setTimeout(wake, 50));
    globalThis.gc();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const customers = (first, many) => Array.from({ length: many }, (_, at) => `c${first + at}.test`);
await checkAll(customers(1000, WARM));
const before = await heap();
const cpu = process.cpuUsage();
const began = performance.now();
await checkAll(customers(0, Number(count)));
const ms = performance.now() - began;
const { user, system } = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    ms,
    cpuMs: (user + system) / 1000,
    keptBytes: (await heap()) - before,
    coreBytes: memory.buffer.byteLength,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }),
);
