/**
 * What is known of names: the pieces of the public suffix table (input/public-suffix.js) and of that of the providers
 * (discover/providers.js), fetched as names ask for them.
 */
import { PARTS } from '#parts';
import { bringProviders } from '../check/beforehand.js';
import { addPiece, missingPieces } from '../input/public-suffix.js';

/**
 * Once all is here that says where the owners of these names begin.
 * @param {string[]} names host names
 * @throws {UnreachableError} where a piece does not come; the next who asks tries again
 */
export async function bringSuffixes(names) {
  const bring = async (start) => addPiece(start, await PARTS[`suffixes-${start}`]());
  await Promise.all(missingPieces(names).map(bring));
}

/** … and which of them are a known provider's. @param {string[]} names @throws {UnreachableError} as above */
export async function bringNames(names) {
  await Promise.all([bringSuffixes(names), bringProviders(names)]);
}

/** … or all providers, for whoever reads what may name any. @param {string[]} names @throws {UnreachableError} */
export async function bringAllNames(names) {
  await Promise.all([bringSuffixes(names), bringProviders()]);
}
