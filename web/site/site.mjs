/** The static site: every file's name and content. build.mjs writes it, dist.mjs makes it fit to be uploaded. */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { ASSETS } from '../element/assets.js';
import { anchorFiles } from './anchor-files.mjs';
import { readConfig } from '../config/config.js';
import { STARTS } from '../input/public-suffixes/all.js';
import { contentPolicy } from './content-policy.js';
import { forElement, withSchemes } from './element-css.js';
import { FALLBACK } from '../i18n/language.js';
import { ERROR_MESSAGES } from '../input/error-messages.js';
import { differences } from './locale-check.js';
import { PRESET_ID, readPresetFile } from '../config/preset.js';
import { PROVIDERS } from '../discover/providers.js';
import { ProvidedModulesError, providedModules } from './provided-modules.mjs';
import { integrityOf } from './integrity.mjs';
import { providerPieces } from './provider-pieces.js';
import { makeParts } from './script-parts.mjs';
import { PAGES, fillPage, pageName, withPieces } from './static-page.js';
import { VERDICTS } from '../verdict/findings.js';
import { EARLY, PIECES, START, sectionsOf } from '../i18n/pieces.js';
import { createWords, missingWords } from '../i18n/words.js';

const web = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const root = path.dirname(web);

/** Everything in here works in browsers of 2023 and later: container queries, :has(). */
const TARGET = ['chrome111', 'firefox121', 'safari16.4'];
/** Script → its source. */
const SCRIPTS = {
  'mail-port-check': 'element/mail-port-check.js',
  page: 'pages/page.js',
  embed: 'pages/embed.js',
  providers: 'pages/providers.js',
  'preset-generator': 'pages/preset-generator.js',
  'embed-demo': 'pages/embed-demo.js',
};
/** Style sheet of the pages → its source. */
const STYLES = { style: 'pages/page.css', providers: 'pages/providers.css' };
/** Words of the static page only; the element has no use for them. */
const PAGE_WORDS = 'site';

/** A mistake in what the site is made of; its message is for the operator's eyes. */
export class SiteError extends Error {}

/**
 * --tables, --core, --tls12, --roots, --locales and --out of the command line, with their usual values, and what
 * this program takes besides.
 */
export function siteArguments(out, more = {}) {
  const inBuild = (name) => ({ type: 'string', default: path.join(root, 'build', name) });
  return parseArgs({
    options: {
      tables: inBuild('tables.json'),
      core: inBuild('wasm/page/core.wasm'),
      tls12: inBuild('wasm/page/core-tls12.wasm'),
      roots: inBuild('roots.bin'),
      locales: { type: 'string', default: path.join(web, 'locales') },
      out: inBuild(out),
      ...more,
    },
  }).values;
}

/** Runs `main`, and says in one sentence what is wrong with the site. */
export async function run(program, main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    console.error(`${program}: ${error.message}`);
    process.exitCode = 1;
  }
}

/**
 * @param {object} options
 * @param {string} options.tables path of tables.json
 * @param {string} options.core path of core.wasm, and of its second module
 * @param {string} options.tls12
 * @param {string} options.roots path of roots.bin
 * @param {string} options.locales folder with one file for each language
 * @param {string} [options.config] path of a config.json, where there is one besides web/config.json
 * @param {boolean} [options.ownBridge] the page's own host has the first bridge; those of the operator that
 *   stand elsewhere follow
 * @param {string|null} [options.program] name of the file beside the page that tests a reader's own network
 * @param {(name: string, content: Uint8Array) => string} [options.nameOf] what an asset is to be called
 * @returns {Promise<Map<string, Uint8Array>>} in the order of the names
 * @throws {SiteError}
 */
