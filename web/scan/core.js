/*
 * The C core as a JavaScript object: loads core.wasm, and gives probes whose methods take and
 * return plain values. The only module that knows addresses inside the WebAssembly memory.
 *
 * Times named `now` are milliseconds of one monotonic clock, which stands still while a probe works
 * (clock.js).
 */

import { pemCertificates } from './pem.js';
import { converseWith } from '../transport/connection.js';

/* A memory that grows replaces its buffer: views are made anew for every use. */
class Memory {
  constructor(exports) {
    this.exports = exports;
  }

  view(address, length) {
    return new Uint8Array(this.exports.memory.buffer, address, length);
  }

  /* Runs `use` with the address of a copy of the bytes and a NUL, which lives until `use` returns, and is wiped then. */
  with(bytes, use) {
    const room = bytes.length + 1;
    const address = this.exports.malloc(room);
    if (address === 0) throw new Error('The check ran out of memory.');
    try {
      this.view(address, room).fill(0).set(bytes);
      return use(address);
    } finally {
      this.view(address, room).fill(0);
      this.exports.free(address);
    }
  }

  /* The same for a text, or the bytes of one. */
  withText(text, use) {
    return this.with(typeof text === 'string' ? new TextEncoder().encode(text) : text, use);
  }

  /* The same for several texts: `use` gets an address for each. */
  withTexts(texts, use, addresses = []) {
    if (texts.length === 0) return use(...addresses);
    return this.withText(texts[0], (address) =>
      this.withTexts(texts.slice(1), use, [...addresses, address]),
    );
  }

  text(address) {
    const rest = new Uint8Array(this.exports.memory.buffer, address);
    return new TextDecoder().decode(rest.subarray(0, rest.indexOf(0)));
  }
}

const randomSeed = ({ seed_bytes: length }) => crypto.getRandomValues(new Uint8Array(length));

/* Writes one field of the options; what it writes of a text is its address. */
const WRITERS = {
  f64: (view, offset, value) => view.setFloat64(offset, value, true),
  u32: (view, offset, value) => view.setUint32(offset, value, true),
  text: (view, offset, address) => view.setUint32(offset, address, true),
  seed: (view, offset, bytes) => new Uint8Array(view.buffer).set(bytes, offset),
};

class Probe {
  #memory;
  #core;
  #handle;

  #layout;
  #bring;

  /* `bring`: {anchors(names), tls12()}, each a promise while that comes, null where it is here. */
  constructor(memory, layout, handle, bring) {
    this.#memory = memory;
    this.#core = memory.exports;
    this.#layout = layout;
    this.#handle = handle;
    this.#bring = bring;
  }

  get #pointer() {
    if (this.#handle === 0) throw new Error('This probe was freed.');
    return this.#handle;
  }

  #has(state) {
    return (this.#core.mpc_state(this.#pointer) & this.#layout.state[state]) !== 0;
  }

