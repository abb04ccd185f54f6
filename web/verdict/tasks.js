/**
 * Who has to do what about a finding, as keys of the locale's `tasks` words. Pure.
 */
import { adviceOf } from './advice.js';
import { PARTIES } from './findings.js';

/** What is done about a finding whose row names no task. */
export const USUAL = { you: 'follow', provider: 'look', network: 'let-through' };

/**
 * @param {string} id of the finding
 * @param {string[]} who can do something about it
 * @returns {Array<{party: string, task: string|null}>} all parties; null: not involved
 */
export function tasksFor(id, who) {
  return PARTIES.map((party) => ({
    party,
    task: who.includes(party) ? (adviceOf(id).tasks?.[party] ?? USUAL[party]) : null,
  }));
}

/** The value that the fix tells to type, where it is one to copy. */
export function valueToType({ id, args }) {
  const value = args[adviceOf(id).toType];
  return typeof value === 'string' && value ? value : null;
}

/** Nobody but the provider can do anything about it. @param {{act: string, who: string[]}} problem */
export function isForProvider({ act, who }) {
  return act === 'fix' && who.length === 1 && who[0] === 'provider';
}
