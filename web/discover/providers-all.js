/**
 * All known providers: the module `#providers` where nothing is built. The build provides one without rows, and with
 * the labels that say of each piece whether it may have a name (site/provider-pieces.js).
 */
import rows from './providers-table.js';

export const ROWS = rows.map((row, place) => [place, row]);
export const LABELS = [];
