/**
 * Builds the static site.
 *
 *   node web/build.mjs --tables build/tables.json --core build/wasm/core.wasm \
 *     --roots build/roots.bin --out build/web
 *
 * Writes index.html, embed.html, style.css and the scripts into --out, with core.wasm and roots.bin
 * beside them, and an operator's own web/config.json and web/*.pem. What an operator put into --out
 * is never deleted.
 */
import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { portsTable } from './ports-table.js';
import { VERDICTS } from './verdicts.js';
import { createWords, missingWords } from './words.js';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(here);

/** Everything in here works in browsers of 2023 and later: container queries, :has(). */
const TARGET = ['chrome111', 'firefox121', 'safari16.4'];

const { values: given } = parseArgs({
  options: {
    tables: { type: 'string', default: path.join(root, 'build/tables.json') },
    core: { type: 'string', default: path.join(root, 'build/wasm/core.wasm') },
    roots: { type: 'string', default: path.join(root, 'build/roots.bin') },
    out: { type: 'string', default: path.join(root, 'build/web') },
  },
});

for (const [name, file] of Object.entries({
  tables: given.tables,
  core: given.core,
  roots: given.roots,
})) {
  if (!existsSync(file)) stop(`--${name}: there is no file ${file}; build it first`);
}

const tables = JSON.parse(await readFile(given.tables, 'utf8'));
const locale = JSON.parse(await readFile(path.join(here, 'locales/en.json'), 'utf8'));
const lacks = missingWords(locale, tables, VERDICTS);
if (lacks.length > 0) stop(`locales/en.json is not complete:\n  ${lacks.join('\n  ')}`);

await mkdir(given.out, { recursive: true });
const common = {
  absWorkingDir: here,
  outdir: path.resolve(given.out),
  bundle: true,
  minify: true,
  target: TARGET,
  legalComments: 'linked',
  logLevel: 'warning',
};
await Promise.all([
  esbuild.build({
    ...common,
    entryPoints: ['mail-port-check.js', 'page.js', 'embed.js'],
    format: 'esm',
    platform: 'browser',
    loader: { '.css': 'text' },
    alias: { '#tables': path.resolve(given.tables) },
  }),
  esbuild.build({ ...common, entryPoints: { style: 'styles/page.css' } }),
  page(),
  copyFile(path.join(here, 'embed.html'), path.join(given.out, 'embed.html')),
  copyFile(given.core, path.join(given.out, 'core.wasm')),
  copyFile(given.roots, path.join(given.out, 'roots.bin')),
  operatorsOwn(),
]);

async function page() {
  const html = await readFile(path.join(here, 'index.html'), 'utf8');
  const marker = '<!-- ports-table -->';
  if (!html.includes(marker)) stop(`index.html: the line ${marker} is missing`);
  const table = portsTable(tables.services, createWords(locale));
  await writeFile(
    path.join(given.out, 'index.html'),
    html.replace(marker, () => table),
  );
}

async function operatorsOwn() {
  const own = (await readdir(here)).filter(
    (name) => name === 'config.json' || name.endsWith('.pem'),
  );
  for (const name of own) await copyFile(path.join(here, name), path.join(given.out, name));
  // A page that asks for a missing file leaves an error in the browser's console.
  const config = path.join(given.out, 'config.json');
  if (!existsSync(config)) await writeFile(config, '{}\n');
}

function stop(sentence) {
  console.error(`web/build.mjs: ${sentence}`);
  process.exit(1);
}