export async function makeSite({
  tables,
  core,
  tls12,
  roots,
  locales,
  config,
  ownBridge = false,
  program = null,
  nameOf = (name) => name,
}) {
  for (const [option, file] of Object.entries({ tables, core, tls12, roots })) {
    if (!existsSync(file))
      throw new SiteError(`--${option}: there is no file ${file}; build it first`);
  }
  const table = await json(tables);
  const languages = await readLocales(locales, table);

  const files = new Map();
  const assets = { locales: {}, program };
  const add = (name, content, { asIs = false } = {}) => {
    const called = asIs ? name : nameOf(name, content);
    files.set(called, content);
    return called;
  };
  assets.core = add(ASSETS.core, await readFile(core));
  const second = await readFile(tls12);
  assets.tls12 = { name: add('core-tls12.wasm', second), integrity: integrityOf(second) };
  const packed = await readFile(roots);
  assets.roots = add(ASSETS.roots, packed);
  assets.anchors = anchorFiles(packed, add);
  for (const [tag, locale] of languages) {
    const pieces = PIECES.filter((piece) => tag !== FALLBACK || piece !== START).map((piece) => {
      const name = piece === START ? tag : `${tag}.${piece}`;
      return [piece, add(`locales/${name}.json`, Buffer.from(elementWords(locale, piece)))];
    });
    assets.locales[tag] = Object.fromEntries(pieces);
  }
  assets.worker = await workerScript(add);
  const english = elementWords(languages.get(FALLBACK), START);
  for (const [name, content] of await bundles({ tables: table, assets, english, add })) {
    files.set(name, content);
  }
  for (const [name, content] of await operatorsOwn(table.services)) files.set(name, content);
  // A page that asks for a missing file leaves an error in the browser's console.
  if (!files.has('config.json')) {
    const kept = config && existsSync(config);
    files.set('config.json', kept ? await readFile(config) : Buffer.from('{}\n'));
  }
  const operators = files.get('config.json');
  // A mistake in it is told before anything is made of it.
  policyFor(operators);
  if (ownBridge) files.set('config.json', withOwnBridge(operators));
  const policyOf = (options) => policyFor(files.get('config.json'), options);
  const own = [...languages].map(([tag, locale]) => [tag, createWords(locale, tag)]);
  for (const [tag, words] of own) {
    const given = {
      words,
      languages: own.map(([, one]) => one),
      early: earlyWords(assets.locales[tag]),
    };
    for (const [page, { frames }] of Object.entries(PAGES)) {
      const policy = policyOf({ frames });
      files.set(pageName(tag, page), await wordedPage({ ...given, page, policy }, table));
    }
  }
  files.set('embed.html', await htmlFile('embed.html', { policy: policyOf() }));
  const manifest = 'custom-elements.json';
  files.set(manifest, await readFile(path.join(web, manifest)));
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Every file of the folder that is a locale, by its language; English first. */
async function readLocales(folder, table) {
  const tags = (await readdir(folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.replace(/\.json$/, ''))
    .sort((a, b) => (b === FALLBACK) - (a === FALLBACK) || (a < b ? -1 : 1));
  if (tags[0] !== FALLBACK) throw new SiteError(`${folder}: there is no ${FALLBACK}.json`);
  const read = new Map();
  for (const tag of tags) {
    let locale;
    try {
      locale = await json(path.join(folder, `${tag}.json`));
    } catch (error) {
      throw new SiteError(`locales/${tag}.json: ${error.message}`);
    }
    const lacks =
      tag === FALLBACK
        ? missingWords(locale, table, VERDICTS)
        : differences(read.get(FALLBACK), locale, tag);
    if (lacks.length > 0)
      throw new SiteError(`locales/${tag}.json is not complete:\n  ${lacks.join('\n  ')}`);
    read.set(tag, locale);
  }
  return read;
}

function elementWords(locale, piece) {
  return JSON.stringify({ ...sectionsOf(locale, piece), [PAGE_WORDS]: undefined });
}

/** Files of words that every check wants. */
function earlyWords(files) {
  return [START, ...EARLY].flatMap((piece) => files[piece] ?? []);
}

/** Of scripts that are whole: what the element's shares with its parts would be there a second time. */
const NO_PARTS = 'export const PARTS = {};';

async function bundles({ tables, assets, english, add }) {
  const outdir = path.join(root, 'build/site');
  const common = {
    absWorkingDir: web,
    outdir,
    bundle: true,
    write: false,
    minify: true,
    target: TARGET,
    legalComments: 'linked',
    logLevel: 'warning',
  };
  // Its pieces are parts of the element's script; what else asks for it has it whole.
  const pieces = { contents: `export const STARTS = '${STARTS}', PIECES = {};`, loader: 'js' };
  const whole = { file: path.join(web, 'input/public-suffixes/all.js') };
  const { labels, pieces: rowsOf } = providerPieces(
    PROVIDERS.map((row) => ({ ...row, source: undefined })),
  );
  const modules = (rows, names) => ({
    contents: `export const ROWS = ${JSON.stringify(rows)}, LABELS = ${JSON.stringify(names)};`,
    loader: 'js',
  });
  const byName = modules([], labels);
  const allProviders = modules(rowsOf.flat(), []);
  const scripts = (parts, suffixes = pieces, providers = byName) => {
    const provided = providedModules({
      '#tables': { contents: JSON.stringify(withoutSentences(tables)), loader: 'json' },
      '#assets': { contents: `export const ASSETS = ${JSON.stringify(assets)};`, loader: 'js' },
      '#english': { contents: english, loader: 'json' },
      '#parts': { contents: parts, loader: 'js', resolveDir: web },
      '#providers': providers,
      '#suffixes': suffixes,
    });
    const styles = elementStyles();
    const plugins = [styles.plugin, withoutProofs(), withoutIndentation(), provided.plugin];
    return {
      settings: { ...common, format: 'esm', platform: 'browser', plugins },
      provided,
      styles,
    };
  };
  try {
    const parts = await makeParts({
      table: path.join(web, 'element/parts.js'),
      entry: path.join(web, SCRIPTS['mail-port-check']),
      settings: (text) => scripts(text).settings,
      data: rowsOf.map((rows, number) => [`providers-${number}`, rows]),
      add,
    });
    const { settings, provided, styles } = scripts(parts);
    const { 'mail-port-check': element, ...others } = SCRIPTS;
    const made = await Promise.all([
      esbuild.build({ ...settings, entryPoints: { 'mail-port-check': element } }),
      esbuild.build({ ...scripts(NO_PARTS, whole, allProviders).settings, entryPoints: others }),
      esbuild.build({ ...common, entryPoints: STYLES, plugins: [pageStyles()] }),
    ]);
    provided.check();
    if (styles.count() === 0) {
      throw new SiteError('no script imports a style sheet for the element');
    }
    return made
      .flatMap(({ outputFiles }) => outputFiles)
      .map(({ path: file, contents }) => [path.relative(outdir, file), contents]);
  } catch (error) {
    if (error instanceof ProvidedModulesError) throw new SiteError(error.message);
    // esbuild has printed each of them, with its place in the source.
    if (error.errors) throw new SiteError(`the scripts cannot be built: ${error.errors[0]?.text}`);
    throw error;
  }
}

/** The script of the core's thread: one file, since a thread of a blob: URL finds none beside itself. */
async function workerScript(add) {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: web,
    entryPoints: [path.join(web, 'scan/core-worker.js')],
    bundle: true,
    write: false,
    minify: true,
    target: TARGET,
    format: 'iife',
    logLevel: 'warning',
  });
  const [{ contents }] = outputFiles;
  return { name: add('core-worker.js', contents), integrity: integrityOf(contents) };
}