  /* `localAddress`: our own side of the connection, where it is known; what is no address is passed over. */
  connected(now, localAddress = '') {
    this.#memory.withTexts([localAddress], (text) =>
      this.#core.mpc_local_address(this.#pointer, text),
    );
    this.#core.mpc_connected(this.#pointer, now);
  }

  /* `findingId` is a finding of the connect phase; `detail` a plain object of evidence. */
  transportFailed(findingId, detail, now) {
    this.#memory.withTexts([findingId, JSON.stringify(detail ?? {})], (id, args) => {
      if (this.#core.mpc_transport_failed(this.#pointer, id, args, now) !== 0) {
        throw new Error(`Not a finding: ${findingId}`);
      }
    });
  }

  /* Takes all of the bytes, or what is wanted of them when the conversation ends on the way, or waits for something
   * first. How many. */
  receive(bytes, now) {
    let at = 0;
    while (at < bytes.length && !this.ended && !this.waits) {
      const room = this.#core.mpc_recv_room(this.#pointer);
      if (room === 0) break;
      const piece = bytes.subarray(at, at + room);
      this.#memory.view(this.#core.mpc_recv_buf(this.#pointer), piece.length).set(piece);
      this.#core.mpc_recv_ack(this.#pointer, piece.length, now);
      at += piece.length;
    }
    return at;
  }

  /* Hands over what is to be sent now, as a copy, and counts it as sent; null when nothing is. */
  output(now) {
    const parts = [];
    while (this.#has('send')) {
      const length = this.#core.mpc_send_len(this.#pointer);
      parts.push(this.#memory.view(this.#core.mpc_send_buf(this.#pointer), length).slice());
      this.#core.mpc_send_ack(this.#pointer, length, now ?? 0);
    }
    if (parts.length < 2) return parts[0] ?? null;
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
    return all;
  }

  peerClosed(now) {
    this.#core.mpc_peer_closed(this.#pointer, now);
  }

  tick(now) {
    this.#core.mpc_tick(this.#pointer, now);
  }

  stop(now) {
    this.#core.mpc_stop(this.#pointer, now);
  }

  /* When tick() is due, on the clock of `now`; Infinity when nothing is awaited. */
  get nextDeadline() {
    return this.#core.mpc_deadline(this.#pointer);
  }

  get done() {
    return this.#has('done');
  }

  /* Nothing more is read; there may still be something to send. */
  get ended() {
    return !this.#has('receive') && this.#core.mpc_recv_room(this.#pointer) === 0;
  }

  get phase() {
    return this.#memory.text(this.#core.mpc_phase(this.#pointer));
  }

  /* A chain of certificates has come, and is not judged before the trust anchors are here that it may lead to; or the
   * server has chosen a version of TLS whose client is not here. */
  get waits() {
    return this.#has('anchors') || this.#has('tls12');
  }

  /* Brings that: a promise while it comes, null where it is here already; then tell came(). */
  bring() {
    return this.#has('tls12') ? this.#bring.tls12() : this.#bringAnchors();
  }

  came(now) {
    if (this.#core.mpc_tls12_comes(this.#pointer, now) === 0) return;
    if (this.#core.mpc_anchors_come(this.#pointer, now) !== 0) {
      throw new Error('Nothing is waited for.');
    }
  }

  #bringAnchors() {
    const { anchor_name: size, anchor_names: most } = this.#layout;
    const names = this.#memory.with(new Uint8Array(size * most), (address) => {
      const count = this.#core.mpc_names(this.#pointer, address);
      return Array.from({ length: count }, (_, at) =>
        hex(this.#memory.view(address + at * size, size)),
      );
    });
    return this.#bring.anchors(names);
  }

  /* Another connection to the same port, held in another way, would tell more: see startFollowUp(). */
  get wantsFollowUp() {
    return this.#has('second');
  }

  /* A server's TLS record has arrived. */
  get sawTls() {
    return this.#core.mpc_saw_tls(this.#pointer) !== 0;
  }

  /* The probe for that connection; one at a time. */
  startFollowUp(now, seed = randomSeed(this.#layout)) {
    const handle = this.#memory.with(seed, (address) =>
      this.#core.mpc_start_second(this.#pointer, address, now),
    );
    if (handle === 0) throw new Error('No follow-up connection is wanted.');
    return new Probe(this.#memory, this.#layout, handle, this.#bring);
  }

  /* Tells this probe what its follow-up has met so far. */
  heard(followUp, now) {
    this.#core.mpc_heard(this.#pointer, followUp.#pointer, now);
  }

  report() {
    const length = this.#core.mpc_report(this.#pointer, 0, 0);
    return this.#memory.with(new Uint8Array(length), (address) => {
      this.#core.mpc_report(this.#pointer, address, length);
      return JSON.parse(new TextDecoder().decode(this.#memory.view(address, length)));
    });
  }

  free() {
    if (this.#handle !== 0) this.#core.mpc_free(this.#handle);
    this.#handle = 0;
  }
}

class Core {
  #memory;
  #layout;
  /* Where anchors come from on demand; null: all that there are have been added. */
  #anchors;
  /* Brings the client of TLS up to 1.2; null: it is here. */
  #tls12;
  #tls12Coming = null;

  constructor(exports, layout, anchors, tls12) {
    this.#memory = new Memory(exports);
    this.#layout = layout;
    this.#anchors = anchors;
    this.#tls12 = tls12;
  }

  /* Once for all who ask; what did not come is asked for again by the next. See Probe. */
  #bringTls12() {
    if (this.#tls12 === null) return null;
    this.#tls12Coming ??= this.#addTls12().finally(() => (this.#tls12Coming = null));
    return this.#tls12Coming;
  }

  async #addTls12() {
    // It takes its place in the table of functions.
    await instantiate(this.#tls12(), { primary: this.#memory.exports });
    this.#tls12 = null;
  }

  /* Adds the anchors of these names, but for those that are here; see Probe. */
  #bringAnchors(names) {
    return this.#anchors.bring(names, (packed) => this.addPackedAnchors(packed));
  }

  addPackedAnchors(bytes) {
    const count = this.#memory.with(bytes, (address) =>
      this.#memory.exports.mpc_anchors_add(address, bytes.length, 1),
    );
    if (count < 0) throw new Error('The file of trust anchors is damaged.');
    return count;
  }

  /* Adds the certificates of a PEM text, and returns how many. Before the first probe only. */
  addAnchors(pem) {
    const blocks = pemCertificates(pem);
    if (blocks.length === 0)
      throw new Error('No certificate was found in the file of extra roots.');
    blocks.forEach((block, index) => {
      const der = decodeBase64(block, index + 1);
      const added = this.#memory.with(der, (address) =>
        this.#memory.exports.mpc_anchors_add(address, der.length, 0),
      );
      if (added !== 1) throw new Error(`Extra root ${index + 1} is not a certificate.`);
    });
    return blocks.length;
  }

  /* See probe.h for what the options mean; `mode` and `port` default to the service's. `credentials`: { user,
   * password, preparedUser, preparedPassword } of sasl/credentials.h, as texts or their bytes. */
  probe({
    service,
    mode = '',
    serverName,
    address = '',
    port = 0,
    clientName = 'check.invalid',
    ...rest
  }) {
    const { time = Date.now(), now = performance.now(), timeoutScale = 1 } = rest;
    const { testPipelining = false, versionScan = false, leaveUnanswered = false } = rest;
    const { seed = randomSeed(this.#layout) } = rest;
    const { credentials = {} } = rest;
    const names = { service, mode, address, server_name: serverName, client_name: clientName };
    const texts = {
      ...names,
      user: credentials.user ?? '',
      password: credentials.password ?? '',
      prepared_user: credentials.preparedUser ?? '',
      prepared_password: credentials.preparedPassword ?? '',
    };
    const plain = {
      unix_time: Math.floor(time / 1000),
      now,
      port,
      timeout_permille: Math.max(1, Math.round(timeoutScale * 1000)),
      test_pipelining: testPipelining ? 1 : 0,
      deep: versionScan ? 1 : 0,
      roots_on_demand: this.#anchors ? 1 : 0,
      tls12_on_demand: this.#tls12 ? 1 : 0,
      leave_unanswered: leaveUnanswered ? 1 : 0,
      seed,
    };
    const handle = this.#memory.withTexts(Object.values(texts), (...addresses) => {
      const keys = Object.keys(texts);
      const at = Object.fromEntries(keys.map((key, index) => [key, addresses[index]]));
      return this.#memory.with(this.#options({ ...plain, ...at }), (options) =>
        this.#memory.exports.mpc_new(options),
      );
    });
    if (handle === 0)
      throw new Error(`These options cannot be probed: ${Object.values(names).join(' ')}`);
    const bring = {
      anchors: (wanted) => this.#bringAnchors(wanted),
      tls12: () => this.#bringTls12(),
    };
    return new Probe(this.#memory, this.#layout, handle, bring);
  }

  /* Holds a conversation, see converseWith(). */
  converse(how) {
    return converseWith(this, how);
  }

  /* The structure of exports.h. */
  #options(values) {
    const { size, fields } = this.#layout.options;
    const bytes = new Uint8Array(size);
    const view = new DataView(bytes.buffer);
    for (const { name, type, offset } of fields) WRITERS[type](view, offset, values[name]);
    return bytes;
  }
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function decodeBase64(base64, number) {
  let binary;
  try {
    binary = atob(base64);
  } catch {
    throw new Error(`Extra root ${number} is not base64.`);
  }
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

async function instantiate(source, imports) {
  const from = await source;
  if (typeof Response !== 'undefined' && from instanceof Response) {
    if (!from.ok) throw new Error(`The core did not load (HTTP ${from.status}).`);
    return instantiate(WebAssembly.compileStreaming(from), imports);
  }
  if (!(from instanceof WebAssembly.Module)) return instantiate(WebAssembly.compile(from), imports);
  return WebAssembly.instantiate(from, imports ?? placeholders(from));
}

/* No part of the outside world is within the module's reach: it imports nothing, or only the functions of the client of TLS
 * up to 1.2, which nobody calls before they are there. */
function placeholders(module) {
  const absent = () => {
    throw new Error('The client of TLS up to 1.2 is not here.');
  };
  const imports = {};
  for (const { module: room, name } of WebAssembly.Module.imports(module)) {
    imports[room] ??= {};
    imports[room][name] = absent;
  }
  return imports;
}

/*
 * `source` is core.wasm as a Response (or a promise of one), as bytes or compiled; `roots` the bytes of
 * roots.bin, what brings of them what is asked for (anchor-pieces.js), or null for none; `tables`
 * the content of tables.json from the same build. Of a core in two modules (wasm/drivers/split.mjs) `tls12` is
 * the second, in one of the forms of `source`, or fetches it when it is wanted.
 */
export async function loadCore(source, roots, tables, tls12 = null) {
  const { exports } = await instantiate(source);
  exports._initialize?.();
  const onDemand = typeof roots?.bring === 'function';
  const later = typeof tls12 === 'function';
  if (tls12 && !later) await instantiate(tls12, { primary: exports });
  const core = new Core(exports, tables.core, onDemand ? roots : null, later ? tls12 : null);
  if (roots && !onDemand) core.addPackedAnchors(roots);
  return core;
}
