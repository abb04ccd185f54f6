/**
 * A report that was read from a file → what the views show of it. Pure: no name is looked up, nothing is
 * connected to, and nothing is judged anew but what follows from the findings in it.
 */
import { trusted, works } from './evidence.js';
import { problems } from './problems.js';
import { providerByHost } from './providers.js';

/**
 * @param {object} report what readReportFile() returned
 * @param {object} tables
 * @returns {object} the part of element.js's state that a check leaves behind
 */
export function stateOfReport(report, tables) {
  const [vantage] = report.vantages;
  const diagnoses = new Map(tables.diagnoses.map((row) => [row.id, row]));
  const rows = vantage.rows.map((row) => savedRow(row, vantage.probes, tables, diagnoses));
  const found = problems(rows, tables);
  for (const { id, args } of report.notices) {
    const row = diagnoses.get(id);
    if (!row) continue;
    found.unshift({ id, args, rows: [], status: row.status, act: row.act, who: row.who });
  }
  const { incoming, outgoing } = report.settings;
  const server = (incoming ?? outgoing)?.server;
  return {
    rows,
    problems: found,
    settings: report.settings,
    checked: report.typed,
    pasted: report.pasted && {
      ...report.pasted,
      reading: { cause: report.pasted.cause },
      quote: null,
    },
    provider: server ? providerByHost(server) : null,
    summary: {
      nullMx: rows.some(({ findings }) => findings[0]?.id === 'mail-not-accepted'),
      elsewhere: [],
      // What the domain lacks is not in the report; nothing is said of it.
      own: true,
    },
    domain: report.domain,
    target: report.host ?? report.domain,
    mailbox: null,
    vantage: { name: vantage.name, local: vantage.local },
    versions: versionsOf(vantage.probes),
    report,
  };
}

function savedRow(row, probes, tables, diagnoses) {
  const service = tables.services.find(({ port }) => port === row.port);
  const attempts = probes
    .filter(({ target, role }) => target.port === row.port && role !== 'versions')
    .map((report) => ({
      role: report.role,
      host: report.target.name,
      address: report.target.address,
      source: report.source,
      priority: null,
      report,
    }));
  const main = mainOf(row, attempts);
  const fine = (attempt) => works(attempt.report, diagnoses);
  return {
    ...row,
    service,
    main,
    attempts: main ? attempts : [],
    proof: proofOf(row, main, attempts, fine),
  };
}

/** The conversation that the row is about: its address tells, and its server where that is its name. */
function mainOf({ server, address }, attempts) {
  const mains = attempts.filter(({ role }) => role === 'main');
  const here = mains.filter((attempt) => attempt.address === address);
  return here.find(({ host }) => host === server) ?? here[0] ?? mains[0] ?? attempts[0] ?? null;
}

/** What worked in place of the row's own server or mode. */
function proofOf({ findings }, main, attempts, fine) {
  if (!main) return null;
  const renamed = findings.find(({ id }) => id === 'served-by-other-name');
  const other = attempts.find(
    (attempt) => renamed && attempt.host === renamed.args.name && fine(attempt),
  );
  if (other) return other;
  return fine(main)
    ? null
    : (attempts.find((attempt) => fine(attempt) && trusted(attempt.report)) ?? null);
}

function versionsOf(probes) {
  return new Map(
    probes
      .filter(({ role, versions }) => role === 'versions' && versions)
      .map((report) => [report.target.port, report]),
  );
}
