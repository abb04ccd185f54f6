/** A locale that nobody wrote: every English letter replaced, so that what stays English is seen. */
import { isPlural } from '../../web/words.js';

const LETTERS = {
  he: 'אבגדהוזחטיכלמנסעפצקרשת',
  ar: 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
  ja: 'あいうえおかきくけこさしすせそ',
};

/** Words that are the same in every language. */
const NAMES = /^(?:IMAP|POP3|SMTP|STARTTLS|SSL|TLS|DNS|TCP|OAuth2|SHA)$/;

/** @param {object} locale the English one @param {string} tag one of LETTERS */
export function pseudo(locale, tag) {
  if (typeof locale === 'string') return translate(locale, [...LETTERS[tag]]);
  if (Array.isArray(locale)) return locale.map((text) => pseudo(text, tag));
  if (isPlural(locale)) {
    const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    return Object.fromEntries(forms.map((form) => [form, pseudo(locale.other, tag)]));
  }
  return Object.fromEntries(
    Object.entries(locale).map(([key, value]) => [key, pseudo(value, tag)]),
  );
}

function translate(text, letters) {
  return text.replace(/\{\w+\}|[\p{L}\p{N}]+/gu, (word) =>
    word.startsWith('{') || NAMES.test(word)
      ? word
      : word.replace(/\p{L}/gu, (letter) => letters[letter.codePointAt(0) % letters.length]),
  );
}
