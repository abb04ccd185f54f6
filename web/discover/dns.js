/**
 * DNS over TCP (RFC 1035 4.2.2, RFC 7766) through the bridge: one WebSocket to its `resolver`, every
 * query sent at once, answers matched by id. Every query ends with a named outcome, none hangs, and
 * bytes from the network are only ever data.
 */
import { isHostName, ipLiteral } from '../input/address.js';
import { closeFinding, secondTry, wentAway } from '../transport/closes.js';
import { hangUp } from '../transport/hang-up.js';
import { readStatus } from '../transport/status.js';
import { DnsMessageError, readMessage, writeQuery } from './dns-message.js';

/** An answer above this is refused: real ones for these types stay below 4 kB. */
const MESSAGE_LIMIT = 8192;
/** CNAME steps followed; resolvers themselves give up at 8 to 16. */
const CHAIN_LIMIT = 8;
/** Records kept of one answer. */
const RECORD_LIMIT = 32;
/** Resolvers may close after a few answers (RFC 7766 6.2.3), some after each: a query per opening. */
const REOPEN_LIMIT = 64;
/** The codes with which an answer says that it withholds something (RFC 8914 4). */
const WITHHELD = [15, 16, 17, 18];
/** Of a socket that was opened ahead. */
const OPEN = 1;
/** What the bridge itself leaves out has its words (bridge/dnsguard.py); those of resolvers do not come here. */
const OF_THE_BRIDGE = { 'not a public address': 'not-public', 'opted out': 'opted-out' };

/**
 * The outcome of one query: `answer` (records is not empty), `name-not-found` (NXDOMAIN), `no-data`
 * (the name exists, without such a record), `withheld` (the resolver or the bridge does not tell;
 * `args.reason` is `filtered`, `not-public` or `opted-out`), or what failed: `resolver-failed` (with the
 * `rcode`, if there was one), `timeout`, `malformed`, or a bridge finding such as `bridge-unreachable`. Where an
 * alias led to none of them, `args.alias` is its last target; `aliases` are the targets on the way to
 * records.
 * @typedef {{outcome: string, records: any[], args: object, aliases: string[]}} DnsAnswer
 */

export class Resolver {
  /**
   * @param {object} options
   * @param {() => WebSocket} options.open makes a socket to the bridge's resolver; may throw
   * @param {Array<{code: number, id: string, finding: string|null}>} options.closes
   * @param {number} [options.timeoutMs] for each query, from the moment it is asked
   * @param {() => number} [options.randomId]
   * @param {(tested: object) => void} [options.onTested] what the bridge says of its own network
   * @param {(callback: () => void, ms: number) => void} [options.later]
   */
  constructor({
    open,
    closes,
    timeoutMs = 6000,
    randomId = defaultRandomId,
    onTested = () => {},
    later = setTimeout,
  }) {
    this.open = open;
    this.closes = closes;
    this.onTested = onTested;
    this.later = later;
    /** It was seen to tell something that there is. */
    this.answered = false;
    /** The bridge went away once: a second time nobody waits for another. */
    this.restarted = false;
    this.timeoutMs = timeoutMs;
    this.nextId = randomId();
    this.pending = new Map();
    this.socket = null;
    this.ready = false;
    this.reopened = 0;
    /** All at once, until the resolver shows that it cannot: then one after the other. */
    this.pipelining = true;
    this.answeredHere = 0;
    this.inbox = new Uint8Array(0);
    this.closed = false;
  }

  /**
   * Addresses, mail hosts or services of a name; aliases are followed.
   * @param {string} name @param {'A'|'AAAA'|'MX'|'SRV'} type
   * @param {{timeoutMs?: number}} [options] where this answer is worth less patience than others
   * @returns {Promise<DnsAnswer>} A/AAAA: strings; MX: {preference, host}; SRV: {priority, weight,
   *   port, host}. A host of '.' says "deliberately none".
   */
  async resolve(name, type, { timeoutMs = this.timeoutMs } = {}) {
    let asked = name;
    const seen = new Set();
    const aliases = [];
    for (let step = 0; step <= CHAIN_LIMIT; step += 1) {
      seen.add(asked);
      const message = await this.#ask(asked, type, timeoutMs);
      if (message.outcome !== 'message') return failed(message.outcome, message.args);
      const read = readAnswer(message.packet, asked, type);
      aliases.push(...read.aliases);
      if (read.outcome !== 'alias') {
        if (read.outcome === 'answer') this.answered = true;
        return asked === name ? read : { ...viaAlias(read, asked), aliases };
      }
      if (seen.has(read.target)) return failed('malformed', { reason: 'alias-loop' });
      asked = read.target;
    }
    return failed('malformed', { reason: 'alias-chain' });
  }

