/** Rows → one problem per cause, with every port and server it holds for. Pure. */
import { STATUSES, reached } from '../scan/evidence.js';
import { isFailingImap } from './answer-key.js';
import { PARTIES, catalogue, policyOf } from './findings.js';
import { followsFrom, isProvidersWord, shownFindings, withFollowers } from './severity.js';

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
  const relayed = [];
  for (const row of rows) {
    for (const finding of shownFindings(row)) {
      const weight = withFollowers(finding, row, known);
      if (weight.status === 'works' && weight.act === 'none') continue;
      if (row.service.direction === 'relay') relayed.push({ row, finding, weight });
      else add(grouped, { row, finding, ...urgency(weight, finding, row, rows) }, known);
    }
  }
  for (const entry of relayed) {
    // What apps meet, too, is told once: what is said of it holds for the port that they do not use.
    const told = [...grouped.values()].find(({ id }) => id === entry.finding.id);
    if (told) told.rows.push(entry.row);
    else
      add(grouped, { ...entry, ...urgency(entry.weight, entry.finding, entry.row, rows) }, known);
  }
  return [...grouped.values()].sort(
    (a, b) =>
      ACTS.indexOf(a.act) - ACTS.indexOf(b.act) ||
      STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status),
  );
}

function add(grouped, { row, finding, status, act, who, other, answers }, known) {
  const { direction } = row.service;
  // What an app should do instead is no advice for the port that apps do not use.
  const relay = direction === 'relay' && Boolean(known.get(finding.id)?.tolerated);
  const confirmed = finding.args.there !== undefined;
  const key = JSON.stringify([finding.id, act, relay, confirmed, causeKey(finding, row)]);
  const problem = grouped.get(key) ?? { id: finding.id, args: {}, rows: [], status, act, who };
  problem.args = gather(problem.args, { ...contextArgs(row, other, answers), ...finding.args });
  if (relay) problem.args.relay = true;
  problem.who = PARTIES.filter((party) => problem.who.includes(party) || who.includes(party));
  problem.rows.push(row);
  grouped.set(key, problem);
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
    followsFrom(id).some((other) => notices.some((notice) => notice.id === other));
  return [...noticed, ...found.filter((problem) => !hidden(problem))];
}

/** The problems that have a card or a line; the others are told by the headline. */
export function besideAnswer(found) {
  return found.filter(({ id }) => !policyOf(id).inAnswer);
}

/**
 * A port that is missing matters less where another does the same work, and more where none does.
 * @returns {{status: string, act: string, who: string[], other: number|null, answers: number|null}}
 *   `other` is the best port that works instead; `answers`, where none works, one on which the same
 *   server is there
 */
function urgency({ status, act, who }, { id }, row, rows) {
  const { direction } = row.service;
  const { dispensable, whoIf = {} } = policyOf(id);
  const siblings = rows.filter((one) => one !== row && one.service.direction === direction);
  const [best] = siblings
    .filter((one) => ['works', 'works-but'].includes(one.status))
    .sort((a, b) => rank(a, row) - rank(b, row));
  // POP3 works otherwise than IMAP: nobody is sent there by a fault.
  const alike = best?.service.protocol === row.service.protocol || !isFailingImap(row);
  const other = best && alike ? best.port : null;
  const answers = best ? null : (siblings.find((one) => isThere(one, row.server))?.port ?? null);
  if (dispensable && (best || answers !== null)) {
    return { status, act: 'none', who: [], other, answers };
  }
  if (best) return { status, act, who, other, answers };
  const stopping = ['broken', 'blocked', 'not-offered'].includes(status);
  // Where the domain names another port, its refusals are no fault.
  const published = [row, ...siblings].some((one) =>
    one.findings.some((finding) => finding.id === 'published-on-other-port'),
  );
  const alone = direction !== 'relay' && act === 'aware' && stopping && !row.proof && !published;
  return {
    status,
    act: alone ? 'fix' : act,
    who: direction === 'relay' ? who : (whoIf.alone ?? who),
    other,
    answers,
  };
}

function isThere({ server, main }, asked) {
  return server === asked && Boolean(main) && reached(main.report, 'connect');
}

function rank(candidate, row) {
  return (
    (candidate.service.protocol === row.service.protocol ? 0 : 2) +
    (candidate.service.mode === 'implicit-tls' ? 0 : 1)
  );
}

/** Arguments that become a list where several ports share a cause. */
const GATHERED = ['host', 'asked', 'other', 'answers', 'proved', 'works', 'fails'];

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

function contextArgs(row, other, answers) {
  const args = { port: row.port, protocol: row.service.protocol.toUpperCase() };
  if (row.server) args.host = row.server;
  if (isProvidersWord(row)) args.reason = 'published';
  if (other !== null) args.other = other;
  if (answers !== null) args.answers = answers;
  if (row.proof?.role === 'other-mode') args.proved = row.port;
  return args;
}
