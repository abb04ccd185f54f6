/** `?address=` fills the field of the page. */

/**
 * The URL with its `address` set; without one where there is nothing to set.
 * @param {string} href @param {string} address what shareable() of address.js returned
 */
export function withAddress(href, address) {
  const url = new URL(href);
  if (address) url.searchParams.set('address', address);
  else url.searchParams.delete('address');
  return url.href;
}
