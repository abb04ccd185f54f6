/**
 * A core in another thread, with what check/ and scan/ want of a core: conversations are held there (core-server.js),
 * and the sockets stay here, where they are opened. What passes between the two is plain data: bytes, phases, reports.
 */
import { hangUp } from '../transport/hang-up.js';
import { onAbort } from '../transport/on-abort.js';

/** A thread that has work and says nothing is asked for a sign of life so often. */
const BEAT_MS = 5000;
/** The worst chains of fourteen conversations keep a slow phone busy for some seconds. */
const BEATS = 4;
/** From the script's arrival; it takes some hundredths of that. */
const START_LIMIT_MS = 5000;

/** Of a WebSocket. */
const OPEN = 1;

/** What is wrong with the thread, and with no server. */
export class CoreLostError extends Error {}

export class CoreClient {
  #start;
  #anchors;
  #tls12;
  #timers;
  #onLost;
  /** The thread, once it has been started; null when there is none. */
  #port = null;
  #starting = null;
  /** Of requests and conversations. */
  #last = 0;
  #asked = new Map();
  #held = new Map();
  /** What a new thread is given, too. */
  #pems = [];
  #beat = null;
  #silentBeats = 0;
  /** Why what the thread wanted did not come the last time. */
  #notBrought = null;

  /**
   * @param {object} options
   * @param {() => Promise<object>} options.start makes a thread with its core: {postMessage, terminate, onmessage, onerror}
   * @param {object} options.load what the thread makes its core of, see core-server.js
   * @param {object|null} options.anchors what brings trust anchors on demand, see anchor-pieces.js
   * @param {(() => Promise<WebAssembly.Module>)|null} [options.tls12] fetches the second module of a core in two
   * @param {object} [options.timers] setTimeout, setInterval and what clears them
   * @param {() => void} [options.onLost] called when a thread is gone
   */
  constructor({ start, load, anchors, tls12 = null, timers = globalThis, onLost = () => {} }) {
    this.#onLost = onLost;
    this.#tls12 = tls12;
    this.#start = async () => {
      const port = await start();
      port.onmessage = ({ data }) => this.#hear(port, data);
      port.onerror = ({ message }) => this.#lose(port, message ?? 'it could not be started');
      this.#port = port;
      const late = () => this.#lose(port, `it did not start within ${START_LIMIT_MS} ms`);
      const limit = timers.setTimeout(late, START_LIMIT_MS);
      try {
        await this.#ask('load', { ...load, whole: tls12 === null });
        for (const pem of this.#pems) await this.#ask('anchors', { pem });
      } finally {
        timers.clearTimeout(limit);
      }
    };
    this.#anchors = anchors;
    this.#timers = timers;
  }

  /** Resolves when the core is there; who holds a conversation needs not wait. */
  ready() {
    if (!this.#starting) {
      const starting = this.#start();
      this.#starting = starting;
      starting.catch(() => {
        if (this.#starting === starting) this.#starting = null;
      });
    }
    return this.#starting;
  }

  /** Ends the thread, and all that it does. */
  end(why = 'it was ended') {
    if (this.#port) this.#lose(this.#port, why);
  }

  /** As Core has it, but later. */
  async addAnchors(pem) {
    await this.ready();
    const count = await this.#ask('anchors', { pem });
    this.#pems.push(pem);
    return count;
  }

  /** As converseWith() does it. */
  async converse(how) {
    await this.ready();
    return new Promise((resolve, reject) => this.#begin(how, { resolve, reject }));
  }

  #begin({ start, open, bridgeWords, signal, connectDeadlineMs, ...heard }, settle) {
    const id = ++this.#last;
    const one = { ...heard, ...settle, bridgeWords, followUps: [], socket: null, over: false };
    this.#held.set(id, one);
    let unopened = null;
    if (!signal?.aborted) {
      try {
        one.socket = open();
        this.#forward(id, one);
      } catch (error) {
        unopened = error.message;
      }
    }
    one.unhear = signal && onAbort(signal, () => this.#post({ type: 'stop', id }));
    const { start: own, secrets } = withOwnSecrets(start);
    const stopped = Boolean(signal?.aborted);
    const asks = Boolean(one.followUp);
    const begun = { type: 'begin', id, start: own, stopped, unopened, asks };
    this.#post({ ...begun, connectDeadlineMs }, secrets);
    this.#watch();
  }

  /** What comes through the socket goes to the thread, bytes as they are, and the bridge's words as they are understood. */
  #forward(id, one) {
    const { socket, bridgeWords } = one;
    let reached = false;
    socket.binaryType = 'arraybuffer';
    socket.onerror = () => {};
    socket.onmessage = ({ data }) => {
      if (reached && typeof data !== 'string') {
        this.#post({ type: 'data', id, data }, data instanceof ArrayBuffer ? [data] : []);
        return;
      }
      const status = reached ? null : bridgeWords.status(data);
      reached ||= status !== null;
      this.#post({ type: 'status', id, status });
    };
    socket.onclose = (event) => {
      one.socket = null;
      this.#post({ type: 'closed', id, why: bridgeWords.close(event, reached) });
      this.#forget(id, one);
    };
  }

  /** A conversation is over when there is nothing to say, nor to hear. */
  #forget(id, one) {
    if (!one.over || one.socket) return;
    one.unhear?.();
    this.#held.delete(id);
    if (this.#held.size > 0) return;
    this.#timers.clearInterval(this.#beat);
    this.#beat = null;
  }

  #hear(port, message) {
    if (port !== this.#port) return;
    this.#silentBeats = 0;
    const { type, id } = message;
    const one = this.#held.get(id);
    try {
      if (type === 'answer') this.#settle(message);
      else if (type === 'bring') this.#bring(message);
      else if (type === 'awake') this.#post({ type: 'awake', id });
      else if (one) this.#hearOf(id, one, message);
    } catch (error) {
      if (!one) throw error;
      // A fault of who listens is its conversation's.
      this.#finish(id, one, () => one.reject(error));
      this.#post({ type: 'stop', id });
    }
  }

  #hearOf(id, one, { type, ...said }) {
    // The server may have hung up since: what is said then would reach nobody, and the browser complains.
    if (type === 'send') one.socket?.readyState === OPEN && one.socket.send(said.bytes);
    else if (type === 'close') this.#close(one);
    else if (type === 'ended') {
      const { report, bridge } = said;
      const followUps = said.followUps.map((at) => one.followUps[at].held);
      this.#finish(id, one, () => one.resolve({ report, bridge, followUps }));
    } else if (type === 'failed') {
      this.#finish(id, one, () =>
        one.reject(said.lost ? this.#notBrought : new Error(said.message)),
      );
      // Where it has not begun, nobody over there has closed it.
      this.#close(one);
    } else if (one.over) return;
    else if (type === 'phase') one.onPhase?.(said.phase);
    else if (type === 'tested') one.onTested?.(said.tested);
    else if (type === 'follow-up') this.#followUp(id, one, said.at);
    else if (type === 'stop-follow-up') one.followUps[said.at].stop.abort();
  }

  /** Of a connection that is given up before it is open, too. */
  #close({ socket }) {
    if (socket) hangUp(socket);
  }

