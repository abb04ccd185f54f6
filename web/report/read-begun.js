/** What begun-check.js kept → what was entered. Pure. It is read like a report from a file. */
import { emptyDetails } from '../input/user-input.js';
import { ReportFileError, readAs } from './report-file.js';
import { BEGUN } from './schema.js';

/** Whoever comes back to a tab later than this did not wait for a check. */
export const RECENT_MS = 600_000;
/** Two sides with long names. */
const LIMIT = 5_000;

/**
 * @param {string} text @param {object} tables @param {number} now
 * @returns {{address: string, details: object, recent: boolean}|null} what was entered; null where the text is
 *   of something else
 */
export function readBegun(text, tables, now) {
  if (text.length > LIMIT) return null;
  try {
    const { address, at, settings } = readAs(BEGUN, JSON.parse(text), tables);
    const recent = Math.abs(now - at) < RECENT_MS;
    return { address, details: detailsOf(settings), recent };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof ReportFileError) return null;
    throw error;
  }
}

function detailsOf(sides) {
  const details = emptyDetails();
  for (const { side, protocol, server, port, security } of sides) {
    details.settings[side] = {
      protocol,
      server,
      port: port === null ? '' : String(port),
      security,
    };
  }
  return { ...details, open: sides.length > 0 };
}
