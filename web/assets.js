/**
 * The files that the element fetches from beside its script. `make dist` puts names with a hash of
 * their content in their place: a script never meets the core of another version. The build adds to
 * `locales` every file of locales/ but the English one.
 */
export const ASSETS = { core: 'core.wasm', roots: 'roots.bin', locales: {} };
