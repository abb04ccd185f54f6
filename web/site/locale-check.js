/** How a locale differs from the English one in shape: for the build and the tests. Pure. */
import { canonical } from '../i18n/language.js';
import { isPlural, placeholders } from '../i18n/words.js';

const COUNTS_SERVERS = /^[\w-]+\.(?:diagnosis|verdict)\./;

/**
 * Nothing of a translation may be missing, left over, empty, or ask for other values than the English
 * text does. Forms of number are those of the language.
 * @param {object} english @param {object} locale @param {string} tag of the locale
 * @returns {string[]} one sentence each; none when the two agree
 */
export function differences(english, locale, tag) {
  const found = [];
  const compare = (path, ours, theirs) => {
    if (theirs === undefined) return found.push(`${path} is missing`);
    if (COUNTS_SERVERS.test(path) && isPlural(ours) !== isPlural(theirs)) {
      return compareForms(path, ours, theirs);
    }
    if (kindOf(ours) !== kindOf(theirs)) {
      return found.push(`${path} is ${kindOf(theirs)}, in English ${kindOf(ours)}`);
    }
    if (isPlural(ours)) return comparePlurals(path, ours, theirs);
    if (typeof ours === 'string') return compareTexts(path, ours, theirs);
    if (Array.isArray(ours) && ours.length !== theirs.length) {
      return found.push(`${path} has ${theirs.length} variants, in English ${ours.length}`);
    }
    for (const key of Object.keys(theirs)) {
      if (!Object.hasOwn(ours, key)) found.push(`${path}.${key} is not in English`);
    }
    for (const [key, value] of Object.entries(ours)) compare(`${path}.${key}`, value, theirs[key]);
  };

  /** What is said of servers may need forms in one language and none in the other. */
  const compareForms = (path, ours, theirs) => {
    const wrong = [ours, theirs].find((node) => typeof node !== 'string' && !isPlural(node));
    if (wrong) return found.push(`${path} is ${kindOf(theirs)}, in English ${kindOf(ours)}`);
    if (typeof theirs === 'string') return compareTexts(path, ours.other, theirs);
    comparePlurals(path, { other: ours }, theirs);
  };

  const compareTexts = (path, ours, theirs) => {
    if (!theirs.trim()) return found.push(`${path} is empty`);
    compareValues(path, valuesOf([ours]), valuesOf([theirs]));
  };

  const comparePlurals = (path, ours, theirs) => {
    const wanted = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    for (const form of wanted) if (!theirs[form]?.trim()) found.push(`${path}.${form} is missing`);
    for (const form of Object.keys(theirs)) {
      if (!wanted.includes(form)) found.push(`${path}.${form} is no number of ${tag}`);
    }
    compareValues(path, valuesOf(Object.values(ours)), valuesOf(Object.values(theirs)));
  };

  const compareValues = (path, ours, theirs) => {
    for (const name of ours) if (!theirs.has(name)) found.push(`${path} lacks {${name}}`);
    for (const name of theirs) {
      if (!ours.has(name)) found.push(`${path} has {${name}}, which English has not`);
    }
  };

  if (canonical(tag) !== tag) found.push(`${tag} is no language tag as it is written by the book`);
  else compare(tag, english, locale);
  return found;
}

function kindOf(node) {
  if (typeof node === 'string') return 'a text';
  if (Array.isArray(node)) return 'a list';
  if (typeof node !== 'object' || node === null) return 'neither text nor words';
  return isPlural(node) ? 'forms of number' : 'a group';
}

/** {Ports} is {ports} at the beginning of a sentence; the sentence may begin elsewhere. */
function valuesOf(texts) {
  return new Set(texts.flatMap(placeholders).map((name) => name.toLowerCase()));
}
