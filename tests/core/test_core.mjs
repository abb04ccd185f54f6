/* Tests of web/scan/core.js with the real core: needs build/wasm, build/roots.bin and build/tests/certificates. */
import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pemCertificates } from '../../web/scan/pem.js';
import { loadCore } from '../../web/scan/core.js';
import { contextFor, nextRound, QUIET_ROUNDS, TlsServer } from './tls-server.mjs';

const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root));
const wasm = read('build/wasm/core.wasm');
const tables = JSON.parse(read('build/tables.json'));
const packed = new Uint8Array(read('build/roots.bin'));
const pem = (name) => read(`build/tests/certificates/${name}.pem`).toString();

const options = {
  service: 'imap',
  serverName: 'mail.example.test',
  address: '192.0.2.1',
  seed: new Uint8Array(32),
  time: Date.parse('2026-06-01T00:00:00Z'),
  now: 0,
};
const bytes = (text) => new TextEncoder().encode(text);
const text = (output) => new TextDecoder().decode(output ?? new Uint8Array());
const load = (roots = null) => loadCore(wasm, roots, tables);

/* A core, and the memory it lives in, which the module itself keeps to itself. */
async function loadWithMemory() {
  const original = WebAssembly.instantiate;
  let memory;
  WebAssembly.instantiate = async (...args) => {
    const result = await original(...args);
    /* Node's own modules, which may come in between, are instantiated when they are compiled. */
    if (result.exports?.mpc_new) memory = result.exports.memory;
    return result;
  };
  try {
    return { core: await load(), memory };
  } finally {
    WebAssembly.instantiate = original;
  }
}

/* One IMAP conversation in the clear, to its end. */
function converse(probe) {
  probe.connected(0);
  probe.receive(bytes('* OK hello\r\n'), 1);
  assert.equal(text(probe.output(1)), 'a1 CAPABILITY\r\n');
  probe.receive(bytes('* CAPABILITY IMAP4rev1\r\na1 OK\r\n'), 2);
  assert.equal(text(probe.output(2)), 'a2 LOGOUT\r\n');
  probe.receive(bytes('a2 OK\r\n'), 3);
  assert.equal(probe.done, true);
  return probe.report();
}

test('the module imports nothing and exports what exports.txt says', async () => {
  const module = await WebAssembly.compile(wasm);
  assert.deepEqual(WebAssembly.Module.imports(module), []);
  const listed = read('wasm/exports.txt').toString().trim().split('\n');
  const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
  /* What the toolchain adds for a reactor: its memory, table, start and stack. */
  const added = ['memory', '__indirect_function_table', '_initialize', '__errno_location'];
  const stack = exported.filter((name) => /^(_emscripten_)?stack/i.test(name));
  assert.deepEqual(
    exported.filter((name) => !added.includes(name) && !stack.includes(name)).sort(),
    listed.map((name) => name.slice(1)).sort(),
  );
});

test('malloc() gives memory that is nobody else’s, and free() takes it back', async () => {
  const { instance } = await WebAssembly.instantiate(wasm);
  const { malloc, free, memory } = instance.exports;
  const held = [];
  let random = 1;
  const next = (below) => (random = (random * 48271) % 2147483647) % below;
  const drop = (index) => {
    const [{ address, length, fill }] = held.splice(index, 1);
    const piece = new Uint8Array(memory.buffer, address, length);
    assert.ok(piece.every((byte) => byte === fill));
    free(address);
  };
  free(malloc(1));
  const most = memory.buffer.byteLength;
  for (let step = 0; step < 3000; step++) {
    if (held.length > 0 && next(2) === 0) drop(next(held.length));
    const length = next(8) === 0 ? next(20000) : next(60);
    const address = malloc(length);
    assert.ok(address > 0 && address % 16 === 0);
    new Uint8Array(memory.buffer, address, length).fill(step % 256);
    held.push({ address, length, fill: step % 256 });
    if (held.length > 80) drop(next(held.length));
  }
  while (held.length > 0) drop(next(held.length));
  /* All of it is in one piece again. */
  assert.equal(memory.buffer.byteLength, most);
  const large = malloc(3_500_000);
  assert.ok(large > 0);
  assert.equal(memory.buffer.byteLength, most);
  const larger = malloc(5_000_000);
  assert.ok(larger > 0 && memory.buffer.byteLength > most);
  assert.equal(malloc(300_000_000), 0);
  assert.equal(malloc(0xffffffff), 0);
  free(0);
});

