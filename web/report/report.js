/**
 * What a check has found → the report that the element gives away, in the shape of schema.js. Pure; holds
 * no local part.
 */
import { REPORT } from './schema.js';

/**
 * @param {object} options
 * @param {string} options.domain
 * @param {string|null} options.host the server that was typed, if one was
 * @param {string} options.started ISO time
 * @param {number} options.ms that the check took
 * @param {object[]} options.vantages [{name, local, rows, outcomes}] as judged
 * @param {object} options.settings what proveSettings() returned
 * @param {object[]} [options.typed] {conclusion, outcomes} for each side whose settings were typed
 * @param {object|null} [options.pasted] what concludeErrorMessage() said of a message, and its `reading`; of the
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
  return write(REPORT, {
    version: 1,
    domain,
    host,
    started,
    ms,
    vantages: vantages.map(vantageOf),
    settings,
    notices,
    typed: typed.map(({ conclusion, outcomes }) => ({
      ...conclusion,
      wrong: conclusion.values
        .filter(({ mark }) => mark === 'wrong' || mark === 'unsafe')
        .map(({ name }) => name),
      probes: probesOf(outcomes),
    })),
    pasted: pasted && {
      ...pasted,
      message: pasted.reading.message?.id ?? null,
      cause: pasted.reading.cause,
      ports: pasted.shown.map(({ port }) => port),
    },
  });
}

/**
 * A new report, once a second place was asked, too.
 * @param {object} report
 * @param {object} options
 * @param {object[]} options.rows of the first place, as they are judged now
 * @param {object} options.second as one of `vantages` above
 * @param {object} options.settings
 */
export function withSecond(report, { rows, second, settings }) {
  const [first] = report.vantages;
  const vantages = [{ ...first, rows: rows.map(serviceNamed) }, vantageOf(second)];
  const { fields } = REPORT;
  return {
    ...report,
    vantages: write(fields.vantages, vantages),
    settings: write(fields.settings, settings),
  };
}

function vantageOf({ rows, outcomes, ...vantage }) {
  return { ...vantage, rows: rows.map(serviceNamed), probes: probesOf(outcomes) };
}

function serviceNamed(row) {
  return { ...row, service: row.service.name };
}

function probesOf(outcomes) {
  return outcomes.flatMap(({ attempts }) => attempts.map(({ report }) => report));
}

/** Of a value only what its shape names, in the order of the shape. */
function write(shape, value) {
  if (value === null || value === undefined) return value;
  const { kind, of, fields, open } = shape;
  if (kind === 'optional') return write(of, value);
  if (kind === 'list' || kind === 'perPort') return value.map((entry) => write(of, entry));
  if (kind !== 'record' || open) return value;
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => Object.hasOwn(value, name))
      .map(([name, field]) => [name, write(field, value[name])]),
  );
}
