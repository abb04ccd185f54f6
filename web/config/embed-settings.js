/**
 * The query of embed.html → the element's attributes. Pure.
 *
 * Anybody can write the link to a provider's page: the query chooses among what the operator provides
 * and never brings servers, links or colours of its own. Which bridges may be asked, the page's
 * Content-Security-Policy decides.
 */
import { PRESET_ID } from './preset.js';

/** As much as the field takes. */
const ADDRESS_LIMIT = 1000;
const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}$/i;
const SWITCH = { '': true, 1: true, true: true, 0: false, false: false };

const READ = {
  address: (value) => value.length <= ADDRESS_LIMIT && value,
  bridge: (value, base) => isBridge(value, base) && value,
  lang: (value) => LANGUAGE.test(value) && value,
  preset: (value) => PRESET_ID.test(value) && value,
  'allow-sign-in': (value) => value in SWITCH && (SWITCH[value] ? '' : null),
  autostart: (value) => value in SWITCH && (SWITCH[value] ? '' : null),
};

/**
 * @param {string} search such as `?address=example.com&autostart`; other names are not ours
 * @param {string} base URL of the page
 * @returns {{attributes: Array<[string, string]>, full: boolean,
 *   mistakes: string[]}} `full`: the frame shows the whole page, and not the compact form
 */
export function settingsOf(search, base) {
  const attributes = [];
  let full = false;
  const mistakes = [];
  for (const [name, value] of new URLSearchParams(search)) {
    if (name === 'full' && Object.hasOwn(SWITCH, value)) full = SWITCH[value];
    if (!Object.hasOwn(READ, name)) continue;
    const read = READ[name](value, base);
    if (read === false) mistakes.push(`${name}=${value.slice(0, 60)} cannot be used`);
    else if (read !== null) attributes.push([name, read]);
  }
  return { attributes, full, mistakes };
}

function isBridge(value, base) {
  try {
    return ['http:', 'https:', 'ws:', 'wss:'].includes(new URL(value, base).protocol);
  } catch {
    return false;
  }
}
