/**
 * One whole check, from what a person entered to the report: input → discover → scan → verdict →
 * report. It knows no DOM, no element and no words, and runs in Node as in a browser.
 */
import { PARTS } from '#parts';
import { discover } from '../discover/discover.js';
import { Resolver } from '../discover/dns.js';
import { parseAddress } from '../input/address.js';
import { buildReport } from '../report/report.js';
import { scan } from '../scan/scan.js';
import { newSocketLimit } from '../scan/socket-limit.js';
import { catalogue } from '../verdict/findings.js';
import { seenFromHere } from '../verdict/from-here.js';
import { noticesOf } from '../verdict/notices.js';
import { portResults } from '../verdict/port-results.js';
import { withNotices } from '../verdict/problems.js';
import { bringProviders } from '../discover/providers.js';
import { vouchedBy } from '../discover/vouching.js';
import { RESOLVER } from '../transport/bridge.js';
import { onAbort } from '../transport/on-abort.js';
import { nextTask } from '../transport/next-task.js';
import { wallClockOf } from '../transport/wall-clock.js';
import { concludeRows } from './conclude-rows.js';
import { GRACE_MS, TIME_LIMIT_MS } from './time-limit.js';
import { unlessAborted } from './unless-aborted.js';

export { socketUrl } from '../transport/bridge.js';
export { readPreset } from '../config/preset.js';
export { AddressError } from '../input/address.js';
export { AnchorPieces } from '../scan/anchor-pieces.js';
export { loadCore } from '../scan/core.js';
export { newSocketLimit } from '../scan/socket-limit.js';
export { likelyDomains } from '../discover/slips.js';
export { askElsewhere } from './elsewhere.js';
export { bytesOf, signIn, signInError, wantsPause, wipe } from './sign-in.js';
export { emptyResult } from './empty-result.js';
export { TIME_LIMIT_MS };
export { unlessAborted } from './unless-aborted.js';
export { checkVersions, withProbe } from './versions.js';

/** The clock of a machine that nobody doubts, and one that nobody was asked about. */
const TRUSTED_CLOCK = { offset: 0, confirmed: true };
const UNCONFIRMED_CLOCK = { offset: 0, confirmed: false };

/**
 * @typedef {import('../input/user-input.js').Target} Target
 *
 * @typedef {object} Resources
 * @property {object|Promise<object>} core what loadCore() returned; names are looked up while it comes
 * @property {object} tables the content of tables.json
 * @property {{name: string, local?: boolean}} [vantage] where the bridge stands, for the report
 * @property {import('../transport/wall-clock.js').Clock|Promise<Clock>} [clock] how far this machine's
 *   clock can be relied upon; without it, wholly
 * @property {string} [clientName] what EHLO says: the bridge's name, see about.js; without it check.invalid
 * @property {import('../transport/self-test.js').SelfTest|null|Promise<object|null>} [tested] what the bridge
 *   says of its own network; every socket tells it, too, once it has reached its target
 * @property {import('../scan/semaphore.js').Semaphore} [sockets] shared by all that goes through one bridge, see newSocketLimit()
 *
 * @typedef {object} Result all that a check has found so far; `emptyResult()` is its beginning
 * @property {object[]} rows one for each port that has ended, see port-results.js
 * @property {object} settings see settings.js
 * @property {object[]} problems see problems.js
 * @property {object[]} checked what became of the app settings, see app-settings-verdict.js
 * @property {object|null} pasted what became of the error message
 * @property {object|null} summary of the discovery
 * @property {object|null} provider of the domain, when it is a known one
 * @property {Array<{host: string, by: string}>} vouchers who vouches for the servers that were tried
 * @property {boolean} stopped before it had ended by itself
 * @property {import('../discover/vouching.js').Vouching|null} vouching who vouches for the servers' names
 * @property {import('../verdict/vantage-comparison.js').Elsewhere|null} elsewhere the second place, if it
 *   was asked
 * @property {object|null} report
 */

