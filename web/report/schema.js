/**
 * The shape of a report, written once: report.js writes by it, report-file.js reads by it, and what it
 * reads, saved-report.js shows. Fields may be added, never renamed. Pure data.
 *
 * A report outlives the page that wrote it, so what was not always there is optional. The report of one
 * conversation comes from the core whole (wasm/report.schema.json); of it only what the page shows is
 * read again.
 */
import { VOUCHERS } from '../discover/vouching.js';
import { FIELDS, SECURITIES } from '../input/app-settings.js';
import { CAUSES } from '../input/error-causes.js';
import { STATUSES } from '../scan/evidence.js';
import { NO_ENCRYPTION } from '../verdict/findings.js';

/* Shapes: `kind` and what that kind needs. */

const record = (fields) => ({ kind: 'record', fields });
/** Written with all that it has, of which only these fields are read. */
const openRecord = (fields) => ({ kind: 'record', fields, open: true });
const list = (of, most, least = 0) => ({ kind: 'list', of, most, least });
/** Where it is not there, or null, `otherwise` is read. */
const optional = (of, otherwise = null) => ({ kind: 'optional', of, otherwise });
/** For other programs; it follows from the rest, so nobody reads it again. */
const writtenOnly = { kind: 'writtenOnly' };
const oneOf = (values) => ({ kind: 'oneOf', values });
/** A key of the tables that the reader has, see report-file.js, and what is allowed besides. */
const tabled = (table, ...more) => ({ kind: 'tabled', table, more });
/** Without a bound it is as long as the longest line of a server. */
const text = (most) => ({ kind: 'text', most });
const whole = (least, most) => ({ kind: 'whole', least, most });
const number = { kind: 'number' };
const bool = { kind: 'bool' };
const time = { kind: 'time' };
/** A host name or an IP address. */
const server = { kind: 'server' };
/** The same, where an address of a person could have been written. */
const domain = { kind: 'domain' };
/** Arguments of a finding: short values and lists of them. */
const args = { kind: 'args' };
/** `{"TLS 1.2": "accepted", …}` */
const versions = { kind: 'versions' };
/** One row for each port of the table. */
const perPort = (of) => ({ kind: 'perPort', of });
/** One value that was typed; which kind it has follows from the field's name. */
const typedValue = (kinds, rest) => ({ kind: 'typedValue', kinds, rest });

/** As long as certificates' lists of names. */
const LONG = 5_000;
const PROBES = 400;
const port = whole(1, 65_535);

export const SOURCES = [
  'typed',
  'preset',
  'published',
  'related',
  'provider',
  'usual',
  'mx',
  'certificate',
];
export const ROLES = [
  'main',
  'other-mode',
  'other-name',
  'other-address',
  'hello',
  'versions',
  'elsewhere',
];

const finding = record({ id: tabled('findings'), args });
const findings = list(finding, 200);
const beforeAfter = optional(record({ before: list(text(), LONG), after: list(text(), LONG) }), {
  before: [],
  after: [],
});

const probe = openRecord({
  target: record({
    name: text(255),
    address: text(64),
    port,
    service: optional(tabled('services')),
    mode: tabled('modes'),
  }),
  phases: list(
    record({
      phase: tabled('phases'),
      status: oneOf(['ok', 'failed', 'skipped']),
      ms: optional(number, 0),
    }),
    20,
  ),
  bridge: optional(record({ ip: optional(text(64), ''), connect_ms: number })),
  role: optional(oneOf(ROLES), 'main'),
  source: optional(oneOf(SOURCES), 'usual'),
  greeting: optional(text(), ''),
  capabilities: beforeAfter,
  auth: beforeAfter,
  tls: optional(
    record({
      version: optional(text(60), ''),
      suite: optional(text(120), ''),
      group: optional(text(60), ''),
      signature: optional(text(60), ''),
      retry_request: optional(bool, false),
      certificate_wanted: optional(bool, false),
    }),
  ),
  hello: optional(record({ answered: optional(bool, false) })),
  versions: optional(versions),
  certificates: list(
    record({
      subject: optional(text(), ''),
      issuer: optional(text(), ''),
      names: optional(list(text(), LONG), []),
      not_before: optional(text(60), ''),
      not_after: optional(text(60), ''),
      key: optional(text(200), ''),
      signature: optional(text(200), ''),
      sha256: optional(text(100), ''),
    }),
    50,
  ),
  trusted: optional(bool, false),
  findings,
  transcript: list(
    record({ t: optional(number, 0), from: oneOf(['S', 'C', '-']), text: text() }),
    LONG,
  ),
});

