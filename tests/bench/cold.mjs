/**
 * The first handshake of a process, which no function of the core was called in before: milliseconds by the clock
 * until the core is ready, of the first, of one after the same pause when all is compiled, and of one right after
 * others. The trust anchors of the chain are here, as in a page that has asked for them. For handshake.mjs, which has
 * written the records.
 *
 *   node tests/bench/cold.mjs CHAINS NAME [rehearsed]       as a page's thread does it while nobody waits
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../e2e/program.mjs';
import { loadCore } from '../../web/scan/core.js';
import { rehearseAll } from '../../web/scan/rehearsal.js';

const WARM_ROUNDS = 150;
const ROUNDS = 40;
const RESTED_ROUNDS = 9;
/* For what is compiled in the background. */
const IDLE_MS = 100;

const [directory, name, rehearsed] = process.argv.slice(2);
const read = (file) => readFileSync(path.join(root, 'build', file));
const tables = JSON.parse(read('tables.json'));
const bytes = read('wasm/page/core.wasm');
const records = JSON.parse(readFileSync(path.join(directory, `${name}.json`))).map((record) =>
  Buffer.from(record, 'base64'),
);
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const began = performance.now();
const module = await WebAssembly.compile(bytes);
const second = async () => read('wasm/page/core-tls12.wasm');
const load = (roots) => loadCore(module, roots, tables, second);
const core = await load({ bring: () => null });
const ready = performance.now() - began;
core.addAnchors(readFileSync(path.join(directory, `${name}.root.pem`), 'utf8'));
if (rehearsed) await rehearseAll(core, load, tables.core, () => sleep(1, true));
await sleep(IDLE_MS);

function handshakeMs() {
  const start = performance.now();
  const probe = core.probe({
    service: 'imaps',
    serverName: 'mail.example.test',
    time: Date.now(),
    now: 0,
    seed: new Uint8Array(32).fill(9),
  });
  probe.connected(0);
  for (const record of records) {
    probe.output(0);
    probe.receive(record, 0);
    if (!probe.waits) continue;
    probe.bring();
    probe.came(0);
  }
  probe.output(0);
  const took = performance.now() - start;
  if (probe.phase !== 'greeting') throw new Error(`${name}: the handshake ended in ${probe.phase}`);
  probe.free();
  return took;
}

const first = handshakeMs();
for (let round = 0; round < WARM_ROUNDS; round++) handshakeMs();
const rests = [];
for (let round = 0; round < RESTED_ROUNDS; round++) {
  await sleep(IDLE_MS);
  rests.push(handshakeMs());
}
const took = Array.from({ length: ROUNDS }, handshakeMs);
console.log(JSON.stringify({ ready, first, rested: median(rests), warm: median(took) }));
