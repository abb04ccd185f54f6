/** What a browser holds a file against that it fetches. */
import { createHash } from 'node:crypto';

/** @param {string|Uint8Array} content @param {'sha256'|'sha384'} [algorithm] */
export function integrityOf(content, algorithm = 'sha256') {
  return `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`;
}
