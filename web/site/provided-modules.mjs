/**
 * The modules that the build provides: a source imports them as `#name`, an esbuild plugin answers.
 *
 * An import that nothing answers stops the build, and so does a module that nothing imports: a source
 * that has found its own way round the build would ship without what the build put there.
 */

/** What the build is given does not fit what the sources import. */
export class ProvidedModulesError extends Error {}

/**
 * @param {Record<string, {file: string} | {contents: string, loader: string, resolveDir?: string}>} modules
 *   by name, such as `#tables`: a file, or the text of the module and where its own imports start
 * @returns {{plugin: object, check: () => void}} `check` after the build: every module was imported
 */
export function providedModules(modules) {
  const used = new Set();
  const plugin = {
    name: 'provided-modules',
    setup(build) {
      build.onResolve({ filter: /^#/ }, ({ path: name, importer }) => {
        if (!Object.hasOwn(modules, name)) {
          const known = Object.keys(modules).join(', ');
          return {
            errors: [{ text: `the build provides no ${name} to ${importer}, only ${known}` }],
          };
        }
        used.add(name);
        const { file } = modules[name];
        return file ? { path: file } : { path: name, namespace: 'provided' };
      });
      build.onLoad({ filter: /^#/, namespace: 'provided' }, ({ path: name }) => modules[name]);
    },
  };
  const check = () => {
    const unused = Object.keys(modules).filter((name) => !used.has(name));
    if (unused.length > 0) {
      throw new ProvidedModulesError(`no script imports ${unused.join(', ')}`);
    }
  };
  return { plugin, check };
}
