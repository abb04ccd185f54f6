/**
 * Views that come in parts of the script, when there is something for them to show: most checks never show most of
 * them. Whoever wants one that is not here is told that it is absent.
 */
import { Absent } from '../i18n/absent.js';

const here = new Map();

/** @param {string} name of the part @returns {object} its module */
export function late(name) {
  if (!here.has(name)) throw new Absent('part', name);
  return here.get(name);
}

/** … or undefined, for who can do without. @param {string} name */
export function lateIfHere(name) {
  return here.get(name);
}

/** @param {string} name @param {object} part its module */
export function arrived(name, part) {
  here.set(name, part);
}
