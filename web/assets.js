/**
 * The files that the element fetches from beside its script. `make dist` puts names with a hash of
 * their content in their place: a script never meets the core of another version.
 */
export const ASSETS = { core: 'core.wasm', roots: 'roots.bin' };