/* Where a password lies in the module's memory, in its own form or in base64. */
function holds(memory, password) {
  const all = Buffer.from(memory.buffer);
  return (
    all.includes(password) || all.includes(Buffer.from(password).toString('base64').slice(0, 8))
  );
}

test('credentials leave no trace in the memory when a probe is done with them, or freed', async () => {
  const { core, memory } = await loadWithMemory();
  const credentials = { user: 'anna', password: 'Tr0ub4dor&3', preparedPassword: 'Tr0ub4dor&3' };
  const signingIn = { ...options, mode: 'cleartext', credentials };
  const probe = core.probe(signingIn);
  assert.equal(holds(memory, 'Tr0ub4dor&3'), true);
  const { findings } = converse(probe);
  assert.deepEqual(findings.at(-1), { id: 'sign-in-withheld', args: { because: 'cleartext' } });
  assert.equal(holds(memory, 'Tr0ub4dor&3'), false);
  core.probe(signingIn).free();
  assert.equal(holds(memory, 'Tr0ub4dor&3'), false);
  const refused = { ...signingIn, credentials: { ...credentials, user: 'an\nna' } };
  assert.throws(
    () => core.probe(refused),
    (error) => !error.message.includes('Tr0ub'),
  );
  assert.equal(holds(memory, 'Tr0ub4dor&3'), false);
});

/* IMAP over TLS with a server that shows the chain `good`, until that is judged. */
async function handshake(core, settings = []) {
  const directory = fileURLToPath(new URL('build/tests/certificates', root));
  const server = new TlsServer(contextFor(directory, { name: 'good', settings }));
  const probe = core.probe({ ...options, service: 'imaps' });
  probe.connected(0);
  for (let quiet = 0; quiet < QUIET_ROUNDS; quiet++) {
    const output = probe.output(0);
    if (output) server.receive(output);
    for (const record of server.records.splice(0)) probe.receive(record, 0);
    if (probe.waits) {
      await probe.bring();
      probe.came(0);
    }
    if (output) quiet = -1;
    await nextRound();
  }
  server.destroy();
  return probe;
}

test('a checked signature is known to the other probes, until the last of them has gone', async () => {
  const { core, memory } = await loadWithMemory();
  core.addAnchors(pem('root'));
  const [leaf, issuer] = pemCertificates(pem('good')).map(
    (block) => new X509Certificate(Buffer.from(block, 'base64')),
  );
  const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
  const key = issuer.publicKey.export({ type: 'spki', format: 'der' });
  const id = sha256(sha256(leaf.raw), key);
  const place = () => Buffer.from(memory.buffer).indexOf(id);
  const waiting = core.probe(options);
  assert.equal(place(), -1);
  const first = await handshake(core);
  assert.equal(first.report().trusted, true);
  assert.notEqual(place(), -1);
  /* What stands there is believed: the signature is not checked again. */
  new Uint8Array(memory.buffer)[place() + id.length] = 2;
  const second = await handshake(core);
  assert.equal(second.report().trusted, false);
  for (const probe of [second, first]) probe.free();
  assert.notEqual(place(), -1);
  waiting.free();
  assert.equal(place(), -1);
  const third = await handshake(core);
  assert.equal(third.report().trusted, true);
});

/* The page's core, whose client of TLS up to 1.2 is another module: how often that was asked for. */
async function loadInTwo(fetched = () => read('build/wasm/page/core-tls12.wasm')) {
  const asked = [];
  const bring = async () => {
    asked.push(null);
    return fetched(asked.length);
  };
  const core = await loadCore(read('build/wasm/page/core.wasm'), null, tables, bring);
  core.addAnchors(pem('root'));
  return { core, asked };
}

test('the page’s core imports nothing but what the second module brings, and exports that no more than it needs', async () => {
  const [first, second] = ['core', 'core-tls12'].map(
    (name) => new WebAssembly.Module(read(`build/wasm/page/${name}.wasm`)),
  );
  const imported = WebAssembly.Module.imports(first);
  assert.ok(imported.length > 0);
  assert.ok(imported.every((one) => one.module === 'placeholder' && one.kind === 'function'));
  const whole = WebAssembly.Module.exports(new WebAssembly.Module(wasm)).map(({ name }) => name);
  const wanted = WebAssembly.Module.imports(second).map(({ name }) => name);
  const exported = WebAssembly.Module.exports(first).map(({ name }) => name);
  assert.deepEqual(exported.sort(), [...new Set([...whole, ...wanted])].sort());
});

