/**
 * What one handshake of TLS costs the processor here and with the TLS clients for browsers that npm has, in the same
 * run: each connects to the same server, Node's in a process of its own on loopback, with the same chains. Counted is
 * all that this process takes, its sockets and other threads included, from the connection until the first words of
 * the server have been read.
 *
 *   node tests/bench/peers.mjs CHAINS        as handshake_chains.py made them
 */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { webcrypto, X509Certificate } from 'node:crypto';
import { createRequire } from 'node:module';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { root } from '../e2e/program.mjs';
import { loadCore } from '../../web/scan/core.js';

const HOST = 'mail.example.test';
const MOZILLA = '/usr/share/ca-certificates/mozilla';
const CHAINS = ['rsa', 'ec', 'lersa', 'leec'];
const GREETING = '* OK ready\r\n';
const WARM_ROUNDS = 60;
const BATCHES = 9;
const BATCH = 10;
const LIMIT_MS = 10_000;

const [directory, serve] = process.argv.slice(2);
const chain = (name) => readFileSync(path.join(directory, name));
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

function startServers() {
  const listening = CHAINS.map((name) => {
    const options = { cert: chain(`${name}.pem`), key: chain(`${name}.key`) };
    const server = tls.createServer(options, (socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(GREETING);
    });
    server.on('tlsClientError', () => {});
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve([name, server.address().port]));
    });
  });
  Promise.all(listening).then((ports) => process.send(Object.fromEntries(ports)));
  process.on('disconnect', () => process.exit());
}

/** A connection, with what it reads as a queue. */
function connect(port) {
  const socket = net.connect({ host: '127.0.0.1', port, noDelay: true });
  const queue = [];
  let ended = false;
  let wake = () => {};
  socket.on('data', (bytes) => (queue.push(bytes), wake()));
  for (const end of ['end', 'error', 'close']) socket.on(end, () => ((ended = true), wake()));
  /* The next piece; null at the end. */
  const read = async () => {
    while (queue.length === 0 && !ended) await new Promise((resolve) => (wake = resolve));
    return queue.shift() ?? null;
  };
  return { socket, read };
}

async function ours() {
  const built = (name) => readFileSync(path.join(root, 'build', name));
  const tables = JSON.parse(built('tables.json'));
  const [first, second] = ['core', 'core-tls12'].map((name) => built(`wasm/page/${name}.wasm`));
  const core = await loadCore(first, built('roots.bin'), tables, second);
  for (const name of CHAINS) core.addAnchors(chain(`${name}.root.pem`).toString());
  return async (name, port) => {
    const { socket, read } = connect(port);
    const probe = core.probe({ service: 'imaps', serverName: HOST, time: Date.now() });
    probe.connected(performance.now());
    while (!['capability', 'close'].includes(probe.phase)) {
      const output = probe.output(performance.now());
      if (output) socket.write(output);
      const bytes = await read();
      if (bytes === null) throw new Error(`it ended in ${probe.phase}`);
      probe.receive(bytes, performance.now());
    }
    const { trusted } = probe.report();
    socket.destroy();
    probe.free();
    if (!trusted) throw new Error('the chain was not trusted');
  };
}

/* The bench's certificates do not say what they are for. */
const USAGES = { requireServerTlsExtKeyUsage: false, requireDigitalSigKeyUsage: false };

async function subtls() {
  const { SocketReadQueue, startTls, TrustedCert } =
    await import('./peers/node_modules/subtls/index.js');
  const roots = {};
  for (const name of CHAINS) {
    roots[name] = await TrustedCert.databaseFromPEM(chain(`${name}.root.pem`).toString());
  }
  return async (name, port) => {
    const { socket } = connect(port);
    const queue = new SocketReadQueue(socket);
    const write = (bytes) => socket.write(bytes);
    const established = await startTls(HOST, roots[name], queue.read.bind(queue), write, USAGES);
    const text = Buffer.from((await established.read()) ?? []).toString();
    socket.destroy();
    if (text !== GREETING) throw new Error(`it read ${text}`);
  };
}

