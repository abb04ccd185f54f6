/**
 * Tickets: a bridge may want one with every socket. It hands them out itself, or the embedder's own
 * server does. What asks for one says its origin, and the bridge sees whether it stays the same client.
 */
import { askJson } from './ask.js';
import { resourceUrl } from './bridge.js';

/** What a page names first where it has a ticket; the ticket is another "subprotocol". */
const SUBPROTOCOL = 'mail-port-check';
/** As the bridge takes them. */
const LONGEST_TICKET = 2048;
const TICKET = /^[\w-]+\.[\w-]+\.[\w-]+$/;

export class Tickets {
  #now;
  /** By the URL that it came from: {ticket, ends}. */
  #known = new Map();

  /** @param {() => number} [now] ms that no setting of a clock changes */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /**
   * What new WebSocket() takes beside the URL, to be used within `ms`.
   * @param {{url: string, ticket?: string|null}} bridge as chooseBridge() returned it
   * @param {number} ms a ticket that ends before is replaced
   * @returns {Promise<string[]>} never rejects
   */
  async protocols(bridge, ms) {
    const url = urlOf(bridge);
    const known = this.#known.get(url);
    if (known && known.ends - this.#now() > ms) return protocolsOf(known.ticket);
    const asked = this.#now();
    const { ticket, seconds } = await askForTicket(url);
    if (ticket) this.#known.set(url, { ticket, ends: asked + seconds * 1000 });
    return protocolsOf(ticket);
  }

  /** The same, where the bridge has refused the one that is known. */
  renewed(bridge, ms) {
    this.#known.delete(urlOf(bridge));
    return this.protocols(bridge, ms);
  }
}

function urlOf(bridge) {
  return bridge.ticket ?? resourceUrl(bridge, 'ticket');
}

function protocolsOf(ticket) {
  return ticket ? [SUBPROTOCOL, `ticket.${ticket}`] : [];
}

/**
 * @returns {Promise<{ticket: string|null, seconds: number}>} null where none is wanted, or to be had: a
 *   bridge that wants one will say that it is missing
 */
async function askForTicket(url) {
  // Not GET: to its own host a browser then says no origin.
  const how = { method: 'POST', credentials: 'same-origin', redirect: 'error' };
  const { ticket, seconds } = await askJson(url, how);
  const usable = typeof ticket === 'string' && ticket.length <= LONGEST_TICKET;
  if (!usable || !TICKET.test(ticket) || !(seconds > 0)) return { ticket: null, seconds: 0 };
  return { ticket, seconds };
}
