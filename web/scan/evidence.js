/**
 * What the report of one conversation proves. Pure; shared by the scan, the verdict and the settings.
 *
 * `known` are the rows of all findings by id, as verdict/findings.js joins them.
 */

import { wentAway } from '../transport/closes.js';

/** From the weightiest to the lightest; a row takes the first that one of its findings has. */
export const STATUSES = ['broken', 'blocked', 'not-tested', 'not-offered', 'works-but', 'works'];

export function has(report, ...ids) {
  return report.findings.some(({ id }) => ids.includes(id));
}

/**
 * The conversation was held to its end, encrypted, with nothing weightier than a note. A chain that
 * lacks its middle is such a note, though nobody is proved by it, and so is a certificate that only
 * strict programs refuse: see trusted().
 */
export function works(report, known) {
  const light = report.findings.every(({ id }) => {
    const status = known.get(id)?.status;
    return status === 'works' || status === 'works-but';
  });
  const identified = trusted(report) || report.findings.some(({ id }) => known.get(id)?.doubtful);
  return light && reached(report, 'greeting') && reached(report, 'handshake') && identified;
}

/** Every mail app accepts the certificate. */
export function trusted(report) {
  return report.trusted === true;
}

/** The phase was passed. */
export function reached(report, phase) {
  return report.phases.some((row) => row.phase === phase && row.status === 'ok');
}

/** How far the conversation came: the number of phases passed. */
export function progress(report) {
  return report.phases.filter(({ status }) => status === 'ok').length;
}

/** The bridge, not the server, ended it: the finding that says how. */
export function faultOfOurs(report, known) {
  return report.findings.find(({ id }) => known.get(id)?.ours);
}

export function failedOnOurSide(report, known) {
  return faultOfOurs(report, known) !== undefined;
}

/** What a finding says of a bridge that ended, or was lost: nobody has refused anything. */
export function bridgeWentAway({ args }) {
  return wentAway(args);
}

/** Nobody was there to ask for a connection. */
export function bridgeAbsent(report) {
  return has(report, 'bridge-unreachable') && !reached(report, 'connect');
}

/** No connection came about on this address; another address or name may do better. */
export function unconnected(report) {
  return has(report, 'connect-refused', 'connect-timeout', 'connect-unreachable', 'connect-reset');
}

/** Milliseconds the bridge needed to reach the server; our own way to the bridge is not the server's. */
export function connectTime(report) {
  return (
    report.bridge?.connect_ms ?? report.phases.find(({ phase }) => phase === 'connect')?.ms ?? 0
  );
}

/** Milliseconds from the first packet to the last word that a mail app needs. */
export function duration(report) {
  const counted = report.phases.filter(
    ({ phase, status }) => status !== 'skipped' && !['resolve', 'connect', 'close'].includes(phase),
  );
  return Math.round(counted.reduce((sum, { ms }) => sum + (ms ?? 0), connectTime(report)));
}
