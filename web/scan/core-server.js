/** Serves a core to another thread (core-client.js): holds its conversations, whose sockets are over there. */
import { StandingClock } from '../transport/clock.js';
import { UNDERSTOOD, converse } from '../transport/connection.js';
import { onAbort } from '../transport/on-abort.js';
import { loadCore } from './core.js';

/** Of a page that asks for nothing for so long, nobody waits. */
const REST_MS = 100;

/** A socket of the other thread, as far as connection.js uses one. */
class FarSocket {
  /** It may be connecting yet: who closes it over there knows. */
  readyState = 1;
  onmessage = null;
  onclose = null;
  #post;
  #id;

  constructor(post, id) {
    this.#post = post;
    this.#id = id;
  }

  /** @param {Uint8Array} bytes nobody uses them any more */
  send(bytes) {
    this.#post({ type: 'send', id: this.#id, bytes }, [bytes.buffer]);
  }

  close() {
    this.#post({ type: 'close', id: this.#id });
  }
}

class CoreServer {
  #post;
  #load;
  #rehearse;
  #core = null;
  /** A conversation was asked for. */
  #wanted = false;
  #last = 0;
  /** By the number of what was asked of the other thread. */
  #awaited = new Map();
  #held = new Map();
  #clock = new StandingClock({
    now: () => performance.now(),
    setTimeout: (callback, ms) => this.#setTimeout(callback, ms),
    clearTimeout: (timer) => this.#clearTimeout(timer),
  });

  constructor(post, { load, rehearse }) {
    this.#post = post;
    this.#load = load;
    this.#rehearse = rehearse;
  }

  hear({ type, id, ...said }) {
    if (type === 'load') this.#answer(id, () => this.#make(said));
    else if (type === 'anchors') this.#answer(id, () => this.#core.addAnchors(said.pem));
    else if (type === 'begin') this.#begin(id, said);
    else if (type === 'data') this.#held.get(id)?.socket.onmessage?.(said);
    else if (type === 'status') this.#held.get(id)?.socket.onmessage?.({ data: said.status });
    else if (type === 'closed') this.#closed(id, said);
    else if (type === 'stop') this.#held.get(id)?.stop.abort();
    else if (type === 'packed') this.#awaited.get(id).add(said.packed);
    else if (type === 'brought') this.#brought(id, said);
    else if (type === 'awake') this.#wake(id);
    else if (type === 'beat') this.#post({ type: 'beat' });
  }

  async #answer(id, work) {
    try {
      const value = await work();
      this.#post({ type: 'answer', id, value, error: null });
    } catch (error) {
      this.#post({ type: 'answer', id, value: null, error: error.message });
    }
  }

  /** `roots`: all anchors, or null where they are asked for as they are needed; `whole`: the core is one module. */
  async #make({ module, roots, tables, whole }) {
    const onDemand = { bring: (names, add) => this.#bring({ names }, add) };
    const tls12 = whole ? null : () => this.#bring({});
    this.#core = await this.#load(module, roots ?? onDemand, tables, tls12);
    const another = (anchors) => this.#load(module, anchors, tables);
    this.#rehearseAtRest(another, tables.core);
  }

  async #rehearseAtRest(another, layout) {
    const rest = (ms) => new Promise((wake) => setTimeout(wake, ms));
    await rest(REST_MS);
    // With a timer: what the page wants is a message, which has its turn before that.
    const pause = async () => {
      await rest(0);
      return !this.#wanted;
    };
    if (!this.#wanted) await this.#rehearse(this.#core, another, layout, pause);
  }

  /** Anchors of these names, or else the module of TLS up to 1.2. */
  #bring(what, add) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#awaited.set(id, { add, resolve, reject });
      this.#post({ type: 'bring', id, ...what });
    });
  }

  #brought(id, { module, error }) {
    const { resolve, reject } = this.#awaited.get(id);
    this.#awaited.delete(id);
    if (error === null) resolve(module);
    else reject(Object.assign(new Error(error), { lost: true }));
  }

  #begin(id, { start, stopped, unopened, asks, ...how }) {
    this.#wanted = true;
    const one = {
      stop: new AbortController(),
      followUps: [],
      socket: new FarSocket(this.#post, id),
    };
    one.open = !stopped && unopened === null;
    if (stopped) one.stop.abort();
    this.#held.set(id, one);
    const numbers = new Map();
    const followUp = (begin, hear, signal) => {
      const at = one.followUps.push({ begin, hear }) - 1;
      onAbort(signal, () => this.#post({ type: 'stop-follow-up', id, at }));
      this.#post({ type: 'follow-up', id, at });
      // What comes of it is the other thread's.
      const held = new Promise(() => {});
      numbers.set(held, at);
      return held;
    };
    const open = () => {
      if (unopened !== null) throw new Error(unopened);
      return one.socket;
    };
    converse({
      ...how,
      ...this.#startOf(start),
      open,
      bridgeWords: UNDERSTOOD,
      signal: one.stop.signal,
      clock: this.#clock,
      onPhase: (phase) => this.#post({ type: 'phase', id, phase }),
      onTested: (tested) => this.#post({ type: 'tested', id, tested }),
      followUp: asks ? followUp : undefined,
    })
      .then(({ report, bridge, followUps }) => {
        const asked = followUps.map((held) => numbers.get(held));
        this.#post({ type: 'ended', id, report, bridge, followUps: asked });
      })
      .catch(({ message, lost = false }) => this.#post({ type: 'failed', id, message, lost }))
      .finally(() => this.#forget(id, one, 'over'));
  }

  /** Options of a probe, or the place of a follow-up: {of, at}. */
  #startOf(start) {
    if ('of' in start) {
      const { begin, hear } = this.#held.get(start.of)?.followUps[start.at] ?? {};
      const gone = () => {
        throw new Error('Nobody waits for this follow-up connection any more.');
      };
      return { start: begin ?? gone, onEvidence: hear };
    }
    const begin = (now) => {
      try {
        return this.#core.probe({ ...start, now });
      } finally {
        for (const bytes of Object.values(start.credentials ?? {})) bytes.fill(0);
      }
    };
    return { start: begin };
  }

  #closed(id, { why }) {
    const one = this.#held.get(id);
    if (!one) return;
    one.socket.onclose?.({ why });
    one.open = false;
    this.#forget(id, one);
  }

  #forget(id, one, over = null) {
    one.over ||= over !== null;
    if (one.over && !one.open) this.#held.delete(id);
  }

  /**
   * Before a deadline counts, the other thread has to say that it is awake: what a server has sent while that stood
   * still is on its way.
   */
  #setTimeout(callback, ms) {
    const timer = { id: ++this.#last, callback, handle: null };
    timer.handle = setTimeout(() => {
      this.#awaited.set(timer.id, timer);
      this.#post({ type: 'awake', id: timer.id });
    }, ms);
    return timer;
  }

  #clearTimeout(timer) {
    if (!timer) return;
    clearTimeout(timer.handle);
    this.#awaited.delete(timer.id);
  }

  #wake(id) {
    const timer = this.#awaited.get(id);
    this.#awaited.delete(id);
    timer?.callback();
  }
}

/**
 * @param {{postMessage: Function, onmessage: Function|null}} port to the other thread
 * @param {typeof loadCore} [load]
 * @param {(core: object, another: Function, layout: object, pause: () => Promise<boolean>) => Promise<void>} [rehearse]
 *   what is done while nobody waits, see rehearsal.js
 */
export function serveCore(port, load = loadCore, rehearse = async () => {}) {
  const post = (message, transfer) => port.postMessage(message, transfer);
  const server = new CoreServer(post, { load, rehearse });
  port.onmessage = ({ data }) => server.hear(data);
}