  /** Ends every query still open and closes the socket. */
  close() {
    this.closed = true;
    this.#failAll('resolver-failed', { reason: 'stopped' });
    this.#dropSocket();
  }

  #ask(name, type, timeoutMs) {
    return new Promise((settle) => {
      if (this.closed) return settle({ outcome: 'resolver-failed', args: { reason: 'stopped' } });
      const id = this.#freeId();
      const question = { name, type };
      const bytes = writeQuery({ id, ...question });
      // Nobody has a name that DNS cannot have.
      if (!bytes) return settle({ outcome: 'name-not-found', args: {} });
      const finish = (result) => {
        if (!this.pending.delete(id)) return;
        clearTimeout(timer);
        if (this.ready) this.#send();
        settle(result);
      };
      const timer = setTimeout(() => {
        finish({ outcome: this.ready ? 'timeout' : 'bridge-unreachable', args: {} });
      }, timeoutMs);
      this.pending.set(id, { question, bytes, finish, sent: false });
      if (this.ready) this.#send();
      else if (!this.socket) this.#connect();
    });
  }

  #freeId() {
    do this.nextId = (this.nextId + 1) & 0xffff;
    while (this.pending.has(this.nextId));
    return this.nextId;
  }

  #connect() {
    let socket;
    try {
      socket = this.open();
    } catch (error) {
      // Settled a moment later, so that the caller of the first query has its promise.
      queueMicrotask(() => this.#failAll('bridge-unreachable', { reason: error.message }));
      return;
    }
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    this.ready = false;
    this.answeredHere = 0;
    this.inbox = new Uint8Array(0);
    // Not waiting for the status frame saves a round trip: the bridge keeps the bytes meanwhile.
    const opened = () => {
      this.ready = true;
      for (const query of this.pending.values()) query.sent = false;
      this.#send();
    };
    socket.onopen = opened;
    socket.onmessage = ({ data }) => {
      if (typeof data !== 'string') return this.#receive(new Uint8Array(data));
      // The one text frame says that the bridge has reached its resolver.
      const tested = readStatus(data)?.tested;
      if (tested) this.onTested(tested);
    };
    socket.onclose = ({ code, reason }) => this.#lost(socket, code, reason);
    socket.onerror = () => {};
    if (socket.readyState === OPEN) opened();
  }

  #send() {
    for (const query of this.pending.values()) {
      if (!query.sent) this.socket.send(query.bytes);
      query.sent = true;
      if (!this.pipelining) return;
    }
  }

  #receive(chunk) {
    const joined = new Uint8Array(this.inbox.length + chunk.length);
    joined.set(this.inbox);
    joined.set(chunk, this.inbox.length);
    let offset = 0;
    while (joined.length - offset >= 2) {
      const length = (joined[offset] << 8) | joined[offset + 1];
      if (joined.length - offset < 2 + length) break;
      this.#message(joined.subarray(offset + 2, offset + 2 + length));
      offset += 2 + length;
    }
    this.inbox = joined.slice(offset);
  }

  #message(bytes) {
    if (bytes.length < 12) return;
    const query = this.pending.get((bytes[0] << 8) | bytes[1]);
    if (!query) return;
    this.answeredHere += 1;
    query.finish(decode(bytes, query.question));
  }

  #lost(socket, code, reason) {
    if (socket !== this.socket) return;
    const opened = this.ready;
    this.socket = null;
    this.ready = false;
    if (this.pending.size === 0) return;
    // Whoever closes with queries unread resets the connection, and may take an answer along.
    const hungUp = code === 1000 || this.#closeId(code) === 'reset';
    const progressed = this.answeredHere > 0 || (this.pipelining && this.pending.size > 1);
    if (hungUp && progressed && this.reopened < REOPEN_LIMIT) {
      this.pipelining = this.pipelining && this.answeredHere > 1;
      this.reopened += 1;
      this.#connect();
      return;
    }
    const { outcome, args } = this.#closeOutcome(code, reason, opened);
    if (!wentAway(args) || this.restarted) return this.#failAll(outcome, args);
    this.restarted = true;
    this.later(
      () => {
        if (!this.closed && !this.socket && this.pending.size > 0) this.#connect();
      },
      secondTry(args) * 1000,
    );
  }

  /** What the bridge could not do for us is the bridge's; what its resolver did not is the resolver's. */
  #closeOutcome(code, reason, opened) {
    const finding = this.closes.find((close) => close.code === code)?.finding ?? null;
    if (code === 1000 || finding?.startsWith('connect-'))
      return { outcome: 'resolver-failed', args: { close: this.#closeId(code) } };
    const [outcome, args] = closeFinding(this.closes, code, reason, opened);
    return { outcome, args };
  }

  #closeId(code) {
    return this.closes.find((close) => close.code === code)?.id ?? String(code);
  }

  #failAll(outcome, args) {
    for (const { finish } of [...this.pending.values()]) finish({ outcome, args });
  }

  #dropSocket() {
    const socket = this.socket;
    this.socket = null;
    this.ready = false;
    if (socket) hangUp(socket);
  }
}

