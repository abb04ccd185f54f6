/** Rows and conversations → the report that the element gives away. Pure; holds no local part. */

/**
 * @param {object} options
 * @param {string} options.domain
 * @param {string|null} options.host the server that was typed, if one was
 * @param {string} options.started ISO time
 * @param {number} options.ms that the check took
 * @param {object[]} options.vantages [{name, local, rows, outcomes}] as judged
 * @param {object} options.settings what proveSettings() returned
 * @param {object[]} [options.typed] {conclusion, outcomes} for each side whose settings were typed
 * @param {object|null} [options.pasted] what weighError() said of a message, and its `reading`; of the
 *   message itself nothing is taken over
 */
export function buildReport({
  domain,
  host,
  started,
  ms,
  vantages,
  settings,
  notices = [],
  typed = [],
  pasted = null,
}) {
  return {
    version: 1,
    domain,
    host,
    started,
    ms,
    vantages: vantages.map(({ name, local, rows, outcomes }) => ({
      name,
      local,
      rows: rows.map(({ service, port, status, findings, server, address, ms: took }) => ({
        port,
        service: service.name,
        status,
        findings,
        server,
        address,
        ms: took,
      })),
      probes: outcomes.flatMap(({ attempts }) => attempts.map(({ report }) => report)),
    })),
    settings,
    notices,
    typed: typed.map(({ conclusion, outcomes }) => ({
      side: conclusion.side,
      protocol: conclusion.protocol,
      server: conclusion.server,
      port: conclusion.port,
      security: conclusion.security,
      portTyped: conclusion.portTyped,
      usual: conclusion.usual,
      relay: conclusion.relay,
      outcome: conclusion.outcome,
      values: conclusion.values,
      wrong: conclusion.values
        .filter(({ mark }) => mark === 'wrong' || mark === 'unsafe')
        .map(({ name }) => name),
      use: conclusion.use,
      finding: conclusion.finding,
      findings: conclusion.findings,
      probes: outcomes.flatMap(({ attempts }) => attempts.map(({ report }) => report)),
    })),
    pasted: pasted && {
      message: pasted.reading.message?.id ?? null,
      cause: pasted.reading.cause,
      outcome: pasted.outcome,
      ports: pasted.shown.map(({ port }) => port),
      shown: pasted.shown,
      tested: pasted.tested,
    },
  };
}
