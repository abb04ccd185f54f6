/**
 * Tickets: a bridge may want one with every socket. It hands them out itself, or the embedder's own
 * server does. What asks for one says its origin, and the bridge sees whether it stays the same client.
 */
import { resourceUrl } from './bridge.js';

/** A check goes on without one after this; the bridge then says what it thinks of that. */
const ANSWER_LIMIT_MS = 3000;
/** What a page names first where it has a ticket; the ticket is another "subprotocol". */
const SUBPROTOCOL = 'mail-port-check';
/** As the bridge takes them. */
const LONGEST_TICKET = 2048;
const TICKET = /^[\w-]+\.[\w-]+\.[\w-]+$/;

export class Tickets {
  #now;
  /** By the URL that it came from: {ticket, ends}; a null ticket where none is wanted, or to be had. */
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
    const url = bridge.ticket ?? resourceUrl(bridge, 'ticket');
    const known = this.#known.get(url);
    if (known && known.ends - this.#now() > ms) return protocolsOf(known.ticket);
    const asked = this.#now();
    const { ticket, seconds } = await ask(url);
    if (ticket) this.#known.set(url, { ticket, ends: asked + seconds * 1000 });
    return protocolsOf(ticket);
  }
}

function protocolsOf(ticket) {
  return ticket ? [SUBPROTOCOL, `ticket.${ticket}`] : [];
}

/** @returns {Promise<{ticket: string|null, seconds: number}>} */
async function ask(url) {
  const none = { ticket: null, seconds: 0 };
  try {
    // Not GET: to its own host a browser then says no origin.
    const response = await fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    // Read to its end whatever it is: until then the request is not over, and the limit would end it.
    const body = await response.text();
    if (!response.ok) return none;
    // Null where none is wanted.
    const { ticket, seconds } = JSON.parse(body);
    const usable = typeof ticket === 'string' && ticket.length <= LONGEST_TICKET;
    if (!usable || !TICKET.test(ticket) || !(seconds > 0)) return none;
    return { ticket, seconds };
  } catch {
    // No such server, or none of ours: a bridge that wants tickets will say that this one is missing.
    return none;
  }
}
