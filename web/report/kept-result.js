/**
 * The result of the last check ↔ the text that its tab keeps of it, to have it again after a reload. Pure.
 *
 * It is the report, which holds no local part, no password and no message, and what only the check knew:
 * who vouched for which server, and what the discovery found. Whatever comes back is read like a report
 * from a file, with its types and bounds checked. Who vouches is asked again where that can be told here
 * (the domain, the table of providers). That a name was typed, published or in the preset is believed: only
 * pages of this origin can write it, and those could as well write the page.
 */
import { providerById } from '../discover/providers.js';
import { ReportFileError, readAs } from './report-file.js';
import { stateOfReport, voucherHere } from './saved-report.js';
import { KEPT } from './schema.js';

/** In characters: a tab has some five millions for all that an origin keeps. A usual one has 100,000. */
export const KEPT_LIMIT = 1_500_000;
/** Vouchers that only the check itself could ask. */
const BELIEVED = ['preset', 'person', 'records'];

/**
 * @param {object} state the element's, after a check of its own
 * @returns {string|null} null where even without its transcripts it is too large
 */
export function writeKept(state) {
  const { report, stopped, vouchers, provider, summary } = state;
  const { published, autoconfig, own, foreign, nullMx, exchange, elsewhere } = summary;
  const kept = (what) =>
    JSON.stringify({
      version: 1,
      report: what,
      stopped,
      vouchers,
      provider: provider?.id ?? null,
      summary: {
        ...{ published, autoconfig, own, foreign, nullMx, exchange },
        elsewhere: elsewhere.map(({ host, port }) => ({ host, port })),
      },
    });
  const texts = [() => kept(report), () => kept(withoutTranscripts(report))];
  for (const text of texts.map((make) => make())) if (text.length <= KEPT_LIMIT) return text;
  return null;
}

/**
 * @param {string} text @param {object} tables
 * @returns {object} the part of the element's state that the check left behind
 * @throws {ReportFileError} where it is not what writeKept() makes
 */
export function readKept(text, tables) {
  if (text.length > KEPT_LIMIT) throw new ReportFileError('too-large');
  let raw;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new ReportFileError('not-json');
  }
  const { report, stopped, vouchers, provider, summary } = readAs(KEPT, raw, tables);
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

function withoutTranscripts(report) {
  const shorn = (probe) => ({ ...probe, transcript: [] });
  return {
    ...report,
    vantages: report.vantages.map((vantage) => ({
      ...vantage,
      probes: vantage.probes.map(shorn),
    })),
  };
}
