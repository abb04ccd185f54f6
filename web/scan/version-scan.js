/**
 * The TLS version scan of one port: the same conversation once more, and then one connection for each
 * version of TLS, one after the other. Only on request: a server sees a handful of handshakes that are begun
 * and not finished.
 */
import { faultOfOurs } from './evidence.js';
import { probeOptions } from './probe-options.js';
import { heldPatiently } from './second-try.js';
import { targetOf } from '../transport/bridge.js';
import { withoutDates } from '../transport/wall-clock.js';
import { bridgeWordsOf } from '../transport/bridge-words.js';

/**
 * @param {object} options
 * @param {object} options.service row of the table
 * @param {import('./scan.js').Attempt} options.attempt the conversation to hold again
 * @param {object} options.core
 * @param {object[]} options.closes
 * @param {Map<string, object>} options.known rows of the findings, see evidence.js
 * @param {(target: string) => WebSocket} options.openSocket
 * @param {import('./semaphore.js').Semaphore} options.sockets those of the check: each counts, whatever it
 *   is for
 * @param {AbortSignal} options.signal
 * @param {() => number} [options.wallClock]
 * @param {boolean} [options.timeConfirmed]
 * @param {(how: object) => Promise<object>} [options.converse] as converseWith() does it; the core's
 * @param {(ms: number, signal: AbortSignal) => Promise<void>} [options.sleep]
 * @returns {Promise<object>} the report; its `versions` are what was asked for, and a finding says it where
 *   a fault of ours left some of them unknown
 */
export async function scanVersions({
  service,
  attempt,
  core,
  closes,
  known,
  openSocket,
  sockets,
  signal,
  wallClock = Date.now,
  timeConfirmed = true,
  clientName,
  converse = (how) => core.converse(how),
  sleep,
}) {
  const { address } = attempt;
  const open = () => openSocket(targetOf(address, service.port));
  const bridgeWords = bridgeWordsOf(closes);
  const hold = (how, entry) => sockets.during(() => converse({ open, bridgeWords, ...how }), entry);
  const holdAll = async () => {
    let fault = null;
    const { report, bridge } = await hold({
      start: {
        ...probeOptions(service, attempt.report.target.mode, attempt, { wallClock, clientName }),
        versionScan: true,
      },
      signal,
      followUp: async (start, onEvidence, followUpSignal) => {
        const held = await hold({ start, onEvidence, signal: followUpSignal }, { urgent: true });
        fault ??= faultOfOurs(held.report, known);
        return held;
      },
    });
    const { findings } = report;
    const told = faultOfOurs(report, known) || !fault ? findings : [...findings, fault];
    return { report: { ...report, findings: told }, bridge };
  };
  const { report, bridge } = await heldPatiently(holdAll, {
    reportOf: (held) => held.report,
    known,
    signal,
    mayRepeat: ({ versions }) => Object.values(versions).includes('unknown'),
    sleep,
  });
  const judged = timeConfirmed ? report : withoutDates(report);
  return { ...judged, bridge, role: 'versions', source: attempt.source };
}
