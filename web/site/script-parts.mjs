/**
 * The parts of the script that are fetched later (web/element/parts.js): each becomes a file of its own, with
 * what the script lacks. What the script has, too, is handed to the part when it has come: then there is one
 * of each module, and a part is one file that one integrity value covers.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';

/** A line of the table in element/parts.js. */
const PART = /^ {2}'?([a-z-]+)'?: \(\) => import\('([^']+)'\),$/gm;
/** Where the parts lie, from the script. */
const FOLDER = 'parts';

/**
 * @param {object} options
 * @param {string} options.table path of element/parts.js
 * @param {string} options.entry path of the script's source
 * @param {(parts: string) => object} options.settings of esbuild, where `#parts` is that module's text
 * @param {(name: string, content: Uint8Array) => string} options.add takes a file and tells what it is called
 * @returns {Promise<string>} the text of the module `#parts`
 */
export async function makeParts({ table, entry, settings, add }) {
  const source = await readFile(table, 'utf8');
  const parts = [...source.matchAll(PART)].map(([, name, file]) => ({
    name,
    file: path.resolve(path.dirname(table), file),
  }));
  const names = parts.map(({ name }) => name);
  const without = `export const PARTS = ${JSON.stringify(Object.fromEntries(names.map((name) => [name, 0])))};`;
  const had = await modulesOf(entry, settings(without));
  const shared = new Set();
  const lines = [];
  for (const part of parts) {
    const { content, legal } = await bundled(part, settings(without), had, shared);
    const url = add(`${FOLDER}/${part.name}.js`, content);
    for (const [name, text] of legal) add(name, text, { asIs: true });
    const integrity = `sha384-${createHash('sha384').update(content).digest('base64')}`;
    lines.push(
      `  '${part.name}': () => fetchPart({ url: new URL(${JSON.stringify(url)}, import.meta.url).href, ` +
        `integrity: '${integrity}' }, shared),`,
    );
  }
  const base = settings(without).absWorkingDir;
  const modules = [...shared].sort();
  const loader = path.join(path.dirname(table), 'fetch-part.js');
  return [
    `import { fetchPart } from ${JSON.stringify(loader)};`,
    ...modules.map(
      (name, at) => `import * as m${at} from ${JSON.stringify(path.resolve(base, name))};`,
    ),
    `const SHARED = { ${modules.map((name, at) => `${JSON.stringify(name)}: m${at}`).join(', ')} };`,
    'const shared = (name) => SHARED[name];',
    'export const PARTS = {',
    ...lines,
    '};',
  ].join('\n');
}

/** The modules that a script has something of. */
async function modulesOf(entry, settings) {
  const { metafile } = await esbuild.build({ ...settings, entryPoints: [entry], metafile: true });
  const { inputs } = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint);
  const root = settings.absWorkingDir;
  return new Set(
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => path.resolve(root, file)),
  );
}

/** One part, with the script's modules as what it is handed; `shared` takes note of their paths. */
async function bundled({ name, file }, settings, had, shared) {
  const handed = {
    name: 'handed',
    setup(build) {
      build.onResolve({ filter: /^[./@a-z]/ }, async ({ path: asked, pluginData, ...from }) => {
        if (pluginData === 'resolving' || from.kind === 'entry-point') return undefined;
        const { path: found } = await build.resolve(asked, { ...from, pluginData: 'resolving' });
        if (!had.has(found)) return undefined;
        const theirs = path.relative(settings.absWorkingDir, found);
        shared.add(theirs);
        return { path: theirs, external: true };
      });
    },
  };
  const { outputFiles } = await esbuild.build({
    ...settings,
    entryPoints: { [`${FOLDER}/${name}`]: file },
    format: 'cjs',
    plugins: [handed, ...settings.plugins],
    banner: { js: 'export default(require)=>{const module={exports:{}};' },
    footer: { js: 'return module.exports};' },
  });
  const isScript = ({ path: made }) => made.endsWith('.js');
  return {
    content: outputFiles.find(isScript).contents,
    legal: outputFiles
      .filter((one) => !isScript(one))
      .map(({ path: made, contents }) => [path.relative(settings.outdir, made), contents]),
  };
}
