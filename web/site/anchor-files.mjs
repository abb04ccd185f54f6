/**
 * The packed trust anchors (wasm/x509/anchors.h) in files of a few each, for a page that fetches those that a chain
 * asks for. An anchor lies where the hash of its name says (wasm/x509/anchor_names.h), so all of one name are
 * together.
 */
import { createHash } from 'node:crypto';
import { NAME_START_DIGITS } from '../scan/anchor-pieces.js';
import { integrityOf } from './integrity.mjs';

const HEADER = 5;
/** u16 length, then two times, a path length, flags, and a digest of the serial number. */
const FIXED = 2 + 8 + 8 + 1 + 1 + 4;
const NAME_BYTES = 8;
/** As many files: some four anchors of half a kB in each. More would cost more in digests than they save. */
const FILES = 32;

/**
 * @param {Uint8Array} packed
 * @param {(name: string, content: Uint8Array) => string} add takes a file and tells what it is called
 * @returns {{names: string[], pieces: Array<[string, string]>}} for each file how the names of its anchors start, in
 *   hexadecimal; and its name and integrity value
 */
export function anchorFiles(packed, add) {
  const files = Array.from({ length: FILES }, () => ({ names: new Set(), anchors: [] }));
  for (const { name, bytes } of anchorsOf(packed)) {
    const file = files[parseInt(name.slice(0, 2), 16) % FILES];
    file.names.add(name.slice(0, NAME_START_DIGITS));
    file.anchors.push(bytes);
  }
  const used = files.filter(({ anchors }) => anchors.length > 0);
  return {
    names: used.map(({ names }) => [...names].join(' ')),
    pieces: used.map(({ anchors }, number) => {
      const content = Buffer.concat([packed.subarray(0, HEADER), ...anchors]);
      return [add(`anchors/${number}.bin`, content), integrityOf(content)];
    }),
  };
}

/** Each anchor with its bytes, its length in front. */
function anchorsOf(packed) {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const found = [];
  for (let at = HEADER; at < packed.length;) {
    const end = at + 2 + view.getUint16(at);
    const subjectAt = at + FIXED + 1 + packed[at + FIXED];
    const subject = packed.subarray(subjectAt + 2, subjectAt + 2 + view.getUint16(subjectAt));
    const name = createHash('sha256')
      .update(subject)
      .digest('hex')
      .slice(0, 2 * NAME_BYTES);
    found.push({ name, bytes: packed.subarray(at, end) });
    at = end;
  }
  return found;
}
