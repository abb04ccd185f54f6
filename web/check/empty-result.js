/** What a check has found before it has begun. */

/** @returns {object} as runCheck() tells it, see there */
export function emptyResult() {
  return {
    rows: [],
    settings: { incoming: null, outgoing: null, alternatives: [] },
    problems: [],
    checked: [],
    pasted: null,
    summary: null,
    provider: null,
    vouchers: [],
    stopped: false,
    vouching: null,
    elsewhere: null,
    report: null,
  };
}