function decode(bytes, question) {
  if (bytes.length > MESSAGE_LIMIT) return { outcome: 'malformed', args: { reason: 'too-long' } };
  let packet;
  try {
    packet = readMessage(bytes);
  } catch (error) {
    if (!(error instanceof DnsMessageError)) throw error;
    return { outcome: 'malformed', args: { reason: error.message } };
  }
  const { response, question: echoed } = packet;
  const ours =
    response &&
    echoed !== null &&
    normal(echoed.name) === normal(question.name) &&
    echoed.type === question.type;
  if (!ours) return { outcome: 'malformed', args: { reason: 'another question' } };
  if (packet.truncated) return { outcome: 'malformed', args: { reason: 'truncated' } };
  return { outcome: 'message', packet };
}

function readAnswer(packet, name, type) {
  let owner = normal(name);
  const seen = new Set();
  const aliases = [];
  // The answer section may hold the whole alias chain, in any order.
  for (let step = 0; step <= CHAIN_LIMIT; step += 1) {
    const own = packet.answers.filter((record) => normal(record.name) === owner);
    const wanted = own.filter((record) => record.type === type).slice(0, RECORD_LIMIT);
    if (wanted.length > 0) {
      const records = wanted.map((record) => readRecord(type, record.data)).filter(Boolean);
      if (records.length > 0) return { outcome: 'answer', records, args: {}, aliases };
      return failed('malformed', { reason: `unusable ${type} record` });
    }
    const alias = own.find((record) => record.type === 'CNAME');
    if (!alias) break;
    seen.add(owner);
    owner = normal(alias.data);
    // Aliases of service names keep their underscores: `_imaps._tcp.example.net`.
    if (!isHostName(owner.replace(/_/g, 'x'))) {
      return failed('malformed', { reason: 'alias to no host name' });
    }
    if (seen.has(owner)) return failed('malformed', { reason: 'alias-loop' });
    aliases.push(owner);
  }
  const aliased = owner === normal(name) ? {} : { alias: owner };
  const why = withheld(packet);
  if (why) return failed('withheld', { ...aliased, reason: why });
  if (packet.rcode === 'NXDOMAIN') return failed('name-not-found', aliased);
  if (packet.rcode !== 'NOERROR') return failed('resolver-failed', { rcode: packet.rcode });
  if (owner !== normal(name)) return { outcome: 'alias', target: owner, aliases };
  return failed('no-data', {});
}

/** Why nothing is told, or null. */
function withheld({ extendedErrors }) {
  const [said] = extendedErrors;
  if (!said || !WITHHELD.includes(said.code)) return null;
  return Object.hasOwn(OF_THE_BRIDGE, said.text) ? OF_THE_BRIDGE[said.text] : 'filtered';
}

function readRecord(type, data) {
  if (type === 'A' || type === 'AAAA') {
    const address = ipLiteral(data);
    return address !== null && address.includes(':') === (type === 'AAAA') ? address : null;
  }
  const target = normal(type === 'MX' ? data.exchange : data.target);
  const host = target === '' ? '.' : target;
  if (host !== '.' && !isHostName(host)) return null;
  if (type === 'MX') return { preference: data.preference, host };
  return { priority: data.priority, weight: data.weight, port: data.port, host };
}

/** What is said of the end of an alias is said with its name. */
function viaAlias(read, alias) {
  return read.records.length > 0 ? read : { ...read, args: { alias, ...read.args } };
}

function failed(outcome, args) {
  return { outcome, records: [], args, aliases: [] };
}

function normal(name) {
  return name.toLowerCase().replace(/\.$/, '');
}

function defaultRandomId() {
  return crypto.getRandomValues(new Uint16Array(1))[0];
}
