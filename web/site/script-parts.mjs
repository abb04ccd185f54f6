/**
 * The parts of the script that are fetched later (web/element/parts.js): each becomes a file of its own, with
 * what the script lacks. What the script has, too, is handed to the part when it has come: then there is one
 * of each module, and a part is one file that one integrity value covers. The first part, which every check wants,
 * hands what it has to the others in the same way.
 *
 * A file of a part is a function that returns what the part exports. It is given another, `__shared`, which has what
 * is handed by a number, and takes more of it.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { integrityOf } from './integrity.mjs';

/** A line of the table in element/parts.js. */
const PART = /^ {2}'?([a-z-]+)'?: \(\) => import\('([^']+)'\),$/gm;
/** Where the parts lie, from the script. */
const FOLDER = 'parts';
/** In a part that was built: what it is handed under this number, for now. */
const SHARED = /\b__shared\((\d+)\)/g;
const [SCRIPT, FIRST] = [0, 1];
/** The module of the script that fetches parts; they want some, too. */
const PARTS = '#parts';

/**
 * @param {object} options
 * @param {string} options.table path of element/parts.js
 * @param {string} options.entry path of the script's source
 * @param {(parts: string) => object} options.settings of esbuild, where `#parts` is that module's text
 * @param {Array<[string, object]>} options.data parts that are data alone, which they export as `default`
 * @param {(name: string, content: Uint8Array) => string} options.add takes a file and tells what it is called
 * @returns {Promise<string>} the text of the module `#parts`
 */
export async function makeParts({ table, entry, settings, data, add }) {
  const source = await readFile(table, 'utf8');
  const parts = [...source.matchAll(PART)].map(([, name, file]) => ({
    name,
    file: path.resolve(path.dirname(table), file),
  }));
  const names = [...parts, ...data.map(([name]) => ({ name }))].map(({ name }) => name);
  const without = settings(
    `export const PARTS = ${JSON.stringify(Object.fromEntries(names.map((name) => [name, 0])))};`,
  );
  const [first, ...others] = parts;
  const owners = new Map();
  for (const file of await modulesOf(first.file, without)) owners.set(file, FIRST);
  for (const file of await modulesOf(entry, without)) owners.set(file, SCRIPT);
  const files = [...owners.keys(), ...parts.map(({ file }) => file)];
  const exported = new Map([[PARTS, ['PARTS']], ...(await exportsOf(files, without))]);
  owners.set(PARTS, SCRIPT);
  const shared = new SharedNames(owners, exported);
  const made = [];
  const bundle = ({ name, file }, from, handed) => {
    const own = exported.get(file).map((one) => ({ file, name: one }));
    return bundled({ name, file, own }, from, without, shared, handed);
  };
  for (const part of others) made.push(await bundle(part, [SCRIPT, FIRST], []));
  const handed = shared.wanted(FIRST);
  made.unshift(await bundle(first, [SCRIPT], handed));
  for (const [name, value] of data) {
    made.push({ name, text: `export default()=>({default:${JSON.stringify(value)}});`, legal: [] });
  }
  // The table itself is handed in any case, and comes last.
  shared.want([0]);
  const own = shared.wanted(SCRIPT).sort((a, b) => (a.file === PARTS) - (b.file === PARTS));
  const all = [...own, ...handed];
  const lines = made.map(({ name, text, legal }) => {
    const content = Buffer.from(
      text.replace(SHARED, (_, number) => `__shared(${all.indexOf(shared.named(number))})`),
    );
    const url = add(`${FOLDER}/${name}.js`, content);
    for (const [file, notice] of legal) add(file, notice, { asIs: true });
    const integrity = integrityOf(content);
    const part = `{ url: new URL(${JSON.stringify(url)}, import.meta.url).href, integrity: '${integrity}' }`;
    const after = shared.numbersIn(text).some((one) => shared.owner(one) === FIRST);
    return `  '${name}': () => fetchPart(${part}, shared${after ? `, PARTS['${first.name}']` : ''}),`;
  });
  const loader = path.join(path.dirname(table), 'fetch-part.js');
  return [
    `import { fetchPart } from ${JSON.stringify(loader)};`,
    ...importsOf(own.filter(({ file }) => file !== PARTS)),
    // Not before it is asked for: these modules may import this one.
    'let here;',
    `const shared = (number) => (here ??= [${listOf(own.filter(({ file }) => file !== PARTS))}, PARTS])[number];`,
    'shared.more = (...handed) => (shared(0), here.push(...handed));',
    'export const PARTS = {',
    ...lines,
    '};',
  ].join('\n');
}

/** What modules of the script, and of the first part, export, and what of it parts want. */
class SharedNames {
  #owners;
  #exports;
  /** {file, name}, by the number that it has for now. */
  #all = [];
  #wanted = new Set();

