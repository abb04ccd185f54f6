/**
 * What is asked of a bridge before there is a socket to it: what it says of itself, and a ticket where it
 * wants one. Asked beside the loading of the core, or while an address is being typed, so that no check
 * waits for it in turn.
 */
import { askAbout } from '../transport/about.js';
import { ticketOutworn } from '../transport/closes.js';
import { Tickets } from '../transport/ticket.js';

/** What was asked while the address was typed is new enough for the check. */
const FRESH_MS = 60_000;

export class Introductions {
  #now;
  #tickets;
  /** By the URL of the bridge: {asking, at, known}. */
  #bridges = new Map();

  /** @param {() => number} [now] ms that no setting of a clock changes */
  constructor(now = () => performance.now()) {
    this.#now = now;
    this.#tickets = new Tickets(now);
  }

  /**
   * @param {object} bridge as chooseBridge() returned it
   * @param {number} ms for which a ticket has to be good
   * @returns {{clientName: Promise<string|undefined>, tested: Promise<object|null>,
   *   protocols: Promise<string[]>}} the client's name and the protocols of sockets; and what the bridge says of
   *   its own network, which may come later. None rejects
   */
  to(bridge, ms) {
    const { asking, known } = this.#ask(bridge);
    return {
      clientName: known
        ? Promise.resolve(known.clientName)
        : asking.then((about) => about.clientName),
      tested: asking.then(({ tested }) => tested),
      // Whether it wants one may change; then the first socket tells, and the next check has heard it.
      protocols:
        known?.tickets === false ? Promise.resolve([]) : this.#tickets.protocols(bridge, ms),
    };
  }

  /** What the sockets of a check show a bridge. @param {string[]} protocols as to() has told them, first of all */
  admission(bridge, protocols, ms) {
    return new Admission(protocols, () => this.#tickets.renewed(bridge, ms));
  }

  #ask(bridge) {
    const before = this.#bridges.get(bridge.url);
    if (before && this.#now() - before.at < FRESH_MS) return before;
    const entry = { asking: askAbout(bridge), at: this.#now(), known: before?.known ?? null };
    entry.asking.then((about) => {
      // Nothing was said where none of it came.
      if (about.tickets !== null || about.clientName) entry.known = about;
    });
    this.#bridges.set(bridge.url, entry);
    return entry;
  }
}

/** Protocols of sockets, with another ticket once the bridge has refused the first: one check asks for one more. */
class Admission {
  protocols;
  #renew;
  #renewed = false;

  /** @param {string[]} protocols @param {() => Promise<string[]>} renew never rejects */
  constructor(protocols, renew) {
    this.protocols = protocols;
    this.#renew = renew;
  }

  /** A socket was closed. @param {object} said of it, as closeFinding() reads it */
  async hear(said) {
    if (this.#renewed || !ticketOutworn(said)) return;
    this.#renewed = true;
    this.protocols = await this.#renew();
  }
}
