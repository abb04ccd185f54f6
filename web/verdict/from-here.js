/**
 * What the bridge's own network lets nobody see, told as not tested. A port through which the bridge reaches
 * no mail server that works, and names that its resolver cannot look up, say nothing of a server, of a domain, or of the
 * network of whoever reads. Pure.
 */
import { ipLiteral } from '../input/address.js';
import { failedOnOurSide, has, reached, unconnected, works } from '../scan/evidence.js';

/** What is only known where names can be looked up. */
const OF_NAMES = ['name-not-found', 'name-without-address', 'name-servers-failed'];
/** How the bridge's own reference failed, where not even a connection came about. */
const NOT_CONNECTED = ['refused', 'timed-out', 'unreachable'];
/** Told by what a mail server said. */
const OF_A_MAIL_SERVER = ['tls-expected', 'starttls-expected'];

/**
 * @param {object} options
 * @param {object[]} options.outcomes as scan() has them
 * @param {object|null} options.summary of the discovery
 * @param {{resolver: string|null, ports: Map<number, string>}|null} options.tested what the bridge says, see
 *   transport/self-test.js
 * @param {boolean} options.answered its resolver was seen to tell something that there is
 * @param {Map<string, object>} options.known rows of the findings
 * @returns {{outcomes: object[], summary: object|null}} the same, with what was not seen left open
 */
export function seenFromHere({ outcomes, summary, tested, answered, known }) {
  const trouble = lookupTrouble(tested, answered);
  const context = { ports: tested?.ports ?? new Map(), trouble, known };
  return {
    outcomes: outcomes.map((outcome) => outcomeSeen(outcome, context)),
    summary: trouble && summary ? summarySeen(summary, trouble) : summary,
  };
}

/** Why names that are not found may exist all the same: `failed`, `invents`, `unproved`; null: they do not. */
function lookupTrouble(tested, answered) {
  const resolver = tested?.resolver ?? null;
  if (resolver === 'invents') return resolver;
  // Whatever it was some minutes ago, it works now.
  if (answered || resolver === 'ok') return null;
  return resolver ?? 'unproved';
}

function outcomeSeen(outcome, context) {
  const { trouble } = context;
  const { attempts, finding, declared, stopped, missing } = outcome;
  const nothing = attempts.length === 0 && !finding && !declared && !stopped;
  return {
    ...outcome,
    attempts: attempts.map((attempt) => attemptSeen(attempt, context)),
    finding: trouble && nothing ? lookupFailed(trouble, {}) : nameSeen(finding, trouble),
    missing: missing.map((one) => ({ ...one, finding: nameSeen(one.finding, trouble) })),
  };
}

/** The same of one conversation, whose server was looked up elsewhere. */
export function attemptFromHere(attempt, tested, known) {
  const ports = tested?.ports ?? new Map();
  return attemptSeen(attempt, { ports, trouble: null, known });
}

function attemptSeen(attempt, { ports, trouble, known }) {
  const { report, host } = attempt;
  const how = ports.get(report.target.port) ?? 'ok';
  if (how !== 'ok' && seenNobody(report, how) && !failedOnOurSide(report, known)) {
    const finding = report.findings[0].id;
    const findings = [{ id: 'not-tested-from-here', args: { finding, close: how } }];
    return { ...attempt, report: { ...report, findings } };
  }
  // Whoever answers at an address that was made up is not who was asked for.
  const elsewhere = trouble === 'invents' && ipLiteral(host) === null;
  if (!elsewhere || works(report, known) || failedOnOurSide(report, known)) return attempt;
  return { ...attempt, report: { ...report, findings: [lookupFailed(trouble, { host })] } };
}

/**
 * Whether the conversation saw no more of a server than the bridge's own test of the port. Where somebody in
 * between accepts every connection, that is all before a word of a mail server.
 */
function seenNobody(report, how) {
  if (unconnected(report)) return true;
  if (NOT_CONNECTED.includes(how) || report.findings.length === 0) return false;
  return !(
    reached(report, 'greeting') ||
    reached(report, 'handshake') ||
    has(report, ...OF_A_MAIL_SERVER)
  );
}

function nameSeen(finding, trouble) {
  const doubtful = trouble && OF_NAMES.includes(finding?.id);
  return doubtful ? lookupFailed(trouble, { host: finding.args.host }) : finding;
}

function lookupFailed(reason, args) {
  return { id: 'resolver-failed', args: { ...args, reason } };
}

/** That something was not found is not known. */
function summarySeen(summary, trouble) {
  const found = (value) => (value === false ? null : value);
  return {
    ...summary,
    published: found(summary.published),
    autoconfig: found(summary.autoconfig),
    exchange: found(summary.exchange),
    meant: [],
    domain: nameSeen(summary.domain, trouble),
  };
}
