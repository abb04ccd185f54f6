/** A page for one language, from the template and the words. Pure. */
import { FALLBACK } from '../i18n/language.js';
import { escaped, portsTable } from './ports-table.js';
import { presetFields } from './preset-fields.js';

/** The pages that are made for each language, and what each has besides words. */
export const PAGES = {
  index: { element: true, ports: true },
  providers: {},
  preset: { element: true, form: true },
  'embed-demo': { element: true, frames: true },
};

/** What several pages have: the file of that name in pages/pieces/ stands for the line. */
const PIECE = /^( *)<!-- piece ([\w-]+) -->$/gm;

/** @param {string} tag of the language @param {string} [page] one of PAGES */
export function pageName(tag, page = 'index') {
  return tag === FALLBACK ? `${page}.html` : `${page}.${tag}.html`;
}

/**
 * A piece may have pieces of its own.
 * @param {string} template @param {Record<string, string>} pieces texts by their names
 * @throws {Error} for a piece that is not there, or that is within itself
 */
export function withPieces(template, pieces, around = []) {
  return template.replace(PIECE, (whole, indent, name) => {
    if (!(name in pieces)) throw new Error(`there is no pieces/${name}.html`);
    if (around.includes(name)) throw new Error(`pieces/${name}.html is within itself`);
    const piece = withPieces(pieces[name].trimEnd(), pieces, [...around, name]);
    return piece.replace(/^/gm, indent);
  });
}

/**
 * `{{a.dotted.path}}` becomes the words at that path of the locale.
 * @param {string} template
 * @param {object} options
 * @param {string} [options.page] one of PAGES
 * @param {object} options.words what createWords() returned
 * @param {object[]} options.languages the same for every language that has a page
 * @param {string[]} [options.early] the files from which the element will take its words
 * @param {object[]} options.services rows of the table
 * @throws {Error} for a path without words, and for a marker that the template lacks
 */
export function fillPage(template, { page = 'index', words, languages, early = [], services }) {
  const { element, ports, form } = PAGES[page];
  const own = {
    lang: words.lang,
    dir: words.dir,
    home: chosenPage(words.lang),
    providers: pageName(words.lang, 'providers'),
    preset: pageName(words.lang, 'preset'),
    demo: pageName(words.lang, 'embed-demo'),
  };
  const values = { domain: words.say('site.settings.domain') };
  const links = [
    ...languages.map(({ lang }) => alternate(lang, page)),
    ...(page === 'index' ? [anyLanguage()] : []),
    ...(element ? early.map(preload) : []),
  ];
  const parts = {
    'other-languages': links.join('\n    '),
    'language-links': languageLinks(words, languages, page),
    ...(ports ? { 'ports-table': portsTable(services, words) } : {}),
    ...(form ? { 'preset-fields': presetFields(services, words) } : {}),
  };
  for (const name of Object.keys(parts)) {
    const marker = `<!-- ${name} -->`;
    if (!template.includes(marker)) throw new Error(`the line ${marker} is missing`);
  }
  return template
    .replace(/\{\{([\w.-]+)\}\}/g, (whole, path) => escaped(own[path] ?? words.say(path, values)))
    .replace(/<!-- ([\w-]+) -->/g, (whole, name) => parts[name] ?? whole);
}

function alternate(lang, page) {
  return `<link rel="alternate" hreflang="${lang}" href="${pageName(lang, page)}" />`;
}

/** The folder itself leads every reader to the page in their language, see pages/page.js. */
function anyLanguage() {
  return '<link rel="alternate" hreflang="x-default" href="./" />';
}

/** The page of a language that was chosen: many hosts show index.html under the name of the folder. */
function chosenPage(lang, page = 'index') {
  const named = pageName(lang, page);
  return page === 'index' && lang === FALLBACK ? `${named}?lang=${lang}` : named;
}

/** The element asks for them a moment later, with the same credentials. */
function preload(asset) {
  return `<link rel="preload" href="${asset}" as="fetch" crossorigin="anonymous" />`;
}

function languageLinks(words, languages, page) {
  const links = languages
    .filter(({ lang }) => lang !== words.lang)
    .map(({ lang, say }) => {
      const name = escaped(say('site.language'));
      return `<a href="${chosenPage(lang, page)}" lang="${lang}" hreflang="${lang}">${name}</a>`;
    });
  if (links.length === 0) return '';
  const label = escaped(words.say('site.languages'));
  return `<nav class="languages" aria-label="${label}">${links.join('')}</nav>`;
}
