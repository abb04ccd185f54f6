/**
 * The text of a report file → a report that the views can take as it is. Pure.
 *
 * Whoever sent the file may have written anything into it. Only what is named here is taken over, with
 * its type and its bounds checked; what is wrong is named with its place in the file.
 */
import { isHostName, ipLiteral } from '../input/address.js';
import { clip } from '../i18n/text.js';
import { CAUSES } from '../input/error-messages.js';
import { NO_ENCRYPTION, catalogue } from '../verdict/findings.js';
import { VOUCHERS } from '../discover/vouching.js';

/** A real one has a few hundred kB; seven ports with many addresses and long transcripts some MB. */
export const FILE_LIMIT_BYTES = 8_000_000;
/** As long as a server's longest line, and certificates' lists of names. */
const TEXT_LIMIT = 20_000;
const LIST_LIMIT = 5_000;
const PROBES_LIMIT = 400;
const ARGS_LIMIT = 30;
/** Values that are few enough to be listed. */
const FEW = 8;
/** What the page makes itself wherever a finding is put into words. */
const OWN_ARGS = ['ports', 'Ports', 'relay'];

const SECURITIES = ['ssl', 'starttls'];
const STATUSES = ['works', 'works-but', 'not-offered', 'blocked', 'broken', 'not-tested'];
const SOURCES = [
  'typed',
  'preset',
  'published',
  'related',
  'provider',
  'usual',
  'mx',
  'certificate',
];
const ROLES = ['main', 'other-mode', 'other-name', 'other-address', 'hello', 'versions'];
const PASTED = ['confirmed', 'refuted', 'untestable', 'unknown'];
const TYPED = ['right', 'wrong', 'unsafe', 'trouble', 'other-port', 'not-tested'];
const MARKS = ['right', 'wrong', 'unsafe', 'unknown'];
const TYPED_SECURITIES = ['auto', 'ssl', 'starttls', 'none'];
const FIELDS = ['protocol', 'server', 'port', 'security'];

/** What is wrong with a file: the key of its words (`saved.errors`) and what they need. */
export class ReportFileError extends Error {
  constructor(id, args = {}) {
    super(`${id} ${JSON.stringify(args)}`);
    this.id = id;
    this.args = args;
  }
}

/**
 * @param {string} source of the file
 * @param {object} tables
 * @throws {ReportFileError}
 */
export function readReportFile(source, tables) {
  if (source.length > FILE_LIMIT_BYTES) throw tooLarge();
  let raw;
  try {
    raw = JSON.parse(source);
  } catch {
    throw new ReportFileError('not-json');
  }
  if (typeof raw !== 'object' || raw === null || !Object.hasOwn(raw, 'version')) {
    throw new ReportFileError('not-a-report');
  }
  if (raw.version !== 1) throw new ReportFileError('version', { version: brief(raw.version) });
  return reportShape(tables)(raw, 'report');
}

export function tooLarge() {
  return new ReportFileError('too-large', { megabytes: FILE_LIMIT_BYTES / 1_000_000 });
}

