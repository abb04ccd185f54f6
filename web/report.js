/** Rows and conversations → the report that the element gives away. Pure; holds no local part. */

/**
 * @param {object} options
 * @param {string} options.domain
 * @param {string|null} options.host the server that was typed, if one was
 * @param {string} options.started ISO time
 * @param {object[]} options.vantages [{name, rows, outcomes}] as judged
 * @param {object} options.settings what proveSettings() returned
 */
export function buildReport({ domain, host, started, vantages, settings, notices = [] }) {
  return {
    version: 1,
    domain,
    host,
    started,
    vantages: vantages.map(({ name, rows, outcomes }) => ({
      name,
      rows: rows.map(({ service, port, status, findings, server, address, ms }) => ({
        port,
        service: service.name,
        status,
        findings,
        server,
        address,
        ms,
      })),
      probes: outcomes.flatMap(({ attempts }) => attempts.map(({ report }) => report)),
    })),
    settings,
    notices,
  };
}
