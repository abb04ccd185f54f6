/** What a check says to the error message of a mail app: whether it met the same. Pure. */
import { FINDING_IDS, NO_ENCRYPTION, policyOf } from './findings.js';

/**
 * What a check says to the message.
 *
 * `confirmed`: it met one of the findings that prove the cause; `refuted`: it looked and did not;
 * `untestable`: nothing that was checked can tell; `unknown`: the message is not in the table.
 *
 * @param {object} options
 * @param {import('../input/pasted-error.js').Reading} options.reading
 * @param {object[]} options.rows what judge() returned
 * @param {object[]} [options.typed] the conclusions about typed settings, see app-settings-verdict.js
 * @returns {{outcome: string, shown: Array<{port: number, server: string|null,
 *   finding: {id: string, args: object}}>, tested: Array<{port: number, server: string|null}>}}
 */
export function weighError({ reading, rows, typed = [] }) {
  if (!reading.message) return { outcome: 'unknown', shown: [], tested: [] };
  const asked = inScope(reading, entriesOf(rows, typed));
  const shown = asked.flatMap(({ port, server, findings }) =>
    findings
      .filter(({ id }) => proves(id, reading.cause))
      .slice(0, 1)
      .map((finding) => ({ port, server, finding })),
  );
  const tested = asked
    .filter((entry) => entry.tested)
    .map(({ port, server }) => ({ port, server }));
  if (shown.length > 0) return { outcome: 'confirmed', shown, tested };
  const proof = FINDING_IDS.filter((id) => proves(id, reading.cause));
  // Only settings that were typed show that an app was told to use no encryption.
  const tellable = proof.some((id) => id !== NO_ENCRYPTION || typed.length > 0);
  const refuted = tellable && tested.length > 0;
  return { outcome: refuted ? 'refuted' : 'untestable', shown: [], tested };
}

function proves(id, cause) {
  return policyOf(id).explains?.includes(cause) ?? false;
}

/** What was checked, in one form: what was typed first, for that is what the app has. */
function entriesOf(rows, typed) {
  const typedEntries = typed.map(({ side, port, portTyped, server, findings, outcome }) => ({
    typed: portTyped !== false,
    port,
    server,
    direction: side === 'incoming' ? 'receive' : 'send',
    findings: outcome === 'unsafe' ? [{ id: NO_ENCRYPTION, args: {} }, ...findings] : findings,
    tested: !['not-tested', 'other-port'].includes(outcome),
  }));
  const rowEntries = rows.map(({ port, server, service, findings, status }) => ({
    typed: false,
    port,
    server,
    direction: service.direction,
    findings,
    tested: status !== 'not-tested',
  }));
  return [...typedEntries, ...rowEntries];
}

/**
 * The entries that the message can be about: those of its server, and of these those of its port, or
 * else of its direction. Settings that were typed speak for their side alone, unless their port is only
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
  const spoken = field.filter((entry) => entry.typed);
  return spoken.length > 0 ? spoken : field;
}
