/**
 * The transcripts of the core once more, now in Chromium: through the page's connection and the
 * WebAssembly it ships, with the server's bytes whole and one at a time.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from '../../web/node_modules/esbuild/lib/main.js';
import { readScript } from '../core/script.mjs';
import { contextFor, nextRound, QUIET_ROUNDS, TlsServer } from '../core/tls-server.mjs';
import { openBrowser } from './page.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const certificates = path.join(root, 'build/tests/certificates');
const bundle = path.join(root, 'build/tests/chromium/player.js');
const tables = JSON.parse(readFileSync(path.join(root, 'build/tables.json'), 'utf8'));
const rowOf = new Map(tables.diagnoses.map((row) => [row.id, row]));
/** From the best to the worst, as in tables.h. */
const STATUSES = ['works', 'works-but', 'not-offered', 'not-tested', 'blocked', 'broken'];

const FILES = {
  '/': ['text/html', () => '<!doctype html><script type="module" src="player.js"></script>'],
  '/player.js': ['text/javascript', () => readFileSync(bundle)],
  ...Object.fromEntries(
    ['core.wasm', 'core-tls12.wasm'].map((name) => [
      `/${name}`,
      ['application/wasm', () => readFileSync(path.join(root, 'build/wasm/page', name))],
    ]),
  ),
  '/root.pem': ['text/plain', () => readFileSync(path.join(certificates, 'root.pem'))],
};

function serve() {
  const server = createServer(({ url }, response) => {
    const [type, content] = FILES[url] ?? [];
    response.writeHead(type ? 200 : 404, { 'Content-Type': type ?? 'text/plain' });
    response.end(content?.());
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** The servers' ends of TLS, by number. */
const servers = new Map();
let started = 0;

function tlsStart(step) {
  servers.set(++started, new TlsServer(contextFor(certificates, step)));
  return started;
}

function tlsStop(id) {
  servers.get(id).destroy();
  servers.delete(id);
}

async function tlsExchange({ id, records, say, end }) {
  const server = servers.get(id);
  const answer = { records: '', heard: '' };
  if (records !== '') server.receive(Buffer.from(records, 'latin1'));
  if (say !== '') server.say(Buffer.from(say, 'latin1'));
  if (end) server[end]();
  for (let quiet = 0; quiet < QUIET_ROUNDS; quiet++) {
    await nextRound();
    const [out, texts] = [server.records.splice(0), server.texts.splice(0)];
    if (out.length + texts.length > 0) quiet = -1;
    answer.records += Buffer.concat(out).toString('latin1');
    answer.heard += Buffer.concat(texts).toString('latin1');
  }
  return answer;
}

let server;
let browser;
let page;

before(async () => {
  mkdirSync(path.dirname(bundle), { recursive: true });
  await build({
    entryPoints: [path.join(here, 'transcript-player.js')],
    outfile: bundle,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    alias: { '#tables': path.join(root, 'build/tables.json') },
    logLevel: 'warning',
  });
  server = await serve();
  browser = await openBrowser();
  page = await browser.context.newPage();
  for (const provide of [tlsStart, tlsStop, tlsExchange]) {
    await page.exposeFunction(provide.name, provide);
  }
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
});

after(async () => {
  await browser?.close();
  server?.close();
});

const nameOf = ({ path: file }) => path.basename(file, '.txt');

/** The script as what can cross to the page: bytes as text, each character one. */
function portable(script) {
  const asText = (steps) =>
    steps.map(({ bytes, ...step }) => (bytes ? { ...step, text: bytes.toString('latin1') } : step));
  return { ...script, steps: asText(script.steps), seconds: script.seconds.map(asText) };
}

/**
 * The page answers each byte as it comes, and so has asked before the second half of these is there: what
 * was sent too early can then not be told from an answer any more.
 */
const ONLY_WHOLE = new Set([
  'smtp-ehlo-answered-with-the-greeting',
  'smtp-pipelined-both-refused',
  'imap-starttls-injected-before',
  'pop3-stls-injected-before',
  'smtp-starttls-injected-before',
]);

function check(script, [whole, singly]) {
  const ids = whole.findings.map(({ id }) => id);
  const rank = Math.max(0, ...ids.map((id) => STATUSES.indexOf(rowOf.get(id).status)));
  assert.equal(
    `${ids.join(' ') || 'none'} [${STATUSES[rank]}]`,
    `${script.findings} [${script.status}]`,
  );
  if (ONLY_WHOLE.has(nameOf(script))) assert.notDeepEqual(singly, whole);
  else assert.deepEqual(singly, whole);
}

const directory = path.join(root, 'tests/transcripts');
const scripts = readdirSync(directory)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => readScript(path.join(directory, name)));
/** Names are resolved before there is anything to connect to: discover.test.js plays those. */
const connects = scripts.filter(({ findings }) => rowOf.get(findings)?.phase !== 'resolve');

test('every transcript that comes to a connection is played', () => {
  const left = scripts.filter((script) => !connects.includes(script));
  const unresolved = tables.diagnoses.filter(({ phase }) => phase === 'resolve');
  assert.equal(left.length, unresolved.length);
});

for (const script of connects) {
  test(nameOf(script), async () => {
    check(script, await page.evaluate((given) => window.playTranscript(given), portable(script)));
  });
}
