/**
 * May a password be tried, where, and what came of it? Pure.
 *
 * A certificate proves a name, not that the name is the right one. A password goes only to a server for which the
 * address itself, the provider's documentation, the embedder or the person answers; where only the domain's records
 * lead there, which can be forged on the way, the person is asked first (RFC 6186 6).
 */
import { catalogue, policyOf } from './findings.js';
import { bridgeWentAway, trusted, works } from '../scan/evidence.js';

/** Who vouches for a name well enough for a password. */
const ANSWERABLE = ['domain', 'provider', 'preset', 'person'];
const ASKED_FIRST = ['records'];

/**
 * @typedef {{side: 'incoming'|'outgoing', setting: import('./settings.js').Setting, confirm: boolean}} SignInSide
 *   `confirm`: the person has to say that the server is the right one
 *
 * @param {object} settings of the result
 * @returns {SignInSide[]} where a password may go: one server for receiving, one for sending, or fewer
 */
export function signInSides(settings) {
  return ['incoming', 'outgoing'].flatMap((side) => {
    const setting = settings[side];
    if (!setting?.trusted || takesNoPassword({ setting })) return [];
    const confirm = ASKED_FIRST.includes(setting.vouched);
    return confirm || ANSWERABLE.includes(setting.vouched) ? [{ side, setting, confirm }] : [];
  });
}

/** No password that a person has could work: a token is wanted, and no app password is taken in its place. */
export function takesNoPassword({ setting }) {
  return setting.authentication === 'oauth2' && !setting.appPassword;
}

/**
 * Where the way out begins.
 * @param {'app-password'|'provider'|undefined} helpedBy see findings.js
 * @param {object|null} provider of the server
 * @returns {{url: string, makes: boolean, provider: string}|null} `makes`: app passwords are made there
 */
export function signInHelp(helpedBy, provider) {
  if (!provider || !helpedBy) return null;
  const { name, help, appPasswords } = provider;
  if (appPasswords && helpedBy === 'app-password')
    return { url: appPasswords, makes: true, provider: name };
  return help ? { url: help, makes: false, provider: name } : null;
}

/** The conversation that proved the setting: it is held once more, with a sign-in. */
export function attemptOf({ setting }, rows, tables) {
  const known = catalogue(tables);
  const row = rows.find(({ service }) => service.name === setting.service);
  return [row?.main, row?.proof].find(
    (attempt) =>
      attempt &&
      attempt.host === setting.server &&
      works(attempt.report, known) &&
      trusted(attempt.report),
  );
}

/**
 * @param {object} report of a conversation with a sign-in
 * @returns {{id: string, args: object}|null} what came of it: of the sign-in, or what kept it from being tried
 */
export function signInFinding({ findings }) {
  return findings.find(({ id }) => policyOf(id).signIn) ?? findings.at(-1) ?? null;
}

/** Neither the user name nor the password has left: the core sends them in the phase of the sign-in alone. */
export function sentNothing({ phases }) {
  return phases.find(({ phase }) => phase === 'signin').status === 'skipped';
}

/**
 * Whether it ended because the bridge went away, which refuses nobody: `unsent` before anything secret was
 * sent, `sent` where the server may have it; null where it ended otherwise.
 */
export function cutShort(report) {
  const finding = signInFinding(report);
  if (!finding || !bridgeWentAway(finding)) return null;
  return sentNothing(report) ? 'unsent' : 'sent';
}

/** Not tried a second time elsewhere: some servers lock an account after a few wrong passwords. */
export function endsTrying(finding) {
  return finding === null || policyOf(finding.id).signIn !== 'in';
}

/** Trying again now may keep somebody out for longer, or for good. */
export function wantsPause(finding) {
  return policyOf(finding.id).pauses ?? false;
}

/** What no command of a mail protocol can carry. */
const CONTROL = /[\p{Cc}\p{Cs}]/u;

/**
 * What keeps credentials from being tried: the key of its words, or null.
 * @param {{user: string, password: string}} credentials
 * @param {SignInSide[]} sides
 * @param {Set<string>} confirmed servers that the person knows
 * @param {{limits: {user_bytes: number, password_bytes: number}}} tables how much of each the core takes, in UTF-8
 */
export function signInError({ user, password }, sides, confirmed, { limits }) {
  if (user === '' || password === '') return 'missing';
  const bytes = (text) => new TextEncoder().encode(text).length;
  if (bytes(user) > limits.user_bytes || bytes(password) > limits.password_bytes) return 'tooLong';
  if ([user, password].some((text) => CONTROL.test(text))) return 'strange';
  const known = ({ confirm, setting }) => !confirm || confirmed.has(setting.server);
  return sides.every(known) ? null : 'unconfirmed';
}

/** The other usual form of a user name, offered where this one was refused; never tried unasked. */
export function otherUserName(user, domain, { id }) {
  const { signIn } = policyOf(id);
  if (signIn !== 'either' && signIn !== 'address') return null;
  const [local, ...rest] = user.split('@');
  if (rest.length === 0) return `${user}@${domain}`;
  return signIn === 'either' && local !== '' ? local : null;
}