function reportShape(tables) {
  const ids = [...catalogue(tables).keys()];
  const services = tables.services.map(({ name }) => name);
  const ports = tables.services.map(({ port }) => port);
  const protocols = [...new Set(tables.services.map(({ protocol }) => protocol))];
  const finding = record({ id: oneOf(ids), args: findingArgs });
  const findings = list(finding, 200);
  const beforeAfter = optional(
    record({ before: list(text(), LIST_LIMIT), after: list(text(), LIST_LIMIT) }),
    { before: [], after: [] },
  );
  const probe = record({
    target: record({
      name: text(255),
      address: text(64),
      port: whole(1, 65_535),
      service: optional(oneOf(services), null),
      mode: oneOf(tables.modes),
    }),
    phases: list(
      record({
        phase: oneOf(tables.phases),
        status: oneOf(['ok', 'failed', 'skipped']),
        ms: optional(number, 0),
      }),
      tables.phases.length,
    ),
    bridge: optional(record({ ip: optional(text(64), ''), connect_ms: number }), null),
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
      }),
      null,
    ),
    hello: optional(record({ answered: optional(bool, false) }), null),
    versions: optional(versionsOf, null),
    certificates: list(
      record({
        subject: optional(text(), ''),
        issuer: optional(text(), ''),
        names: optional(list(text(), LIST_LIMIT), []),
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
      LIST_LIMIT,
    ),
  });
  const row = record({
    port: oneOf(ports),
    status: oneOf(STATUSES),
    findings,
    server: optional(text(255), null),
    address: optional(text(64), null),
    ms: optional(number, null),
  });
  const setting = record({
    service: oneOf(services),
    protocol: oneOf(protocols),
    server: serverName,
    port: oneOf(ports),
    security: oneOf(SECURITIES),
    authentication: oneOf(['password', 'oauth2']),
    appPassword: optional(bool, false),
    username: oneOf(['address', 'local-part', 'account-address']),
    source: oneOf(SOURCES),
    vouched: optional(oneOf(VOUCHERS), null),
    trusted: bool,
  });
  const place = { port: whole(1, 65_535), server: optional(text(300), null) };
  return record({
    version: whole(1, 1),
    domain: domainName,
    host: optional(serverName, null),
    started: time,
    ms: optional(number, null),
    vantages: list(
      record({
        name: text(200),
        local: optional(bool, false),
        rows: allPorts(list(row, ports.length), ports),
        probes: list(probe, PROBES_LIMIT),
      }),
      8,
      1,
    ),
    settings: record({
      incoming: optional(setting, null),
      outgoing: optional(setting, null),
      alternatives: optional(list(setting, 50), []),
    }),
    notices: optional(list(finding, 20), []),
    typed: optional(
      list(
        record({
          side: oneOf(['incoming', 'outgoing']),
          protocol: oneOf(protocols),
          server: text(300),
          port: whole(1, 65_535),
          security: oneOf(TYPED_SECURITIES),
          portTyped: optional(bool, true),
          usual: optional(list(whole(1, 65_535), 20), []),
          relay: optional(bool, false),
          outcome: oneOf(TYPED),
          values: list(typedValue(protocols), FIELDS.length),
          use: optional(
            record({
              protocol: oneOf(protocols),
              server: text(300),
              port: whole(1, 65_535),
              security: oneOf(TYPED_SECURITIES),
              trusted: optional(bool, false),
            }),
            null,
          ),
          finding: optional(finding, null),
          findings,
          probes: optional(list(probe, PROBES_LIMIT), []),
        }),
        2,
      ),
      [],
    ),
    pasted: optional(
      record({
        message: optional(text(80), null),
        cause: optional(oneOf(CAUSES), null),
        outcome: oneOf(PASTED),
        shown: optional(list(record({ ...place, finding: pastedFinding(ids) }), 50), []),
        tested: optional(list(record(place), 50), []),
      }),
      null,
    ),
  });
}

/* Shapes: each takes a value and its path, and returns what is taken over of it. */

/** @param {string} expected a key of the words `saved.expected` @param {object} [more] what they need */
function wrong(path, expected, value, more = {}) {
  return new ReportFileError('field', { path, expected, value: brief(value), ...more });
}

/** A value as a mistake shows it: short, however deep or long it is. */
function brief(value) {
  if (value === undefined) return '–';
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[…]' : '{…}';
  return JSON.stringify(typeof value === 'string' ? clip(value.slice(0, 200), 60) : value);
}

function record(fields) {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw wrong(path, 'object', value);
    }
    return Object.fromEntries(
      Object.entries(fields).map(([name, shape]) => [
        name,
        shape(Object.hasOwn(value, name) ? value[name] : undefined, `${path}.${name}`),
      ]),
    );
  };
}

function list(shape, most, least = 0) {
  return (value, path) => {
    if (!Array.isArray(value)) throw wrong(path, 'list', value);
    if (value.length > most) throw wrong(path, 'most', value.length, { most });
    if (value.length < least) throw wrong(path, 'least', value.length, { least });
    return value.map((entry, index) => shape(entry, `${path}[${index}]`));
  };
}

function optional(shape, otherwise) {
  return (value, path) => (value === undefined || value === null ? otherwise : shape(value, path));
}

