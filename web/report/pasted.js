/** What came of an error message that somebody pasted, for the views. Pure, as presentation.js is. */
import { concludeSignIn } from '../verdict/error-message-verdict.js';
import { NO_ENCRYPTION, policyOf } from '../verdict/findings.js';

/**
 * What came of an error message.
 * @returns {{outcome: string, cause: string|null, quote: string|null, ports: number[],
 *   servers: string[], finding: object|null, wrongAbove: boolean, signIn: string|null,
 *   password: 'tried'|'offered'|'hopeless'|'elsewhere'|null, help: object|null}|null} `ports` are
 *   those where it was met, or else those that were looked at; `finding` is the first that was met,
 *   null where an app was told to use no encryption; `wrongAbove`: the app's own settings are wrong; `password`:
 *   it is about one, which was tried, or can be tried on this page, or is of no use at all, or cannot be tried
 */
export function pastedOf({ pasted, provider, target, checked }, signInTest) {
  if (!pasted) return null;
  const { reading, quote } = pasted;
  const signedIn = signInTest && concludeSignIn(reading, signInTest.tried);
  const { outcome, shown: met, tested } = signedIn ?? pasted;
  const { cause } = reading;
  const entries = outcome === 'confirmed' ? met : tested;
  return {
    outcome,
    cause,
    quote,
    ports: distinct(entries.map(({ port }) => port)),
    servers: distinct(entries.map(({ server }) => server)).filter(Boolean),
    finding: outcome === 'confirmed' ? metFinding(met[0], target) : null,
    wrongAbove: checked.some((one) => ['wrong', 'unsafe'].includes(one.outcome)),
    signIn: (cause?.startsWith('sign-in-') && !signedIn && provider?.signIn) || null,
    password: passwordTold(cause, signedIn, signInTest),
    help: (signedIn && signInTest.refused?.help) || null,
  };
}

/** What this page can say of the password that a message is about. */
function passwordTold(cause, signedIn, signInTest) {
  const { signIn, retried } = policyOf(cause);
  if (!signIn) return null;
  if (signedIn) return 'tried';
  if (signInTest?.hopeless) return 'hopeless';
  return signInTest && retried ? 'offered' : 'elsewhere';
}

function metFinding({ finding, port, server }, target) {
  if (finding.id === NO_ENCRYPTION) return null;
  return {
    id: finding.id,
    args: { domain: target, port, host: server ?? target, ...finding.args },
  };
}

function distinct(list) {
  return [...new Set(list)];
}
