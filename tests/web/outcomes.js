/** Outcomes of a scan, made by hand, and the rows they lead to. */
import { judge } from '../../web/verdict.js';
import { reportOf } from './reports.js';
import { service, tables } from './tables.js';

export const DOMAIN = 'example.test';
export const QUIET = {
  published: false,
  autoconfig: false,
  provider: null,
  own: false,
  foreign: false,
  nullMx: false,
  elsewhere: [],
  domain: null,
};

/** One conversation. `found` are finding ids, or {id, args}. */
export function attempt(name, found = [], more = {}) {
  const row = service(name);
  const {
    host = 'mail.example.test',
    address = '192.0.2.1',
    role = 'main',
    source = 'usual',
    priority = null,
    mode = row.mode,
  } = more;
  const findings = found.map((entry) =>
    typeof entry === 'string' ? { id: entry, args: {} } : entry,
  );
  const report = reportOf({
    service: name,
    port: row.port,
    mode,
    serverName: host,
    address,
    findings,
  });
  return { role, host, address, source, priority, report };
}

export function outcome(name, attempts = [], more = {}) {
  return {
    service: service(name),
    attempts,
    finding: null,
    missing: [],
    elsewhere: [],
    declared: false,
    stopped: false,
    ...more,
  };
}

/** The rows of a scan in which every service not named works. */
/** @param {object} [vouching] who vouches for the servers' names; else only the domain does */
export function rowsOf(special = {}, summary = QUIET, vouching = { domain: DOMAIN }) {
  const outcomes = tables.services.map(
    ({ name }) => special[name] ?? outcome(name, [attempt(name)]),
  );
  return judge({ tables, outcomes, summary, domain: DOMAIN, vouching });
}

export const row = (rows, name) => rows.find((one) => one.service.name === name);
export const ids = (one) => one.findings.map(({ id }) => id);
