/**
 * The second place: what failed from the first is held against what another bridge meets. It costs that
 * bridge one connection for each such port, and nothing where nothing failed.
 */
import { ELSEWHERE_LIMIT_MS, scanElsewhere } from '../scan/elsewhere.js';
import { newSocketLimit } from '../scan/socket-limit.js';
import { withSecond } from '../report/report.js';
import { onAbort } from '../transport/on-abort.js';
import { wallClockOf } from '../transport/wall-clock.js';
import { catalogue } from '../verdict/findings.js';
import { attemptFromHere } from '../verdict/from-here.js';
import { withNotices } from '../verdict/problems.js';
import { comparable } from '../verdict/comparable.js';
import {
  comparePlaces,
  elsewhereOf,
  rowsElsewhere,
  worthComparing,
} from '../verdict/vantage-comparison.js';
import { concludeRows } from './conclude-rows.js';
import { unlessAborted } from './unless-aborted.js';

/**
 * @typedef {object} Second a second place to look from
 * @property {{name: string, local?: boolean}} vantage
 * @property {() => Promise<{openSocket: (target: string) => WebSocket, clientName?: string,
 *   tested?: Promise<object|null>}>} prepare what its bridge wants to be asked for before the first socket, and
 *   what it says of its own network; called when it is needed. Must not reject
 */

/**
 * @param {object} options
 * @param {object[]} options.rows of portResults(), or what an earlier comparison made of them
 * @param {boolean} [options.all] compare every port, and not only those where something failed
 * @param {object} options.resources of the first place, see check.js
 * @param {Second} options.second
 * @param {AbortSignal} options.signal
 * @param {() => void} [options.onBegin] called if there is something to compare
 * @returns {Promise<{rows: object[], elsewhere: import('../verdict/vantage-comparison.js').Elsewhere}|null>}
 *   null when there was nothing to compare, or when it was stopped
 */
export async function compareElsewhere({
  rows,
  all = false,
  resources,
  second,
  signal,
  onBegin = () => {},
}) {
  const { core, tables, vantage } = resources;
  const asked = rows.filter((row) => (all ? comparable(row) : worthComparing(row, tables)));
  if (asked.length === 0 || signal.aborted) return null;
  onBegin();
  const run = new AbortController();
  const abort = () => run.abort();
  const forget = onAbort(signal, abort);
  const limit = setTimeout(abort, ELSEWHERE_LIMIT_MS);
  try {
    const preparing = Promise.all([second.prepare(), resources.clock]);
    const prepared = await unlessAborted(preparing, signal);
    if (!prepared) return null;
    const [{ openSocket, clientName, ...said }, clock] = prepared;
    let tested = null;
    const attempts = await scanElsewhere({
      rows: asked,
      core: await core,
      closes: tables.closes,
      openSocket,
      clientName,
      onTested: (newest) => (tested = newest),
      sockets: newSocketLimit(),
      signal: run.signal,
      ...(clock ? wallClockOf(clock) : {}),
    });
    tested ??= (await said.tested) ?? null;
    if (signal.aborted) return null;
    const known = catalogue(tables);
    const places = { here: placeOf(vantage), there: placeOf(second.vantage) };
    const compared = rows.map((row) => {
      const attempt = attempts.get(row.port);
      if (!attempt) return row;
      return comparePlaces(row, attemptFromHere(attempt, tested, known), places, tables);
    });
    return { rows: compared, elsewhere: elsewhereOf(compared, places.there, tables) };
  } finally {
    clearTimeout(limit);
    forget();
  }
}

/**
 * The same on request, after a check: every port that was not compared yet.
 * @param {object} options
 * @param {object} options.result of the check, see check.js, with its `report`
 * @param {object} options.resources of the check, see check.js; its clock asked again
 * @param {Second} options.second
 * @param {AbortSignal} options.signal
 * @returns {Promise<object|null>} the parts of the result that are new, with a new report; null when there
 *   was nothing to compare, or when it was stopped
 */
export async function askElsewhere({ result, resources, second, signal }) {
  const { tables } = resources;
  const { rows, vouching, report } = result;
  const compared = await compareElsewhere({ rows, all: true, resources, second, signal });
  if (!compared) return null;
  const { elsewhere } = compared;
  const { problems, settings } = concludeRows(compared.rows, { tables, vouching });
  return {
    rows: compared.rows,
    settings,
    problems: withNotices(problems, report.notices, tables),
    elsewhere,
    report: withSecond(report, {
      rows: compared.rows,
      second: vantageElsewhere(elsewhere, compared.rows, tables),
      settings,
    }),
  };
}

/** Of the second place, as buildReport() takes it. */
export function vantageElsewhere({ name, local }, rows, tables) {
  return {
    name,
    local,
    rows: rowsElsewhere(rows, tables),
    outcomes: [{ attempts: rows.flatMap(({ elsewhere }) => elsewhere ?? []) }],
  };
}

function placeOf({ name = '', local = false } = {}) {
  return { name, local };
}
