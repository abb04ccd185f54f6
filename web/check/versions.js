/** The TLS version scan of one port, asked for after a check, and what it adds to the report. */
import { scanVersions } from '../scan/version-scan.js';
import { wallClockOf } from '../transport/wall-clock.js';
import { catalogue } from '../verdict/findings.js';

/**
 * @param {object} options
 * @param {{service: object, main: object}} options.row of the check's result
 * @param {object} options.resources of the check, see check.js; its clock asked again
 * @param {(target: string) => WebSocket} options.openSocket
 * @param {AbortSignal} options.signal
 * @returns {Promise<object|null>} the report of the conversation, with its `versions`; null when it was
 *   stopped
 */
export async function checkVersions({ row, resources, openSocket, signal }) {
  const { core, tables, sockets, clock, clientName } = resources;
  const time = wallClockOf(await clock);
  if (signal.aborted) return null;
  const probe = await scanVersions({
    core: await core,
    openSocket,
    sockets,
    ...time,
    clientName,
    service: row.service,
    attempt: row.main,
    closes: tables.closes,
    known: catalogue(tables),
    signal,
  });
  return signal.aborted ? null : probe;
}

/** A new report, with one conversation more of the first vantage point. */
export function withProbe(report, probe) {
  const [{ probes, ...vantage }, ...others] = report.vantages;
  return { ...report, vantages: [{ ...vantage, probes: [...probes, probe] }, ...others] };
}
