/** What is found about the whole check, and about no port of its own. Pure. */
import { reached } from '../scan/evidence.js';

/**
 * @param {object} options
 * @param {{offset: number}} options.clock by how much the visitor's clock is wrong, in ms
 * @param {object} options.summary of the discovery
 * @param {string} options.domain
 * @param {object|null} options.preset
 * @param {object[]} options.rows what portResults() returned
 * @returns {Array<{id: string, args: object}>} findings
 */
export function noticesOf({ clock, summary, domain, preset, rows }) {
  const notices = [];
  if (clock.offset !== 0) {
    notices.push({ id: 'clock-wrong', args: { seconds: Math.round(clock.offset / 1000) } });
  }
  if (summary.foreign) {
    const provider = preset.name ? { provider: preset.name } : {};
    notices.push({ id: 'not-this-provider', args: { domain, ...provider } });
  }
  if (summary.meant.length > 0 && !rows.some(isThere)) {
    notices.push({ id: 'domain-misspelled', args: { domain, meant: summary.meant } });
  }
  return notices;
}

/** Some server was there. */
function isThere({ attempts }) {
  return attempts.some(({ report }) => reached(report, 'connect'));
}