const SILENT = Object.fromEntries(
  ['info', 'debug', 'trace', 'warn', 'error'].map((level) => [level, () => {}]),
);

async function reclaim() {
  const folder = './peers/node_modules/@reclaimprotocol/tls/lib';
  const { makeTLSClient, setCryptoImplementation } = await import(`${folder}/index.js`);
  const { webcryptoCrypto } = await import(`${folder}/crypto/webcrypto.js`);
  const { loadX509FromPem } = await import(`${folder}/utils/x509.js`);
  setCryptoImplementation(webcryptoCrypto);
  const roots = {};
  for (const name of CHAINS) roots[name] = [await loadX509FromPem(chain(`${name}.root.pem`))];
  return async (name, port) => {
    const { socket, read } = connect(port);
    let text = '';
    let ended;
    const client = makeTLSClient({
      host: HOST,
      logger: SILENT,
      rootCAs: roots[name],
      write: async ({ header, content }) => void socket.write(Buffer.concat([header, content])),
      onApplicationData: (bytes) => (text += Buffer.from(bytes).toString()),
      onTlsEnd: (error) => (ended = error),
    });
    await client.startHandshake();
    while (text === '' && !ended) {
      const bytes = await read();
      if (bytes === null) break;
      await client.handleReceivedBytes(bytes);
    }
    socket.destroy();
    if (text !== GREETING) throw ended ?? new Error(`it read ${text}`);
  };
}

/* --- epoxy: rustls in WebAssembly, whose only transport is Wisp over a WebSocket ------------------------------------ */

/** Stands where epoxy makes its WebSocket, and is the Wisp server at its other end: one stream, one connection. */
class WispSocket {
  static OPEN = 1;
  #connection;

  constructor() {
    this.readyState = WispSocket.OPEN;
    setImmediate(() => {
      this.onopen?.({});
      this.#packet(3, 0, Buffer.from([128, 0, 0, 0])); // CONTINUE: how much it may send
    });
  }

  #packet(type, stream, payload) {
    const head = Buffer.alloc(5);
    head[0] = type;
    head.writeUInt32LE(stream, 1);
    const { buffer, byteOffset, length } = Buffer.concat([head, payload]);
    this.onmessage?.({ data: buffer.slice(byteOffset, byteOffset + length) });
  }

  send(bytes) {
    const packet = Buffer.from(bytes);
    const stream = packet.readUInt32LE(1);
    if (packet[0] === 1) {
      this.#connection = net.connect({
        host: '127.0.0.1',
        port: packet.readUInt16LE(6),
        noDelay: true,
      });
      this.#connection.on('data', (data) => this.#packet(2, stream, data));
      for (const end of ['end', 'error'])
        this.#connection.on(end, () => this.#packet(4, stream, Buffer.from([2])));
    } else if (packet[0] === 2) this.#connection.write(packet.subarray(5));
    else if (packet[0] === 4) this.#connection.destroy();
  }

  close() {
    this.#connection?.destroy();
    this.onclose?.({});
  }
}

/** The contents of a DER element, and where it ends. */
function element(der, at) {
  const long = der[at + 1] & 0x80 ? der[at + 1] & 0x7f : 0;
  const from = at + 2 + long;
  const end = from + (long ? der.readUIntBE(at + 2, long) : der[at + 1]);
  return { from, end, contents: der.subarray(from, end) };
}

/** Name and key of a root, without their headers: as rustls keeps them. */
function nameAndKey(file) {
  const { raw, publicKey } = new X509Certificate(readFileSync(file));
  let at = element(raw, element(raw, 0).from).from;
  /* version, serial number, algorithm, issuer, validity */
  for (let field = 0; field < 5; field++) at = element(raw, at).end;
  const key = publicKey.export({ type: 'spki', format: 'der' });
  return [element(raw, at).contents, element(key, 0).contents];
}

