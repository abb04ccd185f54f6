/** What a check says to the error message of a mail app: whether it met the same. Pure. */
import { NO_ENCRYPTION, policyOf } from './findings.js';
import { proofsOf } from './proved-causes.js';

/**
 * What a check says to the message.
 *
 * `confirmed`: it met one of the findings that prove the cause; `refuted`: it looked and did not;
 * `untestable`: nothing that was checked can tell; `unknown`: the message is not in the table.
 *
 * @param {object} options
 * @param {import('../input/error-message.js').Reading} options.reading
 * @param {object[]} options.rows what portResults() returned
 * @param {object[]} [options.appSettings] the conclusions about app settings, see app-settings-verdict.js
 * @returns {{outcome: string, shown: Array<{port: number, server: string|null,
 *   finding: {id: string, args: object}}>, tested: Array<{port: number, server: string|null}>}}
 */
export function concludeErrorMessage({ reading, rows, appSettings = [] }) {
  if (!reading.message) return { outcome: 'unknown', shown: [], tested: [] };
  const proof = proofsOf(reading.cause);
  const asked = inScope(reading, entriesOf(rows, appSettings));
  const shown = asked.flatMap(({ port, server, findings }) =>
    findings
      .filter(({ id }) => proof.includes(id))
      .slice(0, 1)
      .map((finding) => ({ port, server, finding })),
  );
  const tested = asked
    .filter((entry) => entry.tested)
    .map(({ port, server }) => ({ port, server }));
  if (shown.length > 0) return { outcome: 'confirmed', shown, tested };
  // Only app settings show that an app was told to use no encryption, and only a sign-in that it is refused.
  const tellable = proof.some(
    (id) => !policyOf(id).signIn && (id !== NO_ENCRYPTION || appSettings.length > 0),
  );
  const refuted = tellable && tested.length > 0;
  return { outcome: refuted ? 'refuted' : 'untestable', shown: [], tested };
}

/**
 * What a sign-in says to a message about passwords: null where none was tried, or it tells nothing.
 *
 * @param {import('../input/error-message.js').Reading} reading
 * @param {Array<{setting: import('./settings.js').Setting, side: string,
 *   finding: {id: string, args: object}}>} tried
 * @returns {{outcome: 'confirmed'|'refuted', shown: object[], tested: object[]}|null}
 */
export function concludeSignIn(reading, tried) {
  const proof = proofsOf(reading.cause).filter((id) => policyOf(id).signIn);
  if (proof.length === 0) return null;
  const entries = tried.map(({ setting, side, finding }) => ({
    port: setting.port,
    server: setting.server,
    direction: side === 'incoming' ? 'receive' : 'send',
    finding,
  }));
  const asked = inScope(reading, entries);
  const about = asked.length > 0 ? asked : entries;
  const shown = about.filter(({ finding }) => proof.includes(finding.id));
  if (shown.length > 0) return { outcome: 'confirmed', shown, tested: about };
  const right = about.filter(({ finding }) => policyOf(finding.id).signIn === 'in');
  const refuted = right.length > 0 && right.length === about.length;
  return refuted ? { outcome: 'refuted', shown: [], tested: right } : null;
}

/** What was checked, in one form: the app settings first. */
function entriesOf(rows, appSettings) {
  const appEntries = appSettings.map(({ side, port, portTyped, server, findings, outcome }) => ({
    ofApp: portTyped !== false,
    port,
    server,
    direction: side === 'incoming' ? 'receive' : 'send',
    findings: outcome === 'unsafe' ? [{ id: NO_ENCRYPTION, args: {} }, ...findings] : findings,
    tested: !['not-tested', 'other-port'].includes(outcome),
  }));
  const rowEntries = rows.map(({ port, server, service, findings, status }) => ({
    ofApp: false,
    port,
    server,
    direction: service.direction,
    findings,
    tested: status !== 'not-tested',
  }));
  return [...appEntries, ...rowEntries];
}

/**
 * The entries that the message can be about: those of its server, and of these those of its port, or
 * else of its direction. App settings speak for their side alone, unless their port is only
 * what the page took for want of one. Apps do not use port 25 unless they were told to.
 */
function inScope({ host, port, direction }, all) {
  const ofHost = host ? all.filter((entry) => entry.server === host) : [];
  const entries = ofHost.length > 0 ? ofHost : all;
  const ofPort = port ? entries.filter((entry) => entry.port === port) : [];
  const ofSide = entries.filter(
    (entry) => entry.direction !== 'relay' && (!direction || entry.direction === direction),
  );
  const field = ofPort.length > 0 ? ofPort : ofSide;
  const spoken = field.filter((entry) => entry.ofApp);
  return spoken.length > 0 ? spoken : field;
}
