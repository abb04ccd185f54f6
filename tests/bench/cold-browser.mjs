/**
 * The first handshake of a page in Chromium, in the thread of the core as the page uses it: milliseconds that the
 * thread works from the first message of a conversation to the last, of the first conversation, of one after the same
 * pause when all is compiled, and of one right after others. Each page is of a site of its own, and so has a process
 * that nothing was compiled in.
 *
 *   node tests/bench/cold-browser.mjs CHAINS       with the records that handshake.mjs has written there
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { build } from '../../web/node_modules/esbuild/lib/main.js';
import { openBrowser } from '../e2e/page.mjs';
import { root } from '../e2e/program.mjs';

const CHAINS = ['rsa', 'ec', 'lersa', 'leec'];
const RUNS = 5;

const [directory] = process.argv.slice(2);
const read = (file) => readFileSync(path.join(root, 'build', file));
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const { outputFiles } = await build({
  entryPoints: [path.join(root, 'tests/bench/cold-thread.js')],
  bundle: true,
  minify: true,
  format: 'iife',
  write: false,
  logLevel: 'warning',
});
const FILES = {
  '/': ['text/html', '<!doctype html>'],
  '/thread.js': ['text/javascript', outputFiles[0].contents],
  '/core.wasm': ['application/wasm', read('wasm/page/core.wasm')],
};
/* With these a page is told the time by five microseconds, and not by a hundred. */
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

function serve(address) {
  const server = createServer(({ url }, answer) => {
    const [type, content] = FILES[url] ?? [];
    answer.writeHead(type ? 200 : 404, { 'Content-Type': type ?? 'text/plain', ...ISOLATED });
    answer.end(content);
  });
  return new Promise((resolve) => server.listen(0, address, () => resolve(server)));
}

/** In the page. */
async function measure({ kind, roots, pieces, tables }) {
  const [IDLE_MS, WARM_ROUNDS, ROUNDS, RESTED_ROUNDS] = [100, 150, 40, 9];
  const middle = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
  const rest = () => new Promise((wake) => setTimeout(wake, IDLE_MS));
  const thread = new Worker('thread.js', { name: kind });
  const awaited = [];
  const heard = (wanted) => new Promise((resolve) => awaited.push({ wanted, resolve }));
  thread.onmessage = ({ data }) => {
    const at = awaited.findIndex(({ wanted }) => wanted(data));
    if (at >= 0) awaited.splice(at, 1)[0].resolve(data);
  };
  const ask = (message, type) => {
    const answer = heard((data) => data.type === type && (data.id ?? 0) === (message.id ?? 0));
    thread.postMessage(message);
    return answer;
  };
  const module = await WebAssembly.compileStreaming(fetch('core.wasm'));
  const rehearsed = heard(({ type }) => type === 'rehearsed');
  const load = { type: 'load', id: 1, module, roots: Uint8Array.from(roots), tables };
  const { error } = await ask(load, 'answer');
  if (error) throw new Error(error);
  await rehearsed;
  await rest();
  let last = 1;
  const handshakeMs = async () => {
    const id = ++last;
    const seed = new Uint8Array(tables.core.seed_bytes).fill(9);
    const start = { service: 'imaps', serverName: 'mail.example.test', seed };
    const say = (message) => thread.postMessage({ ...message, id });
    await ask({ type: 'spent' }, 'spent');
    say({ type: 'begin', start, stopped: false, unopened: null, asks: false });
    const bridge = { ip: '192.0.2.1', connect_ms: 1 };
    say({ type: 'status', status: { bridge, local: '', tested: null } });
    for (const piece of pieces) say({ type: 'data', data: Uint8Array.from(piece).buffer });
    const { ms } = await ask({ type: 'spent' }, 'spent');
    const { report } = await ask({ type: 'stop', id }, 'ended');
    const { status } = report.phases.find(({ phase }) => phase === 'handshake');
    if (status !== 'ok') throw new Error(`the handshake was ${status}`);
    return ms;
  };
  const first = await handshakeMs();
  for (let round = 0; round < WARM_ROUNDS; round++) await handshakeMs();
  const rests = [];
  for (let round = 0; round < RESTED_ROUNDS; round++) {
    await rest();
    rests.push(await handshakeMs());
  }
  const took = [];
  for (let round = 0; round < ROUNDS; round++) took.push(await handshakeMs());
  return { first, rested: middle(rests), warm: middle(took) };
}

function packedRoot(name) {
  const [pem, packed] = ['pem', 'bin'].map((end) => path.join(directory, `${name}.root.${end}`));
  execFileSync(path.join(root, 'build/native/roots'), [packed, pem], { stdio: 'pipe' });
  return readFileSync(packed);
}

const { core } = JSON.parse(read('tables.json'));
const browser = await openBrowser();
let sites = 0;

async function run(name, kind) {
  const server = await serve(`127.0.1.${++sites}`);
  const page = await browser.context.newPage();
  try {
    const { address, port } = server.address();
    await page.goto(`http://${address}:${port}/`);
    const pieces = JSON.parse(readFileSync(path.join(directory, `${name}.json`), 'utf8'));
    return await page.evaluate(measure, {
      kind,
      roots: [...packedRoot(name)],
      pieces: pieces.map((piece) => [...Buffer.from(piece, 'base64')]),
      tables: { core },
    });
  } finally {
    await page.close();
    server.close();
  }
}

try {
  for (const name of CHAINS) {
    const said = [];
    for (const kind of ['cold', 'rehearsed']) {
      const runs = [];
      for (let at = 0; at < RUNS; at++) runs.push(await run(name, kind));
      const of = (what) => median(runs.map(what));
      said.push(
        `${of(({ first }) => first).toFixed(1)} ms, ` +
          `${of(({ first, warm }) => first / warm).toFixed(1)} of a warm one, ` +
          `${of(({ first, rested }) => first / rested).toFixed(1)} of one after the same pause`,
      );
    }
    console.log(`cold ${name} in Chromium: ${said[0]}; after the rehearsal ${said[1]}`);
  }
} finally {
  await browser.close();
}
