/** The full page beside the script, with its field filled in, to be passed on. */
import { withAddress } from './address-in-url.js';
import { shareable } from './address.js';

/**
 * @param {string} base URL of the folder
 * @param {string} typed an address, of which the domain is told
 * @param {{preset?: string|null, lang?: string|null, 'color-scheme'?: string|null}} [chosen] what else
 *   that page is to keep
 */
export function permalink(base, typed, chosen = {}) {
  const url = new URL(withAddress(new URL('./', base).href, shareable(typed)));
  for (const [name, value] of Object.entries(chosen)) if (value) url.searchParams.set(name, value);
  return url.href;
}
