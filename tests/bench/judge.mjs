/**
 * What the worst chains of certificates cost that a server can send: milliseconds of the longest single
 * call of the core in WebAssembly, which is what a page stands still for, and of the same judgement
 * natively. Both are time of the processor, so that a busy machine does not matter much. Each is one handshake with Node's TLS; the bound is LIMIT_JUDGEMENT_NS of wasm/base/limits.h.
 *
 *   node tests/bench/judge.mjs CHAINS        as hostile_chains.py made them
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { contextFor, nextRound, QUIET_ROUNDS, TlsServer } from '../core/tls-server.mjs';
import { root } from '../e2e/program.mjs';
import { loadCore } from '../../web/scan/core.js';

const HOST = 'mail.example.test';
const TIME = '2026-06-01T00:00:00Z';
const RUNS = 3;

const [directory] = process.argv.slice(2);
const tables = JSON.parse(readFileSync(path.join(root, 'build/tables.json'), 'utf8'));
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** One conversation up to the greeting, which does not come. */
async function handshake(core, name) {
  const server = new TlsServer(contextFor(directory, { name, settings: [] }));
  const probe = core.probe({ service: 'imaps', serverName: HOST, time: Date.parse(TIME), now: 0 });
  let longest = 0;
  probe.connected(0);
  for (let quiet = 0; quiet < QUIET_ROUNDS; quiet++) {
    const output = probe.output(0);
    if (output) server.receive(output);
    const records = server.records.splice(0);
    for (const record of records) {
      const before = process.cpuUsage();
      probe.receive(record, 0);
      const { user, system } = process.cpuUsage(before);
      longest = Math.max(longest, (user + system) / 1000);
    }
    if (output || records.length > 0) quiet = -1;
    await nextRound();
  }
  if (probe.phase !== 'greeting') throw new Error(`${name}: the handshake ended in ${probe.phase}`);
  probe.stop(0);
  const { findings } = probe.report();
  server.destroy();
  probe.free();
  const found = findings.map(({ id, args }) => (args.reason ? `${id} (${args.reason})` : id));
  return { longest, found: found.join(', ') };
}

/** The program and the process around it. */
function nativeMs(name) {
  const timed = 'TIMEFORMAT="%3U %3S"; time "$0" "$@" > /dev/null';
  const done = spawnSync(
    'bash',
    [
      ...['-c', timed, path.join(root, 'build/native/judge'), '--name', HOST, '--time', TIME],
      ...['--anchors', path.join(directory, 'root.pem'), path.join(directory, `${name}.pem`)],
    ],
    { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } },
  );
  if (done.status !== 0) throw new Error(`judge: ${done.stderr}`);
  const [user, system] = done.stderr.trim().split(' ').map(Number);
  return (user + system) * 1000;
}

const read = (name) => readFileSync(path.join(root, 'build', name));
const core = await loadCore(read('wasm/core.wasm'), null, JSON.parse(read('tables.json')));
core.addAnchors(readFileSync(path.join(directory, 'root.pem'), 'utf8'));
const names = readFileSync(path.join(directory, 'names.txt'), 'utf8').split('\n').filter(Boolean);
await handshake(core, names[0]); // cold
let worst = 0;
for (const name of names) {
  const runs = [];
  for (let run = 0; run < RUNS; run++) runs.push(await handshake(core, name));
  const wasm = median(runs.map(({ longest }) => longest));
  const native = median(Array.from({ length: RUNS }, () => nativeMs(name)));
  worst = Math.max(worst, wasm);
  console.log(
    `judge ${name}: ${wasm.toFixed(1)} ms in WebAssembly, ${native.toFixed(1)} ms natively; ${runs[0].found}`,
  );
}
console.log(
  `judge, worst chain: ${worst.toFixed(1)} ms; the bound is ${tables.limits.judgement_ms} ms`,
);