/** What a bridge says of a close is for its log, and its own word is the id. */
function withoutSentences(tables) {
  return { ...tables, closes: tables.closes.map((row) => ({ ...row, sentence: undefined })) };
}

/** Tables whose rows say where a fact is from, or show an example of it: for who works on them, and for tests. */
function withoutProofs() {
  const tables = {
    'error-messages.js': async () => {
      const rows = ERROR_MESSAGES.map((row) => ({ ...row, example: undefined }));
      return `export const ERROR_MESSAGES = ${JSON.stringify(rows)};`;
    },
  };
  return {
    name: 'without-proofs',
    setup(build) {
      const filter = /\/input\/error-messages\.js$/;
      build.onLoad({ filter }, async ({ path: file }) => ({
        contents: await tables[path.basename(file)](),
        loader: 'js',
      }));
    },
  };
}

/** Views, whose templates are indented for who reads the source: HTML means the same without. */
function withoutIndentation() {
  return {
    name: 'without-indentation',
    setup(build) {
      build.onLoad({ filter: /\/view\/[a-z-]+\.js$/ }, async ({ path: file }) => {
        const source = await readFile(file, 'utf8');
        if (!source.includes("from 'lit/")) return undefined;
        const { code } = await esbuild.transform(source, { loader: 'js', minifyWhitespace: true });
        // After that only templates have lines; strings have escapes.
        return { contents: code.replace(/\n[ \t]+/g, '\n'), loader: 'js' };
      });
    },
  };
}

