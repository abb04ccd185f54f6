/**
 * One try of a password: what keeps it from being made, and what its conversation says of it. Pure.
 */
import { bridgeWentAway } from '../scan/evidence.js';
import { policyOf } from './findings.js';

/** What no command of a mail protocol can carry. */
const CONTROL = /[\p{Cc}\p{Cs}]/u;

/**
 * What keeps credentials from being tried: the key of its words, or null.
 * @param {{user: string, password: string}} credentials
 * @param {import('./sign-in.js').SignInSide[]} sides
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

/** Trying again now may keep somebody out for longer, or for good. */
export function wantsPause(finding) {
  return policyOf(finding.id).pauses ?? false;
}
