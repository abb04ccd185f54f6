/**
 * The deep check of one port: the same conversation once more, and then one connection for each version
 * of TLS, one after the other. Only on request: a server sees a handful of handshakes that are begun
 * and not finished.
 */
import { targetOf } from './bridge.js';
import { converse as converseOverSocket } from './connection.js';
import { withoutDates } from './wall-clock.js';

/**
 * @param {object} options
 * @param {object} options.service row of the table
 * @param {import('./scan.js').Attempt} options.attempt the conversation to hold again
 * @param {object} options.core
 * @param {object[]} options.closes
 * @param {(target: string) => WebSocket} options.openSocket
 * @param {AbortSignal} options.signal
 * @param {() => number} [options.wallClock]
 * @param {boolean} [options.timeConfirmed]
 * @param {typeof converseOverSocket} [options.converse]
 * @returns {Promise<object>} the report; its `versions` are what was asked for
 */
export async function deepCheck({
  service,
  attempt,
  core,
  closes,
  openSocket,
  signal,
  wallClock = Date.now,
  timeConfirmed = true,
  converse = converseOverSocket,
}) {
  const { host, address } = attempt;
  const common = { open: () => openSocket(targetOf(address, service.port)), closes };
  const { report, bridge } = await converse({
    ...common,
    start: (now) =>
      core.probe({
        service: service.name,
        mode: attempt.report.target.mode,
        serverName: host,
        address,
        port: service.port,
        time: wallClock(),
        deep: true,
        now,
      }),
    signal,
    second: (start, onEvidence, secondSignal) =>
      converse({ ...common, start, onEvidence, signal: secondSignal }),
  });
  const judged = timeConfirmed ? report : withoutDates(report);
  return { ...judged, bridge, role: 'versions', source: attempt.source };
}
