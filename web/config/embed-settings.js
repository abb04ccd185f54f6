/**
 * The query of embed.html and of index.html → the element's attributes. Pure.
 *
 * Anybody can write the link to a provider's page: the query chooses among what the operator provides
 * and never brings servers, links or colours of its own. Which bridges may be asked, the page's
 * Content-Security-Policy decides.
 */
import { COLOUR_SCHEMES, PRESET_ID } from './preset.js';

/** As much as the field takes. */
const ADDRESS_LIMIT = 1000;
const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}$/i;
/** What the console shows of a mistake, and of how many. */
const SHOWN_LIMIT = 60;
const MISTAKES_LIMIT = 20;
const SWITCH = { __proto__: null, '': true, 1: true, true: true, 0: false, false: false };

const READ = {
  address: (value) => value.length <= ADDRESS_LIMIT && value,
  bridge: (value, base) => isBridge(value, base) && value,
  'color-scheme': (value) => COLOUR_SCHEMES.includes(value) && value,
  lang: (value) => LANGUAGE.test(value) && value,
  preset: (value) => PRESET_ID.test(value) && value,
  'allow-sign-in': (value) => value in SWITCH && (SWITCH[value] ? '' : null),
  autostart: (value) => value in SWITCH && (SWITCH[value] ? '' : null),
};

/**
 * @param {string} search such as `?address=example.com&autostart`
 * @param {string} base URL of the page
 * @param {string[]} [only] the names to heed; without it all, and others are mistakes
 * @returns {{attributes: Array<[string, string]>, full: boolean,
 *   mistakes: string[]}} `full`: the frame shows the whole page, and not the compact form
 */
export function settingsOf(search, base, only = null) {
  const attributes = [];
  let full = false;
  const mistakes = [];
  for (const [name, value] of new URLSearchParams(search)) {
    if (only && !only.includes(name)) continue;
    const known = Object.hasOwn(READ, name) || name === 'full';
    const read = known ? readOne(name, value, base) : false;
    if (read === false) mistakes.push(mistake(name, value, known));
    else if (name === 'full') full = read !== null;
    else if (read !== null) attributes.push([name, read]);
  }
  return { attributes, full, mistakes: mistakes.slice(0, MISTAKES_LIMIT) };
}

function readOne(name, value, base) {
  if (name === 'full') return value in SWITCH && (SWITCH[value] ? '' : null);
  return READ[name](value, base);
}

function mistake(name, value, known) {
  const shown = (text) => text.slice(0, SHOWN_LIMIT);
  if (known) return `${name}=${shown(value)} cannot be used`;
  return `${shown(name)} means nothing here; there are ${[...Object.keys(READ), 'full'].join(', ')}`;
}

function isBridge(value, base) {
  try {
    return ['http:', 'https:', 'ws:', 'wss:'].includes(new URL(value, base).protocol);
  } catch {
    return false;
  }
}
