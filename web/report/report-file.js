/**
 * The text of a report file → a report that the views can take as it is. Pure.
 *
 * Whoever sent the file may have written anything into it. Only what is named here is taken over, with
 * its type and its bounds checked; what is wrong is named with its place in the file.
 */
import { isHostName, ipLiteral } from '../input/address.js';
import { clip } from '../i18n/text.js';
import { catalogue } from '../verdict/findings.js';
import { REPORT } from './schema.js';

/** A real one has a few hundred kB; seven ports with many addresses and long transcripts some MB. */
export const FILE_LIMIT_BYTES = 8_000_000;
/** As long as a server's longest line. */
const TEXT_LIMIT = 20_000;
/** Of the values of one argument. */
const LIST_LIMIT = 5_000;
const ARGS_LIMIT = 30;
const VERSIONS_LIMIT = 10;
/** Values that are few enough to be listed. */
const FEW = 8;
/** What the page makes itself wherever a finding is put into words. */
const OWN_ARGS = ['ports', 'Ports', 'relay'];

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
  return readAs(REPORT, raw, tables);
}

/**
 * What a shape of schema.js takes over of a value.
 * @throws {ReportFileError}
 */
export function readAs(shape, raw, tables) {
  return take(shape, raw, { path: 'report', known: knownIn(tables) });
}

export function tooLarge() {
  return new ReportFileError('too-large', { megabytes: FILE_LIMIT_BYTES / 1_000_000 });
}

/** What the shapes of kind `tabled` allow. */
function knownIn(tables) {
  const column = (name) => [...new Set(tables.services.map((row) => row[name]))];
  return {
    findings: [...catalogue(tables).keys()],
    services: column('name'),
    ports: column('port'),
    protocols: column('protocol'),
    modes: tables.modes,
    phases: tables.phases,
  };
}

/**
 * What is taken over of a value.
 * @param {object} shape of schema.js
 * @param {unknown} value
 * @param {{path: string, known: object}} at where it stands in the file, and what knownIn() returned
 * @throws {ReportFileError}
 */
function take(shape, value, at) {
  return TAKE[shape.kind](value, at, shape);
}

/** The place of a part. */
function inside({ path, known }, part) {
  return { path: `${path}${part}`, known };
}

const TAKE = {
  record(value, at, { fields }) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw wrong(at, 'object', value);
    }
    return Object.fromEntries(
      Object.entries(fields)
        .filter(([, { kind }]) => kind !== 'writtenOnly')
        .map(([name, shape]) => [
          name,
          take(shape, Object.hasOwn(value, name) ? value[name] : undefined, inside(at, `.${name}`)),
        ]),
    );
  },

  list(value, at, { of, most, least }) {
    if (!Array.isArray(value)) throw wrong(at, 'list', value);
    if (value.length > most) throw wrong(at, 'most', value.length, { most });
    if (value.length < least) throw wrong(at, 'least', value.length, { least });
    return value.map((entry, index) => take(of, entry, inside(at, `[${index}]`)));
  },

  optional(value, at, { of, otherwise }) {
    return value === undefined || value === null ? otherwise : take(of, value, at);
  },

  oneOf(value, at, { values }) {
    if (!values.includes(value)) {
      const few = values.length <= FEW;
      throw wrong(at, few ? 'oneOf' : 'known', value, few ? { values } : {});
    }
    return value;
  },

  tabled(value, at, { table, more }) {
    return TAKE.oneOf(value, at, { values: [...at.known[table], ...more] });
  },

  text(value, at, { most = TEXT_LIMIT } = {}) {
    if (typeof value !== 'string') throw wrong(at, 'text', value);
    if (value.length > most) throw wrong(at, 'characters', value.length, { most });
    return value;
  },

  whole(value, at, { least, most }) {
    if (!Number.isInteger(value) || value < least || value > most) {
      throw wrong(at, 'whole', value, { least, most });
    }
    return value;
  },

  number(value, at) {
    if (!Number.isFinite(value) || value < 0 || value > 1e9) throw wrong(at, 'number', value);
    return value;
  },

  bool(value, at) {
    if (typeof value !== 'boolean') throw wrong(at, 'bool', value);
    return value;
  },

  time(value, at) {
    const ms = typeof value === 'string' && value.length <= 40 ? Date.parse(value) : NaN;
    if (Number.isNaN(ms)) throw wrong(at, 'time', value);
    return new Date(ms).toISOString();
  },

  server(value, at) {
    if (!isServer(value)) throw wrong(at, 'server', value);
    return value;
  },

  /** A report never names a person; what has an @ is not ours. */
  domain(value, at) {
    if (!isServer(value)) throw wrong(at, 'domain', value);
    return value;
  },

  /** No sentence has use for other values than short ones and lists of them. */
  args(value, at) {
    const given = value ?? {};
    TAKE.record(given, at, { fields: {} });
    const names = Object.keys(given).filter(
      (name) => /^[a-z]\w{0,40}$/i.test(name) && !OWN_ARGS.includes(name),
    );
    if (names.length > ARGS_LIMIT) throw wrong(at, 'most', names.length, { most: ARGS_LIMIT });
    return Object.fromEntries(
      names
        .filter((name) => [given[name]].flat().every(isSimple))
        .map((name) => [name, argument(given[name], inside(at, `.${name}`))]),
    );
  },

  versions(value, at) {
    TAKE.record(value, at, { fields: {} });
    const entries = Object.entries(value);
    if (entries.length > VERSIONS_LIMIT) {
      throw wrong(at, 'most', entries.length, { most: VERSIONS_LIMIT });
    }
    const values = ['accepted', 'refused', 'unknown'];
    return Object.fromEntries(
      entries.map(([name, one]) => [
        TAKE.text(name, at, { most: 20 }),
        TAKE.oneOf(one, inside(at, `.${brief(name)}`), { values }),
      ]),
    );
  },

  perPort(value, at, { of }) {
    const { ports } = at.known;
    const rows = TAKE.list(value, at, { of, most: ports.length, least: 0 });
    return ports.map((port) => {
      const own = rows.filter((row) => row.port === port);
      if (own.length !== 1) throw wrong(at, 'row', own.length, { port });
      return own[0];
    });
  },

  typedValue(value, at, { kinds, rest }) {
    const name = { kind: 'oneOf', values: Object.keys(kinds) };
    const named = TAKE.record(value, at, { fields: { name, ...rest } });
    const typed = kinds[named.name];
    const use = { kind: 'optional', of: typed, otherwise: null };
    return { ...TAKE.record(value, at, { fields: { typed, use } }), ...named };
  },
};

function isServer(value) {
  return typeof value === 'string' && (isHostName(value) || ipLiteral(value) !== null);
}

/** One argument of a finding, or one of a list of them. */
function argument(value, at) {
  const short = (one) => (typeof one === 'string' ? TAKE.text(one, at) : one);
  if (!Array.isArray(value)) return short(value);
  if (value.length > LIST_LIMIT) throw wrong(at, 'most', value.length, { most: LIST_LIMIT });
  return value.map(short);
}

function isSimple(one) {
  return ['string', 'boolean'].includes(typeof one) || Number.isFinite(one);
}

/** @param {string} expected a key of the words `saved.expected` @param {object} [more] what they need */
function wrong({ path }, expected, value, more = {}) {
  return new ReportFileError('field', { path, expected, value: brief(value), ...more });
}

/** A value as a mistake shows it: short, however deep or long it is. */
function brief(value) {
  if (value === undefined) return '–';
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[…]' : '{…}';
  return JSON.stringify(typeof value === 'string' ? clip(value.slice(0, 200), 60) : value);
}