/**
 * @param {object} options
 * @param {string|Target} options.target an address or a domain as a person writes it, or what
 *   readUserInput() made of more than that
 * @param {object|null} [options.preset] what readPreset() returned
 * @param {Resources} options.resources
 * @param {(target: string) => WebSocket} options.openSocket opens a socket through the bridge, to
 *   `resolver` or to a mail server, see socketUrl()
 * @param {import('./elsewhere.js').Second|null} [options.second] a second place to look from, where
 *   something failed
 * @param {AbortSignal} [options.signal] ends the check early; what it found until then is reported
 * @param {(change: Partial<Result>|{progress: object}|{comparing: string}) => void} [options.onUpdate] called
 *   with the parts of the result that have changed, with the `progress` of a port: {service, phase, host,
 *   address}, and with the name of the second place when it is asked
 * @returns {Promise<object>} the report
 * @throws {AddressError} for a text that is no address
 */
export async function runCheck({
  target,
  preset = null,
  resources,
  openSocket,
  second = null,
  signal,
  onUpdate = () => {},
}) {
  const { tables, sockets = newSocketLimit(), clock: asking = TRUSTED_CLOCK } = resources;
  const { clientName } = resources;
  /** The newest that the bridge said of its own network. */
  let tested = null;
  const onTested = (said) => (tested = said);
  const heard = Promise.resolve(resources.tested ?? null).then((said) => (tested ??= said));
  const { address, appSettings, reading } = targetOf(target, tables);
  const asked = appSettings.length > 0 || reading ? await PARTS.asked() : null;
  const began = performance.now();
  const run = new AbortController();
  const abort = () => run.abort();
  const forget = signal && onAbort(signal, abort);
  if (signal?.aborted) abort();
  let limit = null;
  const resolver = new Resolver({
    open: () => openSocket(RESOLVER),
    closes: tables.closes,
    onTested,
  });
  onAbort(run.signal, () => resolver.close());
  if (run.signal.aborted) resolver.close();
  try {
    const discovery = discover({
      address,
      servers: appSettings.map(({ server }) => server),
      preset,
      services: tables.services,
      resolver,
    });
    const ended = new Map();
    const [clock, core] = await Promise.all([
      unlessAborted(asking, run.signal, { otherwise: UNCONFIRMED_CLOCK }),
      unlessAborted(resources.core, run.signal, { graceMs: GRACE_MS }),
    ]);
    // Stopped before any mail server was asked.
    if (!core) return null;
    // A slow line takes nothing away from what servers have.
    limit = setTimeout(abort, TIME_LIMIT_MS);
    await nextTask();
    const known = catalogue(tables);
    const time = wallClockOf(clock);
    const how = { core, tables, known, openSocket, sockets, clientName, onTested, ...time };
    const seen = (outcomes, summary) =>
      seenFromHere({ outcomes, summary, tested, answered: resolver.answered, known });
    const tell = () => {
      const found = seen(inOrder([...ended.values()], tables), null);
      const vouching = discovery.vouching.sofar();
      onUpdate(conclude({ address, tables, ...found, vouching }));
    };
    const scanning = scan({
      ...how,
      discovery,
      signal: run.signal,
      onProgress: (service, state) => onUpdate({ progress: { service: service.name, ...state } }),
      onOutcome: (outcome) => {
        ended.set(outcome.service.name, outcome);
        tell();
      },
    });
    // A port that is proved shows once somebody vouches for its server, and not with the next port.
    let over = false;
    discovery.vouching.wholly().then(
      () => !over && ended.size > 0 && tell(),
      () => {
        // It is told below.
      },
    );
    const trying = appSettings.map((settings) =>
      asked.tryAppSettings({ ...how, settings, discovery, scanned: scanning, signal: run.signal }),
    );
    const [scanned, ...trials] = await Promise.all([scanning, ...trying]);
    over = true;
    const summarized = await discovery.summary;
    const vouching = await discovery.vouching.wholly();
    await bringProviders(scanned.flatMap(({ attempts }) => attempts.map(({ host }) => host)));
    await unlessAborted(heard, run.signal);
    await nextTask();
    const { outcomes, summary } = seen(scanned, summarized);
    const found = { address, tables, outcomes, summary, vouching };
    const first = conclude(found);
    const wanting = second && first.rows.some(({ findings }) => findings.length > 0);
    // Where it does not come, what was found here stands as it is.
    const comparing = wanting ? await PARTS.elsewhere().catch(() => null) : null;
    const compared = await comparing?.compareElsewhere({
      rows: first.rows,
      resources,
      second,
      signal: run.signal,
      onBegin: () => onUpdate({ comparing: second.vantage.name }),
    });
    const { rows, settings, ...concluded } = compared
      ? concludeRows(compared.rows, { tables, vouching })
      : first;
    const typed = trials.map(({ exact, further }, index) => {
      const trial = seen([exact, ...further].filter(Boolean), null).outcomes;
      const tried = { exact: exact && trial[0], further: exact ? trial.slice(1) : trial };
      return testedSettings(appSettings[index], tried, found, asked);
    });
    const checked = typed.map(({ conclusion }) => conclusion);
    const pasted = reading && {
      ...asked.concludeErrorMessage({ reading, rows, appSettings: checked }),
      reading,
    };
    const notices = noticesOf({ clock, summary, domain: address.domain, preset, rows });
    const { name = '', local = false } = resources.vantage ?? {};
    const ms = performance.now() - began;
    await nextTask();
    const report = buildReport({
      domain: address.domain,
      host: address.host,
      started: new Date(Date.now() + clock.offset - ms).toISOString(),
      ms: Math.round(ms),
      vantages: [
        { name, local, rows, outcomes },
        ...(compared ? [comparing.vantageElsewhere(compared.elsewhere, rows, tables)] : []),
      ],
      settings: { ...settings },
      notices,
      typed,
      pasted,
    });
    onUpdate({
      rows,
      settings,
      problems: withNotices(concluded.problems, notices, tables),
      checked,
      pasted,
      summary,
      provider: summary.provider,
      vouchers: vouchersOf([...outcomes, ...typed.flatMap((one) => one.outcomes)], vouching),
      stopped: run.signal.aborted,
      vouching,
      elsewhere: compared?.elsewhere ?? null,
      report,
    });
    return report;
  } finally {
    clearTimeout(limit);
    forget?.();
    // Whatever is still open has come too late.
    abort();
  }
}

