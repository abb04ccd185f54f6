/**
 * What was tried → which value in the app is wrong, and which value was proved in its place. Pure.
 */
import { failedOnOurSide, reached, trusted, works } from '../scan/evidence.js';
import { securityOf } from '../input/read-app-settings.js';
import { catalogue } from './findings.js';
import { portResults } from './port-results.js';
import { vouchedBy } from '../discover/vouching.js';
import { shownFindings } from './severity.js';

/** What it costs a reader to change a value: the nearest settings that work change the least. */
const COST = { protocol: 8, server: 4, port: 2, security: 1 };
const SECURE_MODES = ['implicit-tls', 'starttls'];
const NAMELESS = ['name-not-found', 'name-without-address'];

/**
 * @typedef {{protocol: string, server: string, port: number, security: string, mode: string,
 *   trusted: boolean, vouched: string}} Proved settings that a conversation worked with, under a name
 *   that somebody vouches for
 * @typedef {{name: string, typed: string|number, mark: 'right'|'wrong'|'unsafe'|'unknown',
 *   use: string|number|null}} Value
 * @typedef {{side: string, protocol: string, server: string, port: number, security: string,
 *   portTyped: boolean, usual: number[], relay: boolean, outcome: 'right'|'wrong'|'unsafe'|'trouble'|'other-port'|'not-tested', values: Value[],
 *   use: Proved|null, finding: object|null, findings: object[]}} Conclusion
 *   `values` are those that were typed, and `right` is said of these alone: with `use`, the port that the
 *   page took for want of one did not work, and another did;
 *   `usual` are the ports that apps use for this protocol; `relay`: the one in the app is not for apps;
 *   `trouble`: what fails is the server's or the network's, no value is known to be wrong;
 *   `other-port`: the bridge has no way to this port; `finding` is what the exact try met
 */

/**
 * @param {object} options
 * @param {import('../input/read-app-settings.js').AppSettings} options.appSettings
 * @param {object} options.tables
 * @param {object|null} options.exact the outcome of the values as they are in the app
 * @param {object[]} options.outcomes all others, of the further tries and of the whole check
 * @param {object|null} options.summary of the discovery
 * @param {string} options.domain
 * @param {import('../discover/vouching.js').Vouching} options.vouching
 * @returns {Conclusion}
 */
export function concludeAppSettings({
  appSettings,
  tables,
  exact,
  outcomes,
  summary,
  domain,
  vouching,
}) {
  const row = exact
    ? portResults({ tables, outcomes: [exact], summary, domain, vouching })[0]
    : null;
  const proved = provedBy(tables, [exact, ...outcomes], vouching);
  const nameless = namelessIn([exact, ...outcomes], appSettings.server);
  const met = nameless ? 'wrong' : outcomeOf({ appSettings, tables, row, proved });
  const use = met === 'right' ? null : nearest(appSettings, proved);
  const again = met === 'right' && row.status === 'not-tested';
  const names = givenIn(appSettings);
  // What would have to change is only what the page took for want of it.
  const guess = met === 'wrong' && use && names.every((name) => same(name, appSettings, use));
  const outcome = guess ? 'right' : met;
  return {
    side: appSettings.side,
    protocol: appSettings.protocol,
    server: appSettings.server,
    port: appSettings.port,
    security: appSettings.security,
    portTyped: appSettings.portTyped,
    usual: usualRows(tables, appSettings).map(({ port }) => port),
    relay: isRelay(tables, appSettings.port),
    outcome,
    values: names.map((name) => ({
      name,
      typed: appSettings[name],
      mark: markOf(name, { appSettings, outcome, use, nameless }),
      use: use && !same(name, appSettings, use) ? use[name] : null,
    })),
    use,
    finding: nameless ?? (row && !again && !guess ? shownFindings(row)[0] : null) ?? null,
    findings: row?.findings ?? (nameless ? [nameless] : []),
  };
}

/**
 * What to try once the exact values and the whole check are known, the nearest first; nothing that
 * was tried already, and nothing farther off than what is proved.
 * @returns {Array<{port: number, mode: string}>} at the server in the app
 */
export function worthTrying({ appSettings, tables, exact, outcomes, vouching }) {
  const [main] = mainsOf(exact);
  if (exact && (!main || failedOnOurSide(main.report, catalogue(tables)))) return [];
  const all = [exact, ...outcomes];
  const proved = provedBy(tables, all, vouching);
  const relay = isRelay(tables, appSettings.port);
  if (main && !relay && outcomeOf({ appSettings, tables, row: { main }, proved }) === 'right')
    return [];

  const modes = SECURE_MODES.includes(appSettings.mode)
    ? [appSettings.mode, ...SECURE_MODES.filter((mode) => mode !== appSettings.mode)]
    : ['starttls', 'implicit-tls'];
  const samePort =
    main && reached(main.report, 'connect') && !relay
      ? modes.map((mode) => ({ port: appSettings.port, mode }))
      : [];
  const usual = modes.flatMap((mode) =>
    usualRows(tables, appSettings)
      .filter((service) => service.mode === mode)
      .map(({ port }) => ({ port, mode })),
  );
  const best = nearest(appSettings, proved);
  const held = new Set(attemptsOf(all).map(({ host, report }) => keyOf(host, report.target)));
  return [...samePort, ...usual].filter(
    (settings, index, list) =>
      !held.has(keyOf(appSettings.server, settings)) &&
      list.findIndex(({ port, mode }) => port === settings.port && mode === settings.mode) ===
        index &&
      (!best ||
        distance(appSettings, best) >
          distance(appSettings, {
            ...appSettings,
            ...settings,
            security: securityOf(settings.mode),
          })),
  );
}

