/** The page's own URL: `?address=` fills the field, and never holds more than a domain. */
import { AddressError, parseName } from './address.js';

/** What a URL may hold of what was typed: the domain or the server, never what is before the @. */
export function shareable(typed) {
  try {
    return parseName(typed).name;
  } catch (error) {
    if (error instanceof AddressError) return '';
    throw error;
  }
}

/**
 * The full page beside the script, with its field filled in.
 * @param {string} base URL of the folder
 * @param {{preset?: string|null, lang?: string|null, 'color-scheme'?: string|null}} [chosen] what else
 *   that page is to keep
 */
export function permalink(base, typed, chosen = {}) {
  const url = new URL(withAddress(new URL('./', base).href, typed));
  for (const [name, value] of Object.entries(chosen)) if (value) url.searchParams.set(name, value);
  return url.href;
}

/** The URL with its `address` set to the shareable part; without one where nothing is left. */
export function withAddress(href, typed) {
  const url = new URL(href);
  const address = shareable(typed);
  if (address) url.searchParams.set('address', address);
  else url.searchParams.delete('address');
  return url.href;
}