  /** @param {Map<string, number>} owners by the path of a module @param {Map<string, string[]>} exported */
  constructor(owners, exported) {
    this.#owners = owners;
    this.#exports = exported;
    for (const [file, names] of exported) for (const name of names) this.#all.push({ file, name });
  }

  has(file, owners) {
    return owners.includes(this.#owners.get(file));
  }

  /** A module in the place of `file`, of which esbuild keeps what is used. */
  standIn(file) {
    return this.#exports
      .get(file)
      .map((name) => {
        const number = this.#all.findIndex((one) => one.file === file && one.name === name);
        const target = name === 'default' ? 'export default' : `export const ${name} =`;
        return `${target} /* @__PURE__ */ __shared(${number});`;
      })
      .join('\n');
  }

  numbersIn(text) {
    return [...text.matchAll(SHARED)].map(([, number]) => Number(number));
  }

  want(numbers) {
    for (const number of numbers) this.#wanted.add(this.#all[number]);
  }

  named(number) {
    return this.#all[number];
  }

  owner(number) {
    return this.#owners.get(this.#all[number].file);
  }

  /** In an order that does not depend on that of the parts. */
  wanted(owner) {
    return this.#all.filter((one) => this.#wanted.has(one) && this.#owners.get(one.file) === owner);
  }
}

function importsOf(list, as = 'h') {
  return list.map(
    ({ file, name }, at) => `import { ${name} as ${as}${at} } from ${JSON.stringify(file)};`,
  );
}

function listOf(handed) {
  return handed.map((_, at) => `h${at}`).join(', ');
}

/** The modules that a script, or a part, has something of; sorted, so that all systems make the same bytes. */
async function modulesOf(entry, settings) {
  const { metafile } = await esbuild.build({ ...settings, entryPoints: [entry], metafile: true });
  const { inputs } = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint);
  const root = settings.absWorkingDir;
  return Object.entries(inputs)
    .filter(([name, { bytesInOutput }]) => bytesInOutput > 0 && /\.js$/.test(name))
    .map(([file]) => path.resolve(root, file))
    .filter((file) => file !== entry)
    .sort();
}

/** The names that each of these files exports. */
async function exportsOf(files, settings) {
  const { metafile } = await esbuild.build({
    ...settings,
    plugins: [],
    bundle: false,
    entryPoints: files,
    outbase: path.parse(settings.absWorkingDir).root,
    metafile: true,
  });
  const root = settings.absWorkingDir;
  return new Map(
    Object.values(metafile.outputs)
      .filter(({ entryPoint }) => entryPoint)
      .map(({ entryPoint, exports }) => [path.resolve(root, entryPoint), exports.sort()])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/**
 * One part, with stand-ins for the modules of these owners; `shared` takes note of what is used of them.
 * `handed`: what the part hands over to others.
 */
async function bundled({ name, file, own }, owners, settings, shared, handed) {
  const standIns = {
    name: 'stand-ins',
    setup(build) {
      build.onResolve({ filter: /^#/ }, ({ path: asked, importer }) =>
        asked === PARTS
          ? { path: asked, namespace: 'stand-in' }
          : { errors: [{ text: `${importer}: a part has no ${asked} of its own` }] },
      );
      build.onResolve({ filter: /^[./@a-z]/ }, async ({ path: asked, pluginData, ...from }) => {
        if (pluginData === 'resolving' || from.kind === 'entry-point') return undefined;
        const { path: found } = await build.resolve(asked, { ...from, pluginData: 'resolving' });
        return shared.has(found, owners) ? { path: found, namespace: 'stand-in' } : undefined;
      });
      build.onLoad({ filter: /^/, namespace: 'stand-in' }, ({ path: found }) => ({
        contents: shared.standIn(found),
      }));
    },
  };
  const contents = [
    ...importsOf(own, 'own'),
    ...importsOf(handed),
    `__made = { ${own.map((one, at) => `${one.name}: own${at}`).join(', ')} };`,
    handed.length > 0 ? `__shared.more(${listOf(handed)});` : '',
  ];
  const { outputFiles } = await esbuild.build({
    ...settings,
    stdin: {
      contents: contents.join('\n'),
      resolveDir: path.dirname(file),
      sourcefile: `${name}-entry.js`,
    },
    outfile: path.join(settings.outdir, FOLDER, `${name}.js`),
    outdir: undefined,
    plugins: [standIns, ...settings.plugins],
    banner: { js: 'export default(__shared)=>{let __made;' },
    footer: { js: 'return __made};' },
  });
  const isScript = ({ path: made }) => made.endsWith('.js');
  const { text } = outputFiles.find(isScript);
  shared.want(shared.numbersIn(text));
  return {
    name,
    text,
    legal: outputFiles
      .filter((one) => !isScript(one))
      .map(({ path: made, contents: notice }) => [path.relative(settings.outdir, made), notice]),
  };
}
