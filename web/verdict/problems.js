/** Rows → one problem per cause, with every port and server it holds for. Pure. */
import { STATUSES } from '../scan/evidence.js';
import { catalogue, policyOf } from './findings.js';
import { shownFindings, withFollowers } from './severity.js';

/** How urgent a problem is, the most urgent first. */
const ACTS = ['fix', 'aware', 'none'];

/**
 * One problem per cause, the most urgent first, each with the ports it holds for.
 * @returns {Array<{id: string, args: object, rows: object[], status: string, act: string,
 *   who: string[]}>}
 */
export function problems(rows, tables) {
  const known = catalogue(tables);
  const grouped = new Map();
  for (const row of rows) {
    for (const finding of shownFindings(row)) {
      const weight = withFollowers(finding, row, known);
      if (weight.status === 'works' && weight.act === 'none') continue;
      const { act, other } = urgency(weight, finding, row, rows);
      // What an app should do instead is no advice for the port that apps do not use.
      const relay = row.service.direction === 'relay' && Boolean(known.get(finding.id)?.tolerated);
      const key = JSON.stringify([finding.id, act, relay, causeKey(finding, row)]);
      const problem = grouped.get(key) ?? { ...weight, act, id: finding.id, args: {}, rows: [] };
      problem.args = gather(problem.args, { ...contextArgs(row, other), ...finding.args });
      if (relay) problem.args.relay = true;
      problem.rows.push(row);
      grouped.set(key, problem);
    }
  }
  return [...grouped.values()].sort(
    (a, b) =>
      ACTS.indexOf(a.act) - ACTS.indexOf(b.act) ||
      STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status),
  );
}

/**
 * The same with what holds for no port of its own, the notices of a report, before them, and without what
 * only follows from these.
 */
export function withNotices(found, notices, tables) {
  const known = catalogue(tables);
  const noticed = notices.map(({ id, args }) => {
    const { status, act, who } = known.get(id);
    return { id, args, rows: [], status, act, who };
  });
  const hidden = ({ id }) =>
    policyOf(id).hiddenBy?.some((other) => notices.some((notice) => notice.id === other)) ?? false;
  return [...noticed, ...found.filter((problem) => !hidden(problem))];
}

/** The problems that have a card or a line; the others are told by the headline. */
export function besideAnswer(found) {
  return found.filter(({ id }) => !policyOf(id).inAnswer);
}

/**
 * A port that is missing matters less where another does the same work, and more where none does.
 * @returns {{act: string, other: number|null}} `other` is the best port that works instead
 */
function urgency({ status, act }, { id }, row, rows) {
  const { direction } = row.service;
  const alternatives = rows
    .filter(
      (other) =>
        other !== row &&
        other.service.direction === direction &&
        ['works', 'works-but'].includes(other.status),
    )
    .sort((a, b) => rank(a, row) - rank(b, row));
  const other = alternatives[0]?.port ?? null;
  if (other !== null) return { act: policyOf(id).dispensable ? 'none' : act, other };
  const stopping = ['broken', 'blocked', 'not-offered'].includes(status);
  // Where the domain names another port, its refusals are no fault.
  const published = rows.some(
    (one) =>
      one.service.direction === direction &&
      one.findings.some((finding) => finding.id === 'published-on-other-port'),
  );
  const alone = direction !== 'relay' && act === 'aware' && stopping && !row.proof && !published;
  return { act: alone ? 'fix' : act, other };
}

function rank(candidate, row) {
  return (
    (candidate.service.protocol === row.service.protocol ? 0 : 2) +
    (candidate.service.mode === 'implicit-tls' ? 0 : 1)
  );
}

/** Arguments that become a list where several ports share a cause. */
const GATHERED = ['host', 'asked', 'other', 'proved', 'works', 'fails'];

/** Problems with one cause on several ports are one problem. */
function causeKey({ id, args }, { service: { direction } }) {
  const values = { ...args, direction };
  return (policyOf(id).groupedBy ?? []).map((name) => values[name]);
}

/** The arguments of a problem once one more row has it. */
function gather(before, now) {
  const args = { ...now, ...before };
  for (const name of GATHERED) {
    const values = new Set([before[name], now[name]].flat().filter((value) => value !== undefined));
    if (values.size > 0) args[name] = values.size === 1 ? [...values][0] : [...values];
  }
  args.ports = [...(before.ports ?? []), now.port];
  return args;
}

function contextArgs(row, other) {
  const args = { port: row.port, protocol: row.service.protocol.toUpperCase() };
  if (row.server) args.host = row.server;
  if (other !== null) args.other = other;
  if (row.proof?.role === 'other-mode') args.proved = row.port;
  return args;
}
