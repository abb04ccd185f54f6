/**
 * The files that the element fetches from beside its script: the module `#assets` where nothing is built.
 * The build provides its own, with the files of each language by the pieces of i18n/pieces.js, of English but the
 * first; that of `make dist` has
 * names with a hash of their content: a script never meets the core of another version. `program`: what a
 * reader can download to test his own network, where it lies there, too. `anchors`: the files that `roots` is made
 * of, each [name, integrity], and for each how the names of its anchors start (site/anchor-files.mjs); without it all
 * anchors are fetched at once. `tls12`: the core's second module, {name, integrity}; without it the core is one.
 * `worker`: the script of the core's thread, {name, integrity}; without it the core shares the page's.
 */
export const ASSETS = {
  core: 'core.wasm',
  roots: 'roots.bin',
  locales: {},
  program: null,
  anchors: null,
  tls12: null,
  worker: null,
};
