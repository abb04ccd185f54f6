/**
 * One port seen from two places → what differs, and whose doing that is. Pure.
 *
 * A refusal or silence that only one place met is never the server's: it answers the other one. What both
 * met is not the network's. Where the first place is the reader's own computer, what stands in the way is
 * in the reader's network; where it is a bridge elsewhere, it is that bridge's, and of no concern to anybody.
 */
import {
  STATUSES,
  duration,
  failedOnOurSide,
  has,
  reached,
  trusted,
  unconnected,
  works,
} from '../scan/evidence.js';
import { comparable } from './comparable.js';
import { catalogue, policyOf } from './findings.js';
import { severityOf, shownFindings } from './severity.js';

/** Slower than this, and several times slower than elsewhere: distance alone explains less. */
const SLOW_MS = 3000;
const SLOW_FACTOR = 4;

const FAILED = ['broken', 'blocked', 'not-offered'];
/** Ways to have no encryption after a greeting in the clear. */
const WITHOUT_UPGRADE = [
  'starttls-masked',
  'starttls-not-offered',
  'starttls-refused',
  'starttls-unavailable',
];

/**
 * @typedef {{name: string, local: boolean}} Place
 * @typedef {import('../scan/scan.js').Attempt} Attempt
 *
 * @typedef {{name: string, local: boolean, ports: number[], why: object|null}} Elsewhere a second place, the
 *   ports it was asked about, and the finding of ours where nothing was learned
 */

/**
 * The port failed in a way that the network could have brought about, and that matters: an older port that
 * is closed while the newer one works is nobody's trouble. On port 25 silence is told to be normal, and
 * whose it is is worth knowing all the same.
 */
export function worthComparing(row, tables) {
  if (!comparable(row)) return false;
  const known = catalogue(tables);
  if (notFromHere(row.main)) return true;
  if (failedOnOurSide(row.main.report, known)) return false;
  if (row.service.direction === 'relay' && has(row.main.report, 'connect-timeout')) return true;
  const weights = shownFindings(row).map((finding) => severityOf(finding, row, known));
  return weights.some(
    ({ status, act, who }) =>
      act !== 'none' && (FAILED.includes(status) || who.includes('network')),
  );
}

/**
 * @param {object} row of portResults(): what the first place met
 * @param {Attempt} attempt the same conversation, held from the second place
 * @param {{here: Place, there: Place}} places
 * @param {object} tables
 * @returns {object} the row, with the attempt as `elsewhere` and what follows from it
 */
export function comparePlaces(row, attempt, { here, there }, tables) {
  const known = catalogue(tables);
  // The first place knows that it is its own network: the second one sees the server.
  const one = notFromHere(row.main) ? 'silence' : meeting(row.main.report, known);
  const other = meeting(attempt.report, known);
  const conclusion =
    one === 'untested' || other === 'untested'
      ? NOTHING
      : CONCLUDE[one][other]({ row, attempt, here, there, known });
  const compared = { ...row, ...conclusion, elsewhere: attempt };
  return { ...compared, status: statusOf(compared, known) };
}

/** The first place has a test that says so. */
function notFromHere({ report }) {
  return has(report, 'not-tested-from-here');
}

/** What a place met at the port, in the order from nothing to all. */
function meeting(report, known) {
  if (works(report, known)) return 'works';
  // One that was stopped has no finding, and says as little.
  if (failedOnOurSide(report, known) || report.findings.length === 0) return 'untested';
  if (has(report, 'connect-timeout', 'connect-unreachable')) return 'silence';
  if (has(report, 'connect-refused', 'connect-reset')) return 'refusal';
  return 'answer';
}

const NOTHING = {};

/** What follows, by what the first place met and then by what the second did. */
const CONCLUDE = {
  silence: {
    silence: same,
    refusal: same,
    answer: stopped('blocked-here'),
    works: stopped('blocked-here'),
  },
  refusal: {
    silence: same,
    refusal: same,
    answer: stopped('refused-here'),
    works: stopped('refused-here'),
  },
  answer: { silence: () => NOTHING, refusal: () => NOTHING, answer: changed, works: changed },
  works: { silence: worse, refusal: worse, answer: worse, works: slower },
};

/** Both failed to get through: it is not the network of the one or the other. */
function same({ row, there }) {
  return { findings: row.findings.map((finding) => alsoFrom(there, finding)) };
}

function alsoFrom(there, { id, args }) {
  return { id, args: { ...args, there: there.name } };
}