function targetOf(target, { services }) {
  if (typeof target !== 'string') return target;
  const ports = services.map(({ port }) => port);
  return { address: parseAddress(target, ports), appSettings: [], reading: null };
}

/** What the conversations held so far prove. @returns {Pick<Result, 'rows'|'settings'|'problems'>} */
function conclude({ address, tables, outcomes, summary, vouching }) {
  const rows = portResults({ tables, outcomes, summary, domain: address.domain, vouching });
  return concludeRows(rows, { tables, vouching });
}

function vouchersOf(outcomes, vouching) {
  const hosts = outcomes.flatMap(({ attempts }) => attempts.map(({ host }) => host));
  return [...new Set(hosts)]
    .map((host) => ({ host, by: vouchedBy(host, vouching) }))
    .filter(({ by }) => by !== null);
}

function testedSettings(
  settings,
  { exact, further },
  { address, outcomes, ...found },
  { concludeAppSettings },
) {
  const conclusion = concludeAppSettings({
    ...found,
    appSettings: settings,
    domain: address.domain,
    exact,
    outcomes: [...further, ...outcomes],
  });
  return { conclusion, outcomes: [exact, ...further].filter(Boolean) };
}

function inOrder(outcomes, { services }) {
  const order = services.map(({ name }) => name);
  return outcomes.sort((a, b) => order.indexOf(a.service.name) - order.indexOf(b.service.name));
}
