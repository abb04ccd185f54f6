/**
 * Holds the conversations: every port at once within bounds, the best candidate first, the next one
 * where a name or an address leads nowhere, and a second conversation wherever the first only
 * suggests something that can be proved. Computes no verdict.
 */
import { isHostName, sameDomain } from './address.js';
import { converse as converseOverSocket } from './connection.js';
import { namesUnder } from './discover.js';
import { failedOnOurSide, has, unconnected, works } from './evidence.js';
import { Gate } from './gate.js';

/** Sockets open at once: seven ports and a few proofs; bridges allow a client little more. */
export const SOCKET_LIMIT = 10;
/** Servers tried for one port, and addresses of one server. Each costs the bridge a connection. */
const CANDIDATE_LIMIT = 4;
const ADDRESS_LIMIT = 3;
/** Names of a certificate that are tried. */
const NAME_LIMIT = 2;
/** A busy bridge says when to come back; we wait no longer than this. */
const RETRY_LIMIT_S = 15;

/**
 * One conversation and why it was held.
 * @typedef {{role: 'main'|'other-mode'|'other-name'|'other-address', host: string, address: string,
 *   source: string, report: object}} Attempt
 * @typedef {{service: object, attempts: Attempt[], finding: object|null, missing: object[],
 *   declared: boolean, stopped: boolean}} Outcome
 *   `finding` says why no server could be tried; `missing` are the candidates without an address.
 */

/**
 * @param {object} options
 * @param {object} options.tables
 * @param {object} options.discovery what discover() returned
 * @param {object} options.core
 * @param {(target: string) => WebSocket} options.openSocket
 * @param {AbortSignal} options.signal
 * @param {() => number} [options.wallClock] ms since 1970, for judging certificates
 * @param {Gate} [options.gate] shared by scans that run at the same time
 * @param {(service: object, state: object) => void} [options.onProgress] state: {phase, host, address}
 * @param {(outcome: Outcome) => void} [options.onOutcome]
 * @param {typeof converseOverSocket} [options.converse]
 * @param {(ms: number, signal: AbortSignal) => Promise<void>} [options.sleep]
 * @returns {Promise<Outcome[]>} one for each service of the table, in its order
 */
export async function scan({
  tables,
  discovery,
  core,
  openSocket,
  signal,
  wallClock = Date.now,
  gate = new Gate(SOCKET_LIMIT),
  onProgress = () => {},
  onOutcome = () => {},
  converse = converseOverSocket,
  sleep = sleepFor,
}) {
  const diagnoses = new Map(tables.diagnoses.map((row) => [row.id, row]));
  const fine = (attempt) => works(attempt.report, diagnoses);

  /** Holds one conversation; with its witness, if it asked for one, as a second attempt. */
  const hold = async (service, candidate, address, { role, mode, urgent, hooks = {} }) => {
    const release = await gate.enter({ urgent });
    try {
      const target = `${address.includes(':') ? `[${address}]` : address}:${service.port}`;
      const { report, bridge, witness } = await converse({
        core,
        probe: {
          service: service.name,
          mode: mode ?? service.mode,
          serverName: candidate.host,
          address,
          port: service.port,
          time: wallClock(),
        },
        open: () => openSocket(target),
        closes: tables.closes,
        signal: hooks.signal ?? signal,
        onEvidence: hooks.onEvidence,
        onPhase: (phase) =>
          role === 'main' && onProgress(service, { phase, host: candidate.host, address }),
        witness: (onEvidence, witnessSignal) =>
          hold(service, candidate, address, {
            role: 'other-mode',
            mode: 'implicit-tls',
            urgent: true,
            hooks: { onEvidence, signal: eitherOf(signal, witnessSignal) },
          }),
      });
      const attempt = {
        role,
        host: candidate.host,
        address,
        source: candidate.source,
        report: { ...report, bridge, role, source: candidate.source },
      };
      return { attempt, witness };
    } finally {
      release();
    }
  };

  const holdPatiently = async (service, candidate, address, how) => {
    const held = await hold(service, candidate, address, how);
    const busy = held.attempt.report.findings.find(({ id }) => id === 'bridge-busy');
    const retry = busy?.args?.detail?.retry;
    if (!(retry <= RETRY_LIMIT_S) || signal.aborted) return held;
    await sleep(retry * 1000, signal);
    return hold(service, candidate, address, how);
  };

  /** Tries a server's addresses until one connects. */
  const tryCandidate = async (service, candidate, tried) => {
    const attempts = [];
    const fresh = addressesOf(candidate).filter((address) => !tried.has(address));
    for (const address of fresh.slice(0, ADDRESS_LIMIT)) {
      if (signal.aborted) break;
      tried.add(address);
      const { attempt, witness } = await holdPatiently(service, candidate, address, {
        role: 'main',
      });
      attempts.push(attempt);
      attempts.push(...(await proofs(service, candidate, attempt, witness)));
      if (!unconnected(attempt.report)) break;
      // Silence costs ten seconds each time, and on port 25 it is the rule.
      const silent = has(attempt.report, 'connect-timeout');
      if (silent && (service.direction === 'relay' || attempts.length > 1)) break;
    }
    return attempts;
  };

  /** What the conversation suggests, tested. */
  const proofs = async (service, candidate, attempt, witness) => {
    if (signal.aborted) return [];
    const { report, address } = attempt;
    const held = [];
    if (has(report, 'tls-expected')) {
      // The witness that told it has usually held the whole conversation already.
      held.push(
        (await witness)?.attempt ??
          (await hold(service, candidate, address, { role: 'other-mode', mode: 'implicit-tls' }))
            .attempt,
      );
    }
    if (has(report, 'starttls-expected')) {
      const how = { role: 'other-mode', mode: 'starttls' };
      held.push((await hold(service, candidate, address, how)).attempt);
    }
    if (has(report, 'certificate-name-mismatch') && service.direction !== 'relay') {
      held.push(...(await otherNames(service, candidate, report)));
    }
    return held;
  };

  const otherNames = async (service, candidate, report) => {
    const held = [];
    for (const host of certificateNames(report, candidate.host, service.protocol)) {
      const found = await discovery.addresses(host);
      const [address] = addressesOf(found);
      if (!address || signal.aborted || held.length === NAME_LIMIT) continue;
      const other = { host, source: candidate.source };
      const { attempt } = await hold(service, other, address, {
        role: 'other-name',
        mode: report.target?.mode,
      });
      held.push(attempt);
      if (fine(attempt)) break;
    }
    return held;
  };

  /** A name that works on one address may fail on another, where apps land by chance. */
  const otherAddresses = async (service, main) => {
    if (service.direction === 'relay' || signal.aborted) return [];
    const found = await discovery.addresses(main.host);
    const rest = addressesOf(found).filter((address) => address !== main.address);
    const picked = [rest.find((a) => !a.includes(':')), rest.find((a) => a.includes(':'))];
    const candidate = { host: main.host, source: main.source };
    return Promise.all(
      picked.filter(Boolean).map(async (address) => {
        return (await hold(service, candidate, address, { role: 'other-address' })).attempt;
      }),
    );
  };

  const scanService = async (service) => {
    onProgress(service, { phase: 'resolve', host: null, address: null });
    const plan = await discovery.plans.get(service.name);
    const attempts = [];
    const tried = new Set();
    let candidates = 0;
    for (const candidate of plan.candidates) {
      if (signal.aborted || candidates === CANDIDATE_LIMIT) break;
      if (candidate.finding) continue;
      const held = await tryCandidate(service, candidate, tried);
      if (held.length === 0) continue;
      candidates += 1;
      attempts.push(...held);
      const last = held.filter(({ role }) => role === 'main').at(-1);
      if (fine(last)) attempts.push(...(await otherAddresses(service, last)));
      if (!worthGoingOn(last)) break;
    }
    const outcome = {
      service,
      attempts,
      finding: attempts.length > 0 ? null : nothingToTry(plan),
      missing: plan.candidates.filter(({ finding }) => finding),
      declared: plan.declared,
      stopped: signal.aborted,
    };
    onOutcome(outcome);
    return outcome;
  };

  return Promise.all(tables.services.map(scanService));
}