  #finish(id, one, settle) {
    one.over = true;
    settle();
    this.#forget(id, one);
  }

  #followUp(id, one, at) {
    const stop = new AbortController();
    const held = one.followUp({ of: id, at }, () => {}, stop.signal);
    // Who awaits it hears why it failed.
    held.catch(() => {});
    one.followUps[at] = { stop, held };
  }

  async #bring({ id, names }) {
    const add = (packed) => this.#post({ type: 'packed', id, packed });
    try {
      const module = names ? await this.#anchors.bring(names, add) : await this.#tls12();
      this.#post({ type: 'brought', id, module, error: null });
    } catch (error) {
      this.#notBrought = error;
      this.#post({ type: 'brought', id, module: null, error: error.message });
    }
  }

  #ask(type, what) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#post({ type, id, ...what });
    });
  }

  #settle({ id, value, error }) {
    const { resolve, reject } = this.#asked.get(id);
    this.#asked.delete(id);
    if (error === null) resolve(value);
    else reject(new Error(error));
  }

  #post(message, transfer = []) {
    this.#port?.postMessage(message, transfer);
  }

  /** As long as something is held: a thread that has died says nothing any more. */
  #watch() {
    if (this.#beat !== null) return;
    this.#silentBeats = 0;
    this.#beat = this.#timers.setInterval(() => {
      // Beats are counted, and no time is measured: a page that was frozen has missed them, and its thread as well.
      if (this.#silentBeats === BEATS) this.#lose(this.#port, 'it gives no sign of life');
      else this.#post({ type: 'beat' });
      this.#silentBeats += 1;
    }, BEAT_MS);
  }

  /** All that it was asked for fails; the next who wants a conversation starts another. */
  #lose(port, why) {
    if (port !== this.#port) return;
    const error = new CoreLostError(`The thread that holds the conversations is gone: ${why}`);
    this.#port = null;
    this.#starting = null;
    port.terminate();
    this.#timers.clearInterval(this.#beat);
    this.#beat = null;
    for (const { reject } of this.#asked.values()) reject(error);
    this.#asked.clear();
    const held = [...this.#held.values()];
    this.#held.clear();
    for (const one of held) {
      one.unhear?.();
      for (const { stop } of one.followUps) stop.abort();
      if (one.socket) one.socket.onclose = null;
      this.#close(one);
      if (!one.over) one.reject(error);
    }
    this.#onLost();
  }
}

/** Passwords are moved and not cloned: nobody wipes what is made on the way. The thread wipes what it gets. */
function withOwnSecrets(start) {
  if (!start.credentials) return { start, secrets: [] };
  const entries = Object.entries(start.credentials).map(([key, bytes]) => [key, bytes.slice()]);
  const secrets = entries.map(([, { buffer }]) => buffer);
  return { start: { ...start, credentials: Object.fromEntries(entries) }, secrets };
}
