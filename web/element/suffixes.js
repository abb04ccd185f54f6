/** The pieces of the public suffix table (input/public-suffix.js), fetched as names ask for them. */
import { PARTS } from '#parts';
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
