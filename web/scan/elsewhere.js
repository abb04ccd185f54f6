/**
 * Conversations that were held from one place, held once more from another: with the same server at the
 * same address, one connection for each port and no follow-up connections.
 */
import { probeOptions } from './probe-options.js';
import { targetOf } from '../transport/bridge.js';
import { withoutDates } from '../transport/wall-clock.js';
import { bridgeWordsOf } from '../transport/bridge-words.js';

/** What takes longer there is not waited for: it counts as not tested. */
export const ELSEWHERE_LIMIT_MS = 25_000;

/**
 * @param {object} options
 * @param {object[]} options.rows of portResults(), each with the conversation to hold again as `main`
 * @param {object} options.core
 * @param {object[]} options.closes
 * @param {(target: string) => WebSocket} options.openSocket through the bridge of the other place
 * @param {import('./semaphore.js').Semaphore} options.sockets of that bridge
 * @param {AbortSignal} options.signal
 * @param {string} [options.clientName] the name of that bridge
 * @param {(tested: object) => void} [options.onTested] what that bridge says of its own network
 * @param {() => number} [options.wallClock]
 * @param {boolean} [options.timeConfirmed]
 * @param {(how: object) => Promise<object>} [options.converse] as converseWith() does it; the core's
 * @returns {Promise<Map<number, import('./scan.js').Attempt>>} by port
 */
export async function scanElsewhere({
  rows,
  core,
  closes,
  openSocket,
  sockets,
  signal,
  clientName,
  onTested,
  wallClock = Date.now,
  timeConfirmed = true,
  converse = (how) => core.converse(how),
}) {
  const hold = async ({ service, main }) => {
    const { host, address, source, priority } = main;
    const { report, bridge } = await sockets.during(() =>
      converse({
        start: probeOptions(service, main.report.target.mode, main, { wallClock, clientName }),
        open: () => openSocket(targetOf(address, service.port)),
        bridgeWords: bridgeWordsOf(closes),
        signal,
        onTested,
      }),
    );
    const judged = timeConfirmed ? report : withoutDates(report);
    const role = 'elsewhere';
    return { role, host, address, source, priority, report: { ...judged, bridge, role, source } };
  };
  const held = await Promise.all(rows.map(async (row) => [row.service.port, await hold(row)]));
  return new Map(held);
}
