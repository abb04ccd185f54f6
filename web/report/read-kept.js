/**
 * The text that a tab kept of its last result (kept-result.js) → what it was. Pure.
 *
 * Whatever comes back is read like a report from a file, with its types and bounds checked. Who vouches is
 * asked again where that can be told here (the domain, the table of providers). That a name was typed,
 * published or in the preset is believed: only pages of this origin can write it, and those could as well
 * write the page.
 */
import { providerById } from '../discover/providers.js';
import { KEPT_LIMIT } from './kept-result.js';
import { ReportFileError, readAs } from './report-file.js';
import { stateOfReport, voucherHere } from './saved-report.js';
import { KEPT } from './schema.js';

/** Vouchers that only the check itself could ask. */
const BELIEVED = ['preset', 'person', 'records'];

/**
 * @param {string} text @param {object} tables
 * @returns {object} the part of the element's state that the check left behind
 * @throws {ReportFileError} where it is not what writeKept() makes
 */
export function readKept(text, tables) {
  return stateOfKept(keptIn(text, tables), tables);
}

/** What is in the text. Where owners of names begin is not asked yet. @throws {ReportFileError} as readKept() */
export function keptIn(text, tables) {
  if (text.length > KEPT_LIMIT) throw new ReportFileError('too-large');
  let raw;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new ReportFileError('not-json');
  }
  return readAs(KEPT, raw, tables);
}

/** @param {object} kept what keptIn() returned */
export function stateOfKept({ report, stopped, vouchers, provider, summary }, tables) {
  const then = new Map(vouchers.map(({ host, by }) => [host, by]));
  const voucher = (host) => {
    const here = voucherHere(host, report.domain);
    return here ?? (BELIEVED.includes(then.get(host)) ? then.get(host) : null);
  };
  const known = providerById(provider);
  return {
    ...stateOfReport(report, tables, voucher),
    stopped,
    vouchers,
    provider: known,
    summary: { ...summary, provider: known, meant: [], domain: null },
  };
}