/** It brings its own roots: those of the chains take the place of four that are as long. */
function withRoots(wasm) {
  const amazon = { rsa: 1, lersa: 2, ec: 3, leec: 4 };
  for (const name of CHAINS) {
    const theirs = nameAndKey(`${MOZILLA}/Amazon_Root_CA_${amazon[name]}.crt`);
    const own = nameAndKey(path.join(directory, `${name}.root.pem`));
    theirs.forEach((bytes, index) => {
      const at = wasm.indexOf(bytes);
      if (at < 0 || own[index].length !== bytes.length)
        throw new Error(`no place for the root of ${name}`);
      own[index].copy(wasm, at);
    });
  }
  return wasm;
}

async function epoxy() {
  const require = createRequire(import.meta.url);
  const folder = path.join(root, 'tests/bench/peers/node_modules/@mercuryworkshop/epoxy-tls/pkg');
  const script = readFileSync(path.join(folder, 'epoxy.js'), 'utf8');
  const program = new Function('module', 'require', `${script}; return epoxy;`)(
    { require },
    require,
  );
  globalThis.WebSocket = WispSocket;
  globalThis.self ??= globalThis;
  await program(withRoots(readFileSync(path.join(folder, 'epoxy.wasm'))));
  program.init?.();
  return async (name, port) => {
    const client = await new program.EpoxyClient('ws://wisp/', 'bench', 0);
    const text = await new Promise((resolve, reject) => {
      const said = (bytes) => resolve(Buffer.from(bytes).toString());
      client
        .connect_tls(
          () => {},
          () => {},
          reject,
          said,
          `${HOST}:${port}`,
        )
        .catch(reject);
    });
    if (text !== GREETING) throw new Error(`it read ${text}`);
  };
}

const CLIENTS = [
  ['ours', ours, 'WebAssembly; judges the chain, and says all that is wrong with it'],
  [
    'subtls 0.5.0',
    subtls,
    'WebCrypto, so native; TLS 1.3 only, a chain in its right order, no constraints',
  ],
  [
    '@reclaimprotocol/tls 0.1.2',
    reclaim,
    'WebCrypto, so native; checks dates, the name and signatures, but not who is a CA, and no constraints',
  ],
  [
    '@mercuryworkshop/epoxy-tls 1.5.0',
    epoxy,
    'rustls in WebAssembly; its chain is checked with the roots that come with it, ours put in their place',
  ],
];

async function cpuMs(handshake, name, port) {
  const within = async () => {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error('it takes too long')), LIMIT_MS);
    });
    await Promise.race([handshake(name, port), late]);
    clearTimeout(timer);
  };
  for (let round = 0; round < WARM_ROUNDS; round++) await within();
  const took = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    const before = process.cpuUsage();
    for (let round = 0; round < BATCH; round++) await within();
    const { user, system } = process.cpuUsage(before);
    took.push((user + system) / 1000 / BATCH);
  }
  return median(took);
}

async function compare() {
  globalThis.crypto ??= webcrypto; // Node 18 has it under another name
  const server = fork(fileURLToPath(import.meta.url), [directory, 'serve']);
  const ports = await new Promise((resolve) => server.once('message', resolve));
  const clients = [];
  for (const [label, make, how] of CLIENTS) {
    try {
      clients.push([label, await make(), how]);
    } catch (error) {
      console.log(`${label}: skipped with Node ${process.version}: ${error.message}`);
    }
  }
  for (const name of CHAINS) {
    const said = [];
    const others = [];
    let own;
    for (const [label, handshake] of clients) {
      try {
        const ms = await cpuMs(handshake, name, ports[name]);
        own ??= ms;
        if (label !== 'ours') others.push(ms);
        said.push(
          `${label} ${ms.toFixed(2)} ms${ms === own ? '' : `, ${(ms / own).toFixed(2)} of ours`}`,
        );
      } catch (error) {
        said.push(`${label}: ${error.message}`);
      }
    }
    const fastest = (own / Math.min(...others)).toFixed(2);
    console.log(`peers ${name}: ${said.join('; ')}; ours is ${fastest} of the fastest other`);
  }
  for (const [label, , how] of clients) console.log(`${label}: ${how}`);
  server.disconnect();
}

if (serve) startServers();
else await compare();