function oneOf(values) {
  return (value, path) => {
    if (!values.includes(value)) {
      const few = values.length <= FEW;
      throw wrong(path, few ? 'oneOf' : 'known', value, few ? { values } : {});
    }
    return value;
  };
}

function text(most = TEXT_LIMIT) {
  return (value, path) => {
    if (typeof value !== 'string') throw wrong(path, 'text', value);
    if (value.length > most) throw wrong(path, 'characters', value.length, { most });
    return value;
  };
}

function whole(least, most) {
  return (value, path) => {
    if (!Number.isInteger(value) || value < least || value > most) {
      throw wrong(path, 'whole', value, { least, most });
    }
    return value;
  };
}

function number(value, path) {
  if (!Number.isFinite(value) || value < 0 || value > 1e9) throw wrong(path, 'number', value);
  return value;
}

function bool(value, path) {
  if (typeof value !== 'boolean') throw wrong(path, 'bool', value);
  return value;
}

function time(value, path) {
  const ms = typeof value === 'string' && value.length <= 40 ? Date.parse(value) : NaN;
  if (Number.isNaN(ms)) throw wrong(path, 'time', value);
  return new Date(ms).toISOString();
}

function serverName(value, path) {
  if (typeof value !== 'string' || !(isHostName(value) || ipLiteral(value))) {
    throw wrong(path, 'server', value);
  }
  return value;
}

/** A report never names a person; what has an @ is not ours. */
function domainName(value, path) {
  if (typeof value !== 'string' || !(isHostName(value) || ipLiteral(value))) {
    throw wrong(path, 'domain', value);
  }
  return value;
}

/** Arguments that go into sentences: short values and lists of them. No sentence has use for others. */
function findingArgs(value, path) {
  const given = value ?? {};
  record({})(given, path);
  const names = Object.keys(given).filter(
    (name) => /^[a-z]\w{0,40}$/i.test(name) && !OWN_ARGS.includes(name),
  );
  if (names.length > ARGS_LIMIT) throw wrong(path, 'most', names.length, { most: ARGS_LIMIT });
  return Object.fromEntries(
    names
      .filter((name) => [given[name]].flat().every(isSimple))
      .map((name) => {
        const short = (one) => (typeof one === 'string' ? text()(one, `${path}.${name}`) : one);
        const one = given[name];
        return [
          name,
          Array.isArray(one) ? list(short, LIST_LIMIT)(one, `${path}.${name}`) : short(one),
        ];
      }),
  );
}

function isSimple(one) {
  return ['string', 'boolean'].includes(typeof one) || Number.isFinite(one);
}

/** `{"TLS 1.2": "accepted", …}` */
function versionsOf(value, path) {
  record({})(value, path);
  const answer = oneOf(['accepted', 'refused', 'unknown']);
  const entries = Object.entries(value);
  if (entries.length > 10) throw wrong(path, 'most', entries.length, { most: 10 });
  return Object.fromEntries(
    entries.map(([name, one]) => [text(20)(name, path), answer(one, `${path}.${brief(name)}`)]),
  );
}

/** One value of the settings that were typed; which kind it has follows from its name. */
function typedValue(protocols) {
  const kinds = {
    protocol: oneOf(protocols),
    server: text(300),
    port: whole(1, 65_535),
    security: oneOf(TYPED_SECURITIES),
  };
  return (value, path) => {
    const { name, mark } = record({ name: oneOf(FIELDS), mark: oneOf(MARKS) })(value, path);
    const kind = kinds[name];
    return { ...record({ typed: kind, use: optional(kind, null) })(value, path), name, mark };
  };
}

/** An app that was told to use no encryption is shown by what was typed, not by a finding. */
function pastedFinding(ids) {
  return record({ id: oneOf([...ids, NO_ENCRYPTION]), args: findingArgs });
}

/** One row for each port of the table, in its order. */
function allPorts(shape, ports) {
  return (value, path) => {
    const rows = shape(value, path);
    return ports.map((port) => {
      const own = rows.filter((row) => row.port === port);
      if (own.length !== 1) throw wrong(path, 'row', own.length, { port });
      return own[0];
    });
  };
}
