/**
 * The words of a locale in pieces, which a page fetches as it wants them: most readers never see most of the
 * sentences about what can be wrong. A section is what stands at the top of a locale.
 */
import { Absent } from './absent.js';

/** What the form and a check under way are worded with; the script has the English one in itself. */
export const START = 'start';
/** Any section that is not here is in the last. */
const SECTIONS = {
  [START]: split(`
    status place table mode direction services phases security form address running ports page portList
    fallback openReport compact`),
  result: split(`
    answer apps files help howTo phone when share restored folds`),
  details: split('details steps stepStatus'),
  signIn: split('signIn'),
  unfolded: split('appSteps vantage ownNetwork'),
  asked: split('typed pasted saved'),
};
const LAST = 'problems';
/** Wanted by every check, and asked for before. */
export const EARLY = ['result'];

export const PIECES = [...Object.keys(SECTIONS), LAST];

/** The piece that a section is in. @param {string} section */
export function pieceOf(section) {
  return Object.keys(SECTIONS).find((piece) => SECTIONS[piece].includes(section)) ?? LAST;
}

/** @param {object} locale @param {string} piece @returns {object} its sections that are in the piece */
export function sectionsOf(locale, piece) {
  return Object.fromEntries(Object.entries(locale).filter(([name]) => pieceOf(name) === piece));
}

/** A locale that has these sections so far: whoever asks for another is told that it is absent. */
export function partial(sections) {
  return new Proxy(sections, {
    get(here, name) {
      if (typeof name === 'string' && !Object.hasOwn(here, name)) throw new Absent('words', name);
      return here[name];
    },
  });
}

function split(names) {
  return names.trim().split(/\s+/);
}