/** IPv4 first: a bridge without IPv6 is common, and says nothing about the server. */
function addressesOf({ v4, v6 }) {
  return [...v4, ...v6];
}

/**
 * The next candidate is tried where this one is not there; and, if its name was only our guess,
 * where what answered is no mail server.
 */
function worthGoingOn({ report, source }) {
  if (failedOnOurSide(report)) return false;
  if (has(report, 'connect-refused', 'connect-reset', 'connect-unreachable')) return true;
  return (
    source === 'usual' && has(report, 'not-a-mail-server', 'greeting-malformed', 'connect-timeout')
  );
}

function nothingToTry(plan) {
  const missing = plan.candidates.map(({ finding }) => finding).filter(Boolean);
  const ours = missing.find(({ id }) => id === 'resolver-failed' || id.startsWith('bridge-'));
  const typed = plan.candidates.find(({ source }) => source === 'typed')?.finding;
  return ours ?? plan.finding ?? typed ?? null;
}

/** The names of the server's certificate that are worth a try, the likeliest first. */
function certificateNames(report, asked, protocol) {
  const names = (report.certificates?.[0]?.names ?? []).flatMap((name) => {
    const lower = String(name).toLowerCase();
    return lower.startsWith('*.') ? namesUnder(lower, protocol) : [lower];
  });
  const parent = asked.split('.').slice(1).join('.');
  const closeness = (name) =>
    (sameDomain(name, parent) ? 4 : 0) +
    (name.startsWith(protocol.slice(0, 3)) ? 2 : 0) +
    (/^(mail|mx)\b/.test(name) ? 1 : 0);
  return [...new Set(names)]
    .filter((name) => name !== asked && name.includes('.') && isHostName(name))
    .sort((a, b) => closeness(b) - closeness(a))
    .slice(0, 2 * NAME_LIMIT);
}

/** AbortSignal.any() for browsers of before 2023. */
function eitherOf(...signals) {
  const both = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) both.abort();
    signal.addEventListener('abort', () => both.abort(), { signal: both.signal });
  }
  return both.signal;
}

function sleepFor(ms, signal) {
  return new Promise((wake) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      wake();
    }
    signal.addEventListener('abort', done);
  });
}
