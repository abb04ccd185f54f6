/**
 * May a password be tried, where, and what came of it? Pure.
 *
 * A certificate proves a name, not that the name is the right one. A password goes only to a server for which the
 * address itself, the provider's documentation, the embedder or the person answers; where only the domain's records
 * lead there, which can be forged on the way, the person is asked first (RFC 6186 6).
 */
import { catalogue, policyOf } from './findings.js';
import { trusted, works } from '../scan/evidence.js';

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

/** Not tried a second time elsewhere: some servers lock an account after a few wrong passwords. */
export function endsTrying(finding) {
  return finding === null || policyOf(finding.id).signIn !== 'in';
}

/** The other usual form of a user name, offered where this one was refused; never tried unasked. */
export function otherUserName(user, domain, { id }) {
  const { signIn } = policyOf(id);
  if (signIn !== 'either' && signIn !== 'address') return null;
  const [local, ...rest] = user.split('@');
  if (rest.length === 0) return `${user}@${domain}`;
  return signIn === 'either' && local !== '' ? local : null;
}
