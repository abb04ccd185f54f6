/** What is told of problems: which comes first, and what stands on the card of each. Pure, as presentation.js is. */
import { providerOfServer } from '../discover/providers.js';
import { adviceOf } from '../verdict/advice.js';
import { answerKey } from '../verdict/answer-key.js';
import { policyOf } from '../verdict/findings.js';
import { firstStep } from '../verdict/first-step.js';
import { besideAnswer } from '../verdict/problems.js';
import { isForProvider, tasksFor, valueToType } from '../verdict/tasks.js';

/**
 * @typedef {{step: object|null, fixes: object[], notes: object[], avoidable: boolean}} Told `step` is the one to do
 *   something about now, the others are more; `avoidable`: settings are known that do not meet them
 *
 * @param {object} state the element's, as present() takes it
 * @param {object|null} signInTest as presented
 * @returns {Told}
 */
export function problemsOf(state, signInTest) {
  const { problems, settings, guide, domain, provider, saved } = state;
  const ended = signInTest?.refused;
  // What our own side cut short is told where it was tried.
  const own = ended && !ended.cut ? [signInProblem(ended)] : [];
  const finished = [...own, ...besideAnswer(problems)].map((problem) => ({
    ...problem,
    args: readableArgs(problem.args, state),
    tasks: tasksFor(problem.id, problem.who).filter(({ task }) => task !== null),
    provider: providerNamed(problem.args.host, domain, provider),
    toType: valueToType(problem),
    portless: Boolean(policyOf(problem.id).portless),
    forProvider: !saved && isForProvider(problem),
    // Only the page itself has the text that this leads to.
    guide: (guide && adviceOf(problem.id).guide) || null,
  }));
  const step = own.length > 0 ? finished[0] : firstStep(finished, settings, answerKey(state));
  const more = finished.filter((problem) => problem !== step);
  // There is one countdown, for all that the bridge refused.
  const refused = [step, ...more].find((problem) => problem?.args.retry);
  if (refused) refused.waits = true;
  return {
    step,
    fixes: more.filter(({ act }) => act === 'fix'),
    notes: more.filter(({ act }) => act !== 'fix'),
    // Settings that only a file claims are nothing to fall back on.
    avoidable: Boolean(settings.incoming?.vouched && settings.outgoing?.vouched),
  };
}

/** A sign-in that did not go well is what to do something about now. */
function signInProblem({ setting, finding, status, act, who, help }) {
  const { server: host, port } = setting;
  return {
    id: finding.id,
    args: { host, port, ports: [port], ...finding.args },
    rows: [],
    signIn: true,
    ...{ status, act, who, help },
  };
}

/** Arguments that are names which were asked for. */
const OWN_NAMES = ['host', 'asked', 'domain', 'published'];

/**
 * Names under the domain in the script it was typed in: `smtp.bücher.example`. Names that a server tells stay as
 * they are.
 */
function readableArgs(args, { domain, target }) {
  const labels = domain.split('.').length;
  const shown = target.split('.').slice(-labels).join('.');
  if (shown === domain || !domain.includes('xn--')) return args;
  const readable = (value) => {
    if (Array.isArray(value)) return value.map(readable);
    if (value === domain) return shown;
    const below = typeof value === 'string' && value.endsWith(`.${domain}`);
    return below ? value.slice(0, -domain.length) + shown : value;
  };
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      OWN_NAMES.includes(name) ? readable(value) : value,
    ]),
  );
}

/** What the provider of a server is called; null where that is not known. */
function providerNamed(hosts, domain, known) {
  const [host = null] = [hosts ?? []].flat();
  return (host === null ? known : providerOfServer(host, domain, known))?.name ?? null;
}
