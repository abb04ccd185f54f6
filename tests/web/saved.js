/** A report as the page gives it away, made by hand from outcomes. */
import { problems } from '../../web/problems.js';
import { buildReport } from '../../web/report.js';
import { proveSettings } from '../../web/settings.js';
import { DOMAIN, rowsOf } from './outcomes.js';
import { tables } from './tables.js';

/** @param {object} [special] outcomes of services that do not just work */
export function savedReport(special = {}) {
  return JSON.parse(JSON.stringify(madeReport(special).report));
}

/** The report, and what the page showed when it made it. */
export function madeReport(special = {}) {
  const rows = rowsOf(special);
  const settings = proveSettings({ tables, rows, vouching: { domain: DOMAIN } });
  const outcomes = rows.map(({ attempts }) => ({
    attempts: attempts.map((one) => ({
      ...one,
      report: { ...one.report, role: one.role, source: one.source },
    })),
  }));
  const report = buildReport({
    domain: DOMAIN,
    host: null,
    started: '2026-03-04T14:02:00.000Z',
    ms: 10_400,
    vantages: [{ name: 'Frankfurt', local: false, rows, outcomes }],
    settings,
  });
  return { report, rows, settings, problems: problems(rows, tables) };
}