test('the client of TLS up to 1.2 is asked for when a server has chosen that, once for all', async () => {
  const { core, asked } = await loadInTwo();
  const newer = await handshake(core, ['version=1.3']);
  assert.equal(newer.report().trusted, true);
  assert.equal(asked.length, 0);
  const older = await Promise.all([handshake(core), handshake(core)]);
  assert.deepEqual(
    older.map((probe) => probe.report().tls.version),
    ['TLS 1.2', 'TLS 1.2'],
  );
  assert.ok(older.every((probe) => probe.report().trusted));
  assert.equal((await handshake(core)).report().trusted, true);
  assert.equal(asked.length, 1);
});

test('a second module that does not come is asked for again by the next', async () => {
  const { core, asked } = await loadInTwo((times) => {
    if (times === 1) throw new Error('HTTP status 503');
    return read('build/wasm/page/core-tls12.wasm');
  });
  await assert.rejects(handshake(core), /HTTP status 503/);
  assert.equal((await handshake(core)).report().trusted, true);
  assert.equal(asked.length, 2);
});

test('the roots of the page are taken, and no others', async () => {
  const core = await load(packed);
  assert.ok(core.addPackedAnchors(packed) > 100);
  for (const damaged of [packed.subarray(0, packed.length - 1), packed.subarray(1), bytes('MPC')]) {
    await assert.rejects(load(damaged), /trust anchors is damaged/);
  }
  const twisted = packed.slice();
  twisted[5] ^= 1;
  await assert.rejects(load(twisted), /trust anchors is damaged/);
});

test('extra roots are read from PEM', async () => {
  const core = await load();
  assert.equal(core.addAnchors(pem('root')), 1);
  assert.equal(core.addAnchors(`words\n${pem('good')}\nmore words`), 2);
});

test('what is wrong with extra roots is said, with its number', async () => {
  const core = await load();
  const block = (body) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
  assert.throws(() => core.addAnchors(''), /No certificate was found/);
  assert.throws(
    () => core.addAnchors('-----BEGIN CERTIFICATE-----\nAAAA'),
    /Extra root 1 has no end/,
  );
  assert.throws(() => core.addAnchors(pem('root') + block('%%%')), /Extra root 2 is not base64/);
  assert.throws(() => core.addAnchors(block('AAAA')), /Extra root 1 is not a certificate/);
  assert.throws(() => core.addAnchors(block('')), /Extra root 1 is not a certificate/);
});

test('the module is taken as bytes, as a response, or as the promise of one', async () => {
  const response = () => new Response(wasm, { headers: { 'Content-Type': 'application/wasm' } });
  for (const source of [
    wasm,
    new Uint8Array(wasm).buffer,
    response(),
    Promise.resolve(response()),
  ]) {
    const probe = (await loadCore(source, null, tables)).probe(options);
    assert.equal(probe.phase, 'connect');
  }
  await assert.rejects(loadCore(new Response('', { status: 404 }), null, tables), /HTTP 404/);
  await assert.rejects(loadCore(bytes('no module'), null, tables), WebAssembly.CompileError);
});

test('options that cannot be probed are refused by name', async () => {
  const core = await load();
  const refused = (more) =>
    assert.throws(() => core.probe({ ...options, ...more }), /These options cannot be probed: /);
  refused({ service: 'imap4' });
  refused({ service: '' });
  refused({ mode: 'tls' });
  refused({ serverName: 'n'.repeat(256) });
  refused({ clientName: 'two words' });
  refused({ clientName: 'a\r\nb' });
});

test('the mode and the port are the service\u2019s unless given', async () => {
  const core = await load();
  const target = (more) => core.probe({ ...options, ...more }).report().target;
  assert.deepEqual(target({}), {
    name: 'mail.example.test',
    address: '192.0.2.1',
    port: 143,
    service: 'imap',
    mode: 'starttls',
  });
  assert.equal(target({ mode: 'cleartext', port: 10143 }).mode, 'cleartext');
  assert.equal(target({ mode: 'cleartext', port: 10143 }).port, 10143);
});

test('a conversation from its greeting to its report', async () => {
  const core = await load();
  const probe = core.probe({ ...options, mode: 'cleartext' });
  assert.equal(probe.phase, 'connect');
  assert.equal(probe.output(0), null);
  const report = converse(probe);
  assert.deepEqual(
    report.findings.map(({ id }) => id),
    ['cleartext-sign-in-offered'],
  );
  assert.equal(report.greeting, '* OK hello');
  assert.equal(probe.output(4), null);
  assert.equal(probe.receive(bytes('more'), 4), 0);
});

test('a piece larger than the core\u2019s buffer is taken whole', async () => {
  const probe = (await load()).probe({ ...options, mode: 'cleartext' });
  const lines = bytes(`* OK hello\r\n${`* ${'x'.repeat(60)}\r\n`.repeat(300)}`);
  probe.connected(0);
  assert.equal(probe.receive(lines, 0), lines.length);
});