function stopped(id) {
  return (seen) => {
    const { row, here, there } = seen;
    if (!here.local) return ofServer(seen);
    const relay = row.service.direction === 'relay';
    return only(relay ? 'port-25-blocked-here' : id, { there: there.name });
  };
}

/** One finding in place of all that this place met: it is the cause of it. */
function only(id, args) {
  return { findings: [{ id, args }] };
}

/** A bridge of ours cannot reach the server: what another one met is what is known of it. */
function ofServer({ row, attempt, here, there, known }) {
  if (!works(attempt.report, known)) return { findings: attempt.report.findings };
  const args = { here: here.name, there: there.name };
  return { ...only('works-from-elsewhere', args), proof: row.proof ?? attempt };
}

/** It answers both, and not the first as it should. */
function changed(seen) {
  const { row, attempt, here, there, known } = seen;
  const cause = interception(row.main.report, attempt.report, known);
  if (cause) {
    return here.local ? only(cause.id, { ...cause.args, there: there.name }) : ofServer(seen);
  }
  return shared(seen);
}

/** What both noticed in the conversation is the server's. */
function shared({ row, attempt, there }) {
  return {
    findings: row.findings.map((finding) =>
      has(attempt.report, finding.id) ? alsoFrom(there, finding) : finding,
    ),
  };
}

/** What something on the way did to the conversation, or null. */
function interception(one, other, known) {
  const [mine, theirs] = [one, other].map(({ certificates }) => certificates?.[0]?.sha256);
  const foreign = (report) =>
    has(report, 'certificate-unknown-issuer', 'certificate-self-signed') && !trusted(report);
  if (mine && theirs && mine !== theirs && foreign(one) && !foreign(other)) {
    return { id: 'certificate-replaced-here', args: { issuer: one.certificates[0].issuer } };
  }
  if (has(one, ...WITHOUT_UPGRADE) && !has(other, ...WITHOUT_UPGRADE)) {
    if (reached(other, 'handshake')) return { id: 'starttls-removed-here', args: {} };
  }
  return works(other, known) ? { id: 'conversation-changed-here', args: {} } : null;
}

/** It works here, and elsewhere it does not. */
function worse({ row, attempt, there }) {
  const args = { there: there.name, met: attempt.report.findings[0].id };
  return { findings: [...row.findings, { id: 'fails-elsewhere', args }] };
}

/** It works in both places, and perhaps one waits longer. */
function slower(seen) {
  const { row, attempt, there } = seen;
  const [ms, other] = [row.main.report, attempt.report].map(duration);
  const { findings } = shared(seen);
  if (ms < SLOW_MS || ms < other * SLOW_FACTOR) return { findings };
  const args = { there: there.name, here_seconds: seconds(ms), there_seconds: seconds(other) };
  return { findings: [...findings, { id: 'slower-here', args }] };
}

function seconds(ms) {
  return Math.round(ms / 100) / 10;
}

function statusOf(row, known) {
  const statuses = row.findings.map((finding) => severityOf(finding, row, known).status);
  return STATUSES.find((status) => statuses.includes(status)) ?? 'works';
}

/**
 * What the second place itself met, as rows of a report: of the ports that it was not asked about nothing.
 * @param {object[]} rows of the first place, those that were compared with their `elsewhere`
 */
export function rowsElsewhere(rows, tables) {
  const known = catalogue(tables);
  return rows.map(({ service, port, elsewhere }) => {
    if (!elsewhere) {
      const none = { server: null, address: null, ms: null };
      return { service, port, status: 'not-tested', findings: [], ...none };
    }
    const { host, address, source, report } = elsewhere;
    const row = { service, port, source, main: elsewhere, findings: report.findings };
    return {
      ...row,
      status: meeting(report, known) === 'untested' ? 'not-tested' : statusOf(row, known),
      server: host,
      address,
      ms: unconnected(report) || !reached(report, 'connect') ? null : duration(report),
    };
  });
}

/**
 * The second place as it was asked.
 * @param {object[]} rows of the first place, those that were compared with their `elsewhere`
 * @param {Place} place
 * @returns {Elsewhere}
 */
export function elsewhereOf(rows, { name, local }, tables) {
  const known = catalogue(tables);
  const asked = rows.filter(({ elsewhere }) => elsewhere);
  const lost = asked.filter(({ elsewhere }) => failedOnOurSide(elsewhere.report, known));
  const why =
    asked.length > 0 && lost.length === asked.length
      ? lost[0].elsewhere.report.findings.find(({ id }) => policyOf(id).ours)
      : null;
  return { name, local, ports: asked.map(({ port }) => port), why };
}