/** The row to talk by: the table's where it has one for this port, or else one of its protocol. */
export function serviceFor(services, appSettings, { port, mode }) {
  const own = services.filter(({ protocol }) => protocol === appSettings.protocol);
  const row =
    own.find((service) => service.port === port) ??
    own.find((service) => service.direction !== 'relay' && service.mode === mode) ??
    own.find((service) => service.direction !== 'relay');
  return { ...row, port, mode, direction: appSettings.side === 'incoming' ? 'receive' : 'send' };
}

function outcomeOf({ appSettings, tables, row, proved }) {
  if (!row) return 'other-port';
  const { main } = row;
  if (!main) return 'not-tested';
  const open = appSettings.mode === 'cleartext' && reached(main.report, 'capability');
  if (open) return 'unsafe';
  const fine = works(main.report, catalogue(tables));
  const use = nearest(appSettings, proved);
  if (isRelay(tables, appSettings.port) && use) return 'wrong';
  // A server that was busy once, and not the second time, works.
  if (fine || (use && distance(appSettings, use) === 0)) return 'right';
  if (row.status === 'not-tested') return 'not-tested';
  return use ? 'wrong' : 'trouble';
}

/** The names of what was typed; nothing else is judged. A pasted message may name a server alone. */
function givenIn({ side, portTyped, security }) {
  const more = portTyped || security !== 'auto';
  const given = {
    protocol: more && side === 'incoming',
    server: true,
    port: portTyped,
    security: more,
  };
  return Object.keys(COST).filter((name) => given[name]);
}

/** The finding that the server name in the app leads nowhere, or null. */
function namelessIn(outcomes, server) {
  const lost = outcomes.find(
    (outcome) =>
      outcome?.attempts.length === 0 &&
      NAMELESS.includes(outcome.finding?.id) &&
      outcome.finding.args.host === server,
  );
  return lost?.finding ?? null;
}

function markOf(name, { appSettings, outcome, use, nameless }) {
  if (outcome === 'right') return 'right';
  if (outcome === 'not-tested') return 'unknown';
  if (outcome === 'unsafe' && name === 'security') return 'unsafe';
  if (outcome === 'other-port') {
    return name === 'server' && use?.server === appSettings.server ? 'right' : 'unknown';
  }
  if (use) return same(name, appSettings, use) ? 'right' : 'wrong';
  if (outcome === 'unsafe') return 'right';
  return nameless && name === 'server' ? 'wrong' : 'unknown';
}

function provedBy(tables, outcomes, vouching) {
  const known = catalogue(tables);
  return attemptsOf(outcomes)
    .filter(({ report }) => works(report, known) && SECURE_MODES.includes(report.target.mode))
    .filter(({ report }) => !isRelay(tables, report.target.port))
    .map((attempt) => ({ ...attempt, vouched: vouchedBy(attempt.host, vouching) }))
    .filter(({ vouched }) => vouched !== null)
    .map(({ host, service, report, vouched }) => ({
      protocol: service.protocol,
      server: host,
      port: report.target.port,
      security: securityOf(report.target.mode),
      mode: report.target.mode,
      trusted: trusted(report),
      vouched,
    }));
}

/** Of the settings proved for this side, those that change the least. */
function nearest(appSettings, proved) {
  const sides = appSettings.side === 'incoming' ? ['imap', 'pop3'] : ['smtp'];
  const rank = (settings) =>
    distance(appSettings, settings) +
    (settings.trusted ? 0 : 0.5) +
    (settings.mode === 'implicit-tls' ? 0 : 0.25);
  return (
    proved
      .filter(({ protocol }) => sides.includes(protocol))
      .sort((a, b) => rank(a) - rank(b))[0] ?? null
  );
}

function distance(appSettings, settings) {
  return Object.keys(COST)
    .filter((name) => !same(name, appSettings, settings))
    .reduce((sum, name) => sum + COST[name], 0);
}

function same(name, appSettings, settings) {
  if (name === 'security') return appSettings.mode === settings.mode;
  return appSettings[name] === settings[name];
}

function usualRows(tables, appSettings) {
  return tables.services.filter(
    ({ protocol, direction }) => protocol === appSettings.protocol && direction !== 'relay',
  );
}

function isRelay(tables, port) {
  return tables.services.some((row) => row.port === port && row.direction === 'relay');
}

function attemptsOf(outcomes) {
  return outcomes
    .filter(Boolean)
    .flatMap(({ service, attempts }) => attempts.map((attempt) => ({ ...attempt, service })));
}

function mainsOf(outcome) {
  return (outcome?.attempts ?? []).filter(({ role }) => role === 'main');
}

function keyOf(server, { port, mode }) {
  return `${server} ${port} ${mode}`;
}
