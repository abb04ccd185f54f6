/**
 * The result of the last check → the text that its tab keeps of it, to have it again after a reload
 * (read-kept.js). Pure.
 *
 * It is the report, which holds no local part, no password and no message, and what only the check knew:
 * who vouched for which server, and what the discovery found.
 */
/** In characters: a tab has some five millions for all that an origin keeps. A usual one has 100,000. */
export const KEPT_LIMIT = 1_500_000;

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
