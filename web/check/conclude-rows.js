/** What rows prove together, whether they were just made or compared with another place. Pure. */
import { problems } from '../verdict/problems.js';
import { proveSettings } from '../verdict/settings.js';

/**
 * @param {object[]} rows what portResults() or comparePlaces() returned
 * @param {{tables: object, vouching: import('../discover/vouching.js').Vouching}} context
 * @returns {{rows: object[], settings: object, problems: object[]}} parts of a result, see check.js
 */
export function concludeRows(rows, { tables, vouching }) {
  const settings = proveSettings({ tables, rows, vouching });
  return { rows, settings, problems: problems(rows, tables) };
}
