/** Which language the words are in. Pure. */

/** The one whose words are in the script itself, and for every word that another lacks. */
export const FALLBACK = 'en';

/**
 * The first wish that can be met, or English. A tag finds the words of a more general one: de-AT those
 * of de.
 * @param {Iterable<string>} wishes language tags, the dearest first; nonsense among them is passed over
 * @param {string[]} available names of locales
 * @returns {{name: string, tag: string}} the locale, and the tag for its dates and lists
 */
export function chooseLanguage(wishes, available) {
  for (const wish of wishes) {
    const tag = canonical(wish) ?? '';
    for (let name = tag; name; name = name.slice(0, Math.max(0, name.lastIndexOf('-')))) {
      if (available.includes(name)) return { name, tag };
    }
  }
  return { name: FALLBACK, tag: FALLBACK };
}

/**
 * Where the site's folder leads, which has no language of its own: to the page in the one that `?lang=`
 * names, or in the reader's; null where the reader is in the right place. A page that is named stays.
 * @param {string} href of the page @param {string} lang of the page
 * @param {Map<string, string>} pages language → URL of its page
 * @param {readonly string[]} wishes navigator.languages
 */
export function pageForReader(href, lang, pages, wishes) {
  const { pathname, search, hash, searchParams } = new URL(href);
  if (!pathname.endsWith('/')) return null;
  const chosen = searchParams.get('lang');
  const { name } = chooseLanguage(chosen === null ? wishes : [chosen], [...pages.keys()]);
  if (name === lang || !pages.has(name)) return null;
  return new URL(`${pages.get(name)}${search}${hash}`, href).href;
}

/** A language tag as it is written by the book; null where it is none. */
export function canonical(tag) {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

/**
 * The languages in which an element stands: its own, those around it from the inside out, the reader's.
 * `lang=""` says that it is unknown; what is further out then says nothing either.
 * @param {Element} element @param {readonly string[]} readers navigator.languages
 */
export function languagesOf(element, readers) {
  const found = [];
  for (let node = element; node; node = above(node)) {
    const lang = node.getAttribute('lang');
    if (lang === '') break;
    if (lang !== null) found.push(lang);
  }
  return [...found, ...readers];
}

function above(node) {
  return node.parentElement ?? node.getRootNode().host ?? null;
}

/** A locale with English for what it lacks, such as one from an older build in a cache. */
export function completed(locale, english) {
  if (typeof english !== 'object' || Array.isArray(english)) return locale ?? english;
  if (typeof locale !== 'object' || locale === null) return english;
  const rest = Object.entries(english).map(([key, text]) => [key, completed(locale[key], text)]);
  return { ...locale, ...Object.fromEntries(rest) };
}
