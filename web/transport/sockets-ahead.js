/**
 * Sockets to the bridge that are open before it is known where they lead. Browsers open WebSockets to one host
 * one after the other (RFC 6455 4.1), each in several round trips; a socket whose URL names no target waits for
 * it in its first message.
 */
import { hangUp } from './hang-up.js';

/** The resolver's, and one for each port. */
export const SOCKETS_AHEAD = 8;
/** The bridge waits 30 s for a target; and in a network that was left meanwhile, nobody hears it. */
const KEPT_MS = 20_000;
const CONNECTING = 0;

export class SocketsAhead {
  #open;
  #now;
  #timers;
  /** What they were opened with, as text: sockets to another bridge are of no use. */
  #to = null;
  /** The oldest first: {socket, at, target}; `target` is null where it is not known yet. */
  #waiting = [];
  #timer = null;

  /**
   * @param {(url: string, protocols: string[]) => WebSocket} open may throw
   * @param {() => number} [now] ms since 1970: unlike others this clock goes on while a computer sleeps
   * @param {{setTimeout: typeof setTimeout, clearTimeout: typeof clearTimeout}} [timers]
   */
  constructor(open, now = Date.now, timers = globalThis) {
    this.#open = open;
    this.#now = now;
    this.#timers = timers;
  }

  /**
   * Opens as many as are lacking.
   * @param {string} url without a target @param {string[]} protocols
   * @param {string} [first] where one of them leads at once, so that it is connected when it is wanted; of
   *   what the bridge says then, nobody hears
   */
  prepare(url, protocols, first = null) {
    this.#choose(url, protocols);
    while (this.#waiting.length < SOCKETS_AHEAD) {
      const target = this.#waiting.some((one) => one.target === first) ? null : first;
      let socket;
      try {
        socket = this.#open(url, protocols);
      } catch {
        // Whoever wants one will say why there is none.
        return;
      }
      // Neither is anybody's concern yet: no check has begun.
      socket.onerror = () => {};
      socket.onclose = () => this.#forget(socket);
      if (target) this.#lead(socket, target);
      this.#waiting.push({ socket, at: this.#now(), target });
    }
    this.#timers.clearTimeout(this.#timer);
    this.#timer = this.#timers.setTimeout(() => this.drop(), KEPT_MS);
  }

  /**
   * One of them, which leads to this target already or from now on; null where none waits.
   * @param {string} url the same @param {string[]} protocols @param {string} target as targetOf() writes it
   * @returns {WebSocket|null} like one whose URL names the target; it may be open already
   */
  take(url, protocols, target) {
    this.#choose(url, protocols);
    const leading = this.#waiting.find((one) => one.target === target);
    const taken = leading ?? this.#waiting.find((one) => one.target === null);
    if (!taken) return null;
    const { socket } = taken;
    this.#forget(socket);
    socket.onclose = null;
    if (!leading) this.#lead(socket, target);
    return socket;
  }

  #lead(socket, target) {
    // Before the owner's own words: a listener of the past comes before what `onopen` is given now.
    if (socket.readyState === CONNECTING)
      socket.addEventListener('open', () => socket.send(target));
    else socket.send(target);
  }

  /** Closes those that nobody wanted. */
  drop() {
    this.#timers.clearTimeout(this.#timer);
    for (const { socket } of this.#waiting.splice(0)) {
      socket.onclose = null;
      hangUp(socket);
    }
  }

  /** Of those that wait, only what leads to this bridge and is new enough. */
  #choose(url, protocols) {
    const to = JSON.stringify([url, protocols]);
    const [oldest] = this.#waiting;
    const age = oldest ? this.#now() - oldest.at : 0;
    if (to !== this.#to || age < 0 || age >= KEPT_MS) this.drop();
    this.#to = to;
  }

  #forget(gone) {
    this.#waiting = this.#waiting.filter(({ socket }) => socket !== gone);
  }
}