/** Style sheets that a script imports are the element's. `count` tells how many there were. */
function elementStyles() {
  let count = 0;
  const plugin = {
    name: 'element-styles',
    setup(build) {
      build.onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
        count += 1;
        const css = forElement(await readFile(file, 'utf8'));
        const options = { loader: 'css', minify: true, target: TARGET };
        const { code } = await esbuild.transform(css, options);
        return { contents: code, loader: 'text' };
      });
    },
  };
  return { plugin, count: () => count };
}

/** Style sheets of the pages themselves. */
function pageStyles() {
  return {
    name: 'page-styles',
    setup(build) {
      build.onLoad({ filter: /\.css$/ }, async ({ path: file }) => ({
        contents: withSchemes(await readFile(file, 'utf8')),
        loader: 'css',
      }));
    },
  };
}

/** What of the operator's settings holds on a reader's own computer. */
function withOwnBridge(content) {
  const config = JSON.parse(Buffer.from(content).toString('utf8'));
  const elsewhere = (config.bridges ?? []).filter(({ url }) => /^(?:wss?|https?):/.test(url));
  return Buffer.from(
    `${JSON.stringify({ ...config, bridges: [{ name: '', url: '/bridge' }, ...elsewhere] })}\n`,
  );
}

function policyFor(config, options) {
  try {
    const { bridges } = readConfig(JSON.parse(Buffer.from(config).toString('utf8')));
    return contentPolicy(bridges, options);
  } catch (error) {
    throw new SiteError(`config.json: ${error.message.replace(/^config\.json: /, '')}`);
  }
}

async function wordedPage({ policy, ...given }, { services }) {
  const name = `${given.page}.html`;
  const html = await htmlFile(name, { policy });
  try {
    return Buffer.from(fillPage(html.toString(), { ...given, services }));
  } catch (error) {
    throw new SiteError(`${name}: ${error.message}`);
  }
}

async function htmlFile(name, { policy }) {
  const template = await readFile(path.join(web, 'pages', name), 'utf8');
  let html;
  try {
    html = withPieces(template, await readPieces());
  } catch (error) {
    throw new SiteError(`${name}: ${error.message}`);
  }
  const marker = '<!-- content-policy -->';
  if (!html.includes(marker)) throw new SiteError(`${name}: the line ${marker} is missing`);
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
  return Buffer.from(html.replace(marker, () => meta));
}

/** What several pages have, by the names of the files. */
async function readPieces() {
  const folder = path.join(web, 'pages/pieces');
  const pieces = {};
  for (const name of await readdir(folder)) {
    pieces[path.parse(name).name] = await readFile(path.join(folder, name), 'utf8');
  }
  return pieces;
}

/** An operator's config.json, PEM files and presets. */
async function operatorsOwn(services) {
  const files = new Map();
  for (const name of await readdir(web)) {
    if (name !== 'config.json' && !name.endsWith('.pem')) continue;
    files.set(name, await readFile(path.join(web, name)));
  }
  const presets = path.join(web, 'presets');
  for (const name of existsSync(presets) ? await readdir(presets) : []) {
    if (!name.endsWith('.json')) continue;
    const content = await readFile(path.join(presets, name));
    checkPreset(name, content, services);
    files.set(`presets/${name}`, content);
  }
  return files;
}

function checkPreset(file, content, services) {
  const id = file.replace(/\.json$/, '');
  const wrong = (reason) => new SiteError(`presets/${file}: ${reason}`);
  if (!PRESET_ID.test(id)) throw wrong('a preset is named with a-z, 0-9 and hyphens');
  if (PROVIDERS.some((provider) => provider.id === id)) {
    throw wrong(`"${id}" is a provider that the check knows already; choose another name`);
  }
  try {
    readPresetFile(content.toString('utf8'), services);
  } catch (error) {
    throw wrong(error.message);
  }
}

async function json(file) {
  return JSON.parse(await readFile(file, 'utf8'));
}
