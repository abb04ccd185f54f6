/** What a close of the bridge says: about the server, or about the bridge. */
import { complainOfBridge } from './complaint.js';

/** Of each kind of limit: whose it is. What a bridge names besides is one of a newer bridge's. */
const WHOSE = {
  connections: 'everybody',
  'client-connections': 'client',
  'client-mail': 'client',
  'client-names': 'client',
  'client-neighbours': 'client',
  'client-relay': 'client',
  'client-resolver': 'client',
  'client-target': 'client',
  'client-targets': 'client',
  'client-waiting': 'client',
  target: 'target',
  'target-connections': 'target',
  queries: 'check',
  names: 'check',
};
/** Its rates are by the hour, so that nobody has to wait longer. */
const LONGEST_RETRY_S = 3600;
/** Until a bridge that ends has a successor, or the proxy before it has seen that it ends. */
export const RESTART_S = 2;
/** Until a ticket has been asked for anew. */
export const TICKET_S = 1;
/** What is wrong with a ticket that was good: it ran out, or this socket took another way than who asked for it. */
const OUTWORN = ['expired', 'network'];
/** A check waits no longer for a bridge that says when to come back. */
const LONGEST_WAIT_S = 15;
/** What a reader of the report may want to know besides, as it is. */
const EVIDENCE = ['why', 'limit', 'after', 'waiting'];

/**
 * @param {Array<{code: number, id: string, finding: string|null}>} closes
 * @param {number} code
 * @param {string} reason
 * @param {boolean} reached the server had been reached: from then on only a reset is the server's
 * @returns {[string, object]} finding id and args: `close` is its id, `retry` the seconds to wait, `of` whose
 *   limit was reached (`client`, `target`, `everybody`, `check`), `reason` `lost` where the bridge itself went
 */
export function closeFinding(closes, code, reason, reached) {
  const row = closes.find((close) => close.code === code);
  const args = { ...readReason(reason), close: row?.id ?? String(code) };
  if (reached && !row) args.reason = 'lost';
  const finding = row?.finding ?? 'bridge-unreachable';
  const impossible = reached && finding.startsWith('connect-') && finding !== 'connect-reset';
  return [impossible ? 'bridge-unreachable' : finding, args];
}

/** `rate retry=30 of=client-mail` → {retry: 30, of: 'client'} */
export function readReason(reason) {
  const said = new Map();
  for (const [, key, value] of String(reason ?? '').matchAll(
    /(?:^|\s)([a-z_]{1,20})=(\S{1,60})/g,
  )) {
    said.set(key, value);
  }
  const args = {};
  for (const key of EVIDENCE) if (said.has(key)) args[key] = numberOr(said.get(key));
  if (said.has('retry')) {
    const seconds = Number(said.get('retry'));
    if (Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_RETRY_S)
      args.retry = seconds;
    else complainOfBridge('retry', said.get('retry'), `1 to ${LONGEST_RETRY_S} seconds`);
  }
  const whose = Object.hasOwn(WHOSE, said.get('of') ?? '') ? WHOSE[said.get('of')] : null;
  if (whose) args.of = whose;
  return args;
}

function numberOr(text) {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** The bridge itself ended, or was lost: nobody has refused anything. */
export function wentAway({ close, reason }) {
  return close === 'draining' || reason === 'lost';
}

/** Another ticket would do: of a computer with IPv4 and IPv6 each socket may take either, or the network has changed. */
export function ticketOutworn({ close, why }) {
  return close === 'bad-ticket' && OUTWORN.includes(why);
}

/** Seconds until the same is tried once more, with a new socket; null where that is of no use. */
export function secondTry({ close, reason, retry, why }) {
  if (wentAway({ close, reason })) return RESTART_S;
  if (ticketOutworn({ close, why })) return TICKET_S;
  return close === 'rate' && retry <= LONGEST_WAIT_S ? retry : null;
}