test('deadlines: a time, then none that matters', async () => {
  const probe = (await load()).probe({ ...options, timeoutScale: 0.5 });
  assert.equal(probe.nextDeadline, 5000);
  probe.tick(5000);
  assert.equal(probe.done, true);
  assert.equal(probe.report().findings[0].id, 'connect-timeout');
});

test('a transport that failed is a finding; another word is not', async () => {
  const core = await load();
  const probe = core.probe(options);
  assert.throws(
    () => probe.transportFailed('connect-failed', {}, 0),
    /Not a finding: connect-failed/,
  );
  assert.equal(probe.done, false);
  probe.transportFailed('connect-refused', { code: 4502, note: 'gr\u00fc\u00df"' }, 0);
  assert.deepEqual(probe.report().findings, [
    { id: 'connect-refused', args: { detail: { code: 4502, note: 'gr\u00fc\u00df"' } } },
  ]);
  const bare = core.probe(options);
  bare.transportFailed('bridge-busy', undefined, 0);
  assert.deepEqual(bare.report().findings, [{ id: 'bridge-busy', args: {} }]);
});

test('a probe is told what its follow-up met', async () => {
  const core = await load();
  const waiting = core.probe(options);
  waiting.connected(0);
  assert.equal(waiting.wantsFollowUp, false);
  const seed = new Uint8Array(32);
  assert.throws(() => waiting.startFollowUp(0, seed), /No follow-up connection/);
  waiting.tick(waiting.nextDeadline);
  assert.equal(waiting.wantsFollowUp, true);
  const followUp = waiting.startFollowUp(3000, seed);
  assert.equal(waiting.wantsFollowUp, false);
  followUp.connected(3000);
  assert.equal(followUp.sawTls, false);
  followUp.receive(Uint8Array.of(0x16), 3000);
  assert.equal(followUp.sawTls, true);
  waiting.heard(followUp, 3000);
  assert.equal(waiting.done, true);
  assert.equal(waiting.report().findings[0].id, 'tls-expected');
});

test('stop() ends at once, and says nothing that was not said', async () => {
  const probe = (await load()).probe({ ...options, mode: 'cleartext' });
  probe.connected(0);
  probe.receive(bytes('* OK hello\r\n'), 0);
  probe.stop(1);
  assert.equal(probe.output(1), null);
  assert.equal(probe.done, true);
  const { findings, transcript } = probe.report();
  assert.deepEqual(findings, []);
  assert.deepEqual(
    transcript.map(({ from, text }) => `${from} ${text}`),
    ['- connected', 'S * OK hello', '- stopped'],
  );
});

test('a freed probe says so, and may be freed again', async () => {
  const core = await load();
  const probe = core.probe(options);
  probe.free();
  probe.free();
  for (const use of ['connected', 'peerClosed', 'tick', 'stop', 'report', 'output']) {
    assert.throws(() => probe[use](0), /was freed/, use);
  }
  assert.throws(() => probe.done, /was freed/);
  assert.throws(() => core.probe(options).heard(probe, 0), /was freed/);
});

test('thirty probes at once grow the memory, and keep apart', async () => {
  const { core, memory } = await loadWithMemory();
  const before = memory.buffer.byteLength;
  const probes = Array.from({ length: 30 }, (_, port) =>
    core.probe({ ...options, mode: 'cleartext', port: port + 1 }),
  );
  assert.ok(memory.buffer.byteLength > before, 'the memory did not grow: more probes are needed');
  probes.forEach((probe) => probe.connected(0));
  probes.forEach((probe, i) => probe.receive(bytes(`* OK I am ${i}\r\n`), i));
  probes.forEach((probe, i) => {
    assert.equal(text(probe.output(i)), 'a1 CAPABILITY\r\n');
    const report = probe.report();
    assert.equal(report.target.port, i + 1);
    assert.equal(report.greeting, `* OK I am ${i}`);
  });
});

test('probes that come and go leave nothing behind', async () => {
  const { core, memory } = await loadWithMemory();
  const round = () => {
    const probe = core.probe({ ...options, mode: 'cleartext' });
    converse(probe);
    probe.free();
  };
  round();
  const before = memory.buffer.byteLength;
  for (let i = 0; i < 500; i++) round();
  /* What is refused is not kept either. */
  for (let i = 0; i < 500; i++) assert.throws(() => core.probe({ ...options, service: 'x' }));
  assert.equal(memory.buffer.byteLength, before);
});