const row = record({
  port: tabled('ports'),
  service: writtenOnly,
  status: oneOf(STATUSES),
  findings,
  server: optional(text(255)),
  address: optional(text(64)),
  ms: optional(number),
});

const setting = record({
  service: tabled('services'),
  protocol: tabled('protocols'),
  server,
  port: tabled('ports'),
  security: oneOf(['ssl', 'starttls']),
  authentication: oneOf(['password', 'oauth2']),
  appPassword: optional(bool, false),
  username: oneOf(['address', 'local-part', 'account-address']),
  source: oneOf(SOURCES),
  vouched: optional(oneOf(VOUCHERS)),
  trusted: bool,
});

const typedKinds = {
  protocol: tabled('protocols'),
  server: text(300),
  port,
  security: oneOf(SECURITIES),
};

const typedSide = record({
  side: oneOf(Object.keys(FIELDS)),
  ...typedKinds,
  portTyped: optional(bool, true),
  usual: optional(list(port, 20), []),
  relay: optional(bool, false),
  outcome: oneOf(['right', 'wrong', 'unsafe', 'trouble', 'other-port', 'not-tested']),
  values: list(
    typedValue(typedKinds, { mark: oneOf(['right', 'wrong', 'unsafe', 'unknown']) }),
    FIELDS.incoming.length,
  ),
  wrong: writtenOnly,
  use: optional(openRecord({ ...typedKinds, trusted: optional(bool, false) })),
  finding: optional(finding),
  findings,
  probes: optional(list(probe, PROBES), []),
});

const place = { port, server: optional(text(300)) };

export const REPORT = record({
  version: whole(1, 1),
  domain,
  host: optional(server),
  started: time,
  ms: optional(number),
  vantages: list(
    record({
      name: text(200),
      local: optional(bool, false),
      rows: perPort(row),
      probes: list(probe, PROBES),
    }),
    8,
    1,
  ),
  settings: record({
    incoming: optional(setting),
    outgoing: optional(setting),
    alternatives: optional(list(setting, 50), []),
  }),
  notices: optional(list(finding, 20), []),
  typed: optional(list(typedSide, 2), []),
  pasted: optional(
    record({
      message: optional(text(80)),
      cause: optional(oneOf(CAUSES)),
      outcome: oneOf(['confirmed', 'refuted', 'untestable', 'unknown']),
      ports: writtenOnly,
      // An app that was told to use no encryption is shown by what was typed, not by a finding.
      shown: optional(
        list(
          record({ ...place, finding: record({ id: tabled('findings', NO_ENCRYPTION), args }) }),
          50,
        ),
        [],
      ),
      tested: optional(list(record(place), 50), []),
    }),
  ),
});

/**
 * What a tab keeps of its last check, see kept-result.js: the report, and what it does not tell. Nothing of
 * this is passed on.
 */
export const KEPT = record({
  version: whole(1, 1),
  report: REPORT,
  stopped: bool,
  vouchers: list(record({ host: server, by: oneOf(VOUCHERS) }), PROBES),
  provider: optional(text(60)),
  summary: record({
    published: optional(bool),
    autoconfig: optional(bool),
    own: bool,
    foreign: bool,
    nullMx: bool,
    exchange: optional(bool),
    elsewhere: list(record({ host: server, port }), 50),
  }),
});

/** What it keeps of a check under way, see begun-check.js and read-begun.js. */
export const BEGUN = record({
  version: whole(1, 1),
  /** A domain or a server, as it may stand in a URL; empty where only settings were typed. */
  address: optional(domain, ''),
  at: whole(0, Number.MAX_SAFE_INTEGER),
  settings: list(
    record({
      ...{ side: oneOf(Object.keys(FIELDS)), protocol: tabled('protocols') },
      ...{ server, port: optional(port), security: oneOf(SECURITIES) },
    }),
    2,
  ),
});
