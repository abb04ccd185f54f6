/** The static site: every file's name and content. build.mjs writes it, dist.mjs makes it fit to be uploaded. */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { ASSETS } from './assets.js';
import { readConfig } from './config.js';
import { contentPolicy } from './content-policy.js';
import { forElement } from './element-css.js';
import { portsTable } from './ports-table.js';
import { PRESET_ID, readPresetFile } from './preset.js';
import { PROVIDERS } from './providers.js';
import { VERDICTS } from './verdicts.js';
import { createWords, missingWords } from './words.js';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(here);

/** Everything in here works in browsers of 2023 and later: container queries, :has(). */
const TARGET = ['chrome111', 'firefox121', 'safari16.4'];
const SCRIPTS = ['mail-port-check.js', 'page.js', 'embed.js'];
const PAGES = ['index.html', 'embed.html'];

/** A mistake in what the site is made of; its message is for the operator's eyes. */
export class SiteError extends Error {}

/** --tables, --core, --roots and --out of the command line, with their usual values. */
export function siteArguments(out) {
  const inBuild = (name) => ({ type: 'string', default: path.join(root, 'build', name) });
  return parseArgs({
    options: {
      tables: inBuild('tables.json'),
      core: inBuild('wasm/core.wasm'),
      roots: inBuild('roots.bin'),
      out: inBuild(out),
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
 * @param {string} options.core path of core.wasm
 * @param {string} options.roots path of roots.bin
 * @param {string} [options.config] path of a config.json, where there is one besides web/config.json
 * @param {(kind: string, content: Uint8Array) => string} [options.nameOf] the name that an asset gets
 * @returns {Promise<Map<string, Uint8Array>>} in the order of the names
 * @throws {SiteError}
 */
export async function makeSite({ tables, core, roots, config, nameOf = (kind) => ASSETS[kind] }) {
  for (const [option, file] of Object.entries({ tables, core, roots })) {
    if (!existsSync(file))
      throw new SiteError(`--${option}: there is no file ${file}; build it first`);
  }
  const [table, locale] = await Promise.all([
    json(tables),
    json(path.join(here, 'locales/en.json')),
  ]);
  const lacks = missingWords(locale, table, VERDICTS);
  if (lacks.length > 0)
    throw new SiteError(`locales/en.json is not complete:\n  ${lacks.join('\n  ')}`);

  const files = new Map();
  const assets = {};
  for (const [kind, file] of Object.entries({ core, roots })) {
    const content = await readFile(file);
    assets[kind] = nameOf(kind, content);
    files.set(assets[kind], content);
  }
  for (const [name, content] of await bundles(tables, assets)) files.set(name, content);
  for (const [name, content] of await operatorsOwn(table.services)) files.set(name, content);
  // A page that asks for a missing file leaves an error in the browser's console.
  if (!files.has('config.json')) {
    const kept = config && existsSync(config);
    files.set('config.json', kept ? await readFile(config) : Buffer.from('{}\n'));
  }
  const policy = policyFor(files.get('config.json'));
  const words = createWords(locale);
  for (const name of PAGES) files.set(name, await page(name, { policy, table, words }));
  const manifest = 'custom-elements.json';
  files.set(manifest, await readFile(path.join(here, manifest)));
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function bundles(tables, assets) {
  const outdir = path.join(root, 'build/site');
  const common = {
    absWorkingDir: here,
    outdir,
    bundle: true,
    write: false,
    minify: true,
    target: TARGET,
    legalComments: 'linked',
    logLevel: 'warning',
  };
  const made = await Promise.all([
    esbuild.build({
      ...common,
      entryPoints: SCRIPTS,
      format: 'esm',
      platform: 'browser',
      alias: { '#tables': path.resolve(tables) },
      plugins: [elementStyles, assetNames(assets)],
    }),
    esbuild.build({ ...common, entryPoints: { style: 'styles/page.css' } }),
  ]);
  return made
    .flatMap(({ outputFiles }) => outputFiles)
    .map(({ path: file, contents }) => [path.relative(outdir, file), contents]);
}

/** Style sheets that a script imports are the element's. */
const elementStyles = {
  name: 'element-styles',
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path: file }) => ({
      contents: (
        await esbuild.transform(forElement(await readFile(file, 'utf8')), {
          loader: 'css',
          minify: true,
          target: TARGET,
        })
      ).code,
      loader: 'text',
    }));
  },
};

function assetNames(assets) {
  return {
    name: 'asset-names',
    setup(build) {
      build.onLoad({ filter: /[\\/]web[\\/]assets\.js$/ }, () => ({
        contents: `export const ASSETS = ${JSON.stringify(assets)};`,
      }));
    },
  };
}

function policyFor(config) {
  try {
    return contentPolicy(readConfig(JSON.parse(Buffer.from(config).toString('utf8'))).bridges);
  } catch (error) {
    throw new SiteError(`config.json: ${error.message.replace(/^config\.json: /, '')}`);
  }
}

async function page(name, { policy, table, words }) {
  let html = await readFile(path.join(here, name), 'utf8');
  const fill = (marker, text) => {
    if (!html.includes(marker)) throw new SiteError(`${name}: the line ${marker} is missing`);
    html = html.replace(marker, () => text);
  };
  fill(
    '<!-- content-policy -->',
    `<meta http-equiv="Content-Security-Policy" content="${policy}" />`,
  );
  if (name === 'index.html') fill('<!-- ports-table -->', portsTable(table.services, words));
  return Buffer.from(html);
}

/** An operator's config.json, PEM files and presets. */
async function operatorsOwn(services) {
  const files = new Map();
  for (const name of await readdir(here)) {
    if (name !== 'config.json' && !name.endsWith('.pem')) continue;
    files.set(name, await readFile(path.join(here, name)));
  }
  const presets = path.join(here, 'presets');
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
