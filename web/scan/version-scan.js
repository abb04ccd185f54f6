/**
 * The TLS version scan of one port: the same conversation once more, and then one connection for each
 * version of TLS, one after the other. Only on request: a server sees a handful of handshakes that are begun
 * and not finished.
 */
import { targetOf } from '../transport/bridge.js';
import { converse as converseOverSocket } from '../transport/connection.js';
import { withoutDates } from '../transport/wall-clock.js';

/**
 * @param {object} options
 * @param {object} options.service row of the table
 * @param {import('./scan.js').Attempt} options.attempt the conversation to hold again
 * @param {object} options.core
 * @param {object[]} options.closes
 * @param {(target: string) => WebSocket} options.openSocket
 * @param {import('./semaphore.js').Semaphore} options.sockets those of the check: each counts, whatever it
 *   is for
 * @param {AbortSignal} options.signal
 * @param {() => number} [options.wallClock]
 * @param {boolean} [options.timeConfirmed]
 * @param {typeof converseOverSocket} [options.converse]
 * @returns {Promise<object>} the report; its `versions` are what was asked for
 */
export async function scanVersions({
  service,
  attempt,
  core,
  closes,
  openSocket,
  sockets,
  signal,
  wallClock = Date.now,
  timeConfirmed = true,
  clientName,
  converse = converseOverSocket,
}) {
  const { host, address } = attempt;
  const hold = async (how, entry) => {
    const release = await sockets.acquire(entry);
    try {
      const open = () => openSocket(targetOf(address, service.port));
      return await converse({ open, closes, ...how });
    } finally {
      release();
    }
  };
  const { report, bridge } = await hold({
    start: (now) =>
      core.probe({
        service: service.name,
        mode: attempt.report.target.mode,
        serverName: host,
        address,
        port: service.port,
        time: wallClock(),
        clientName,
        versionScan: true,
        now,
      }),
    signal,
    followUp: (start, onEvidence, followUpSignal) =>
      hold({ start, onEvidence, signal: followUpSignal }, { urgent: true }),
  });
  const judged = timeConfirmed ? report : withoutDates(report);
  return { ...judged, bridge, role: 'versions', source: attempt.source };
}
