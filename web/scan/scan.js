/**
 * Holds the conversations: every port at once within bounds, the best candidate first, the next one
 * where a name or an address leads nowhere, and a follow-up connection wherever the first only
 * suggests something that can be proved. Computes no verdict.
 */
import { isHostName, sameDomain } from '../input/address.js';
import { targetOf } from '../transport/bridge.js';
import { onAbort } from '../transport/on-abort.js';
import { NAMED } from '../discover/candidates.js';
import { namesUnder } from '../discover/discover.js';
import { failedOnOurSide, has, unconnected, works } from './evidence.js';
import { heldPatiently, sleepFor } from './second-try.js';
import { probeOptions } from './probe-options.js';
import { Semaphore } from './semaphore.js';
import { SOCKET_LIMIT } from './socket-limit.js';
import { coveredBy, vouchedBy } from '../discover/vouching.js';
import { withoutDates } from '../transport/wall-clock.js';
import { bridgeWordsOf } from '../transport/bridge-words.js';

/** Servers tried for one port, and addresses of one server. Each costs the bridge a connection. */
const CANDIDATE_LIMIT = 4;
const ADDRESS_LIMIT = 4;
/** An address that has not connected by now gets company by the next; most servers need a tenth. */
const HEDGE_MS = 1500;
/** Of the sockets, those that addresses beside a proved one may hold: silent ones hold them long. */
const OTHER_ADDRESS_SOCKETS = 4;
/** Names of a certificate that are tried. */
const NAME_LIMIT = 2;
/** Names of a certificate that are looked at; the largest for sale have some hundreds. */
const CERTIFICATE_NAMES_LIMIT = 1000;

/**
 * One conversation and why it was held.
 * @typedef {{role: 'main'|'other-mode'|'other-name'|'other-address'|'hello', host: string,
 *   address: string, source: string, priority: number|null, report: object}} Attempt
 *   `hello`: a ClientHello scan, which tells why another handshake failed; `priority` is that of the
 *   published record, null for a name from another source
 * @typedef {{service: object, attempts: Attempt[], finding: object|null, missing: object[],
 *   elsewhere: object[], declared: boolean, stopped: boolean}} Outcome
 *   `finding` says why no server could be tried; `missing` are the candidates without an address,
 *   `elsewhere` the published servers on ports that are not tested.
 */

/**
 * @param {object} options
 * @param {object} options.tables
 * @param {Map<string, object>} options.known rows of the findings, see evidence.js
 * @param {object} options.discovery what discover() returned
 * @param {object} options.core
 * @param {(target: string) => WebSocket} options.openSocket
 * @param {AbortSignal} options.signal
 * @param {() => number} [options.wallClock] ms since 1970, for judging certificates
 * @param {boolean} [options.timeConfirmed] whether that clock is known to be right
 * @param {Semaphore} [options.sockets] shared by scans that run at the same time
 * @param {(tested: object) => void} [options.onTested] what the bridge says of its own network
 * @param {(service: object, state: object) => void} [options.onProgress] state: {phase, host, address}
 * @param {(outcome: Outcome) => void} [options.onOutcome] called as soon as a port is settled, and
 *   once more where other addresses of its server were tried after that
 * @param {(how: object) => Promise<object>} [options.converse] as converseWith() does it; the core's
 * @param {(ms: number, signal: AbortSignal) => Promise<void>} [options.sleep]
 * @param {(ms: number, signal: AbortSignal) => Promise<void>} [options.hedge] how long an address
 *   stays alone; the signal ends it
 * @returns {Promise<Outcome[]>} one for each service of the table, in its order
 */
export async function scan({
  tables,
  known,
  discovery,
  core,
  openSocket,
  signal,
  wallClock = Date.now,
  timeConfirmed = true,
  clientName,
  sockets = new Semaphore(SOCKET_LIMIT),
  onTested = () => {},
  onProgress = () => {},
  onOutcome = () => {},
  converse = (how) => core.converse(how),
  sleep = sleepFor,
  hedge = sleepFor,
}) {
  const otherAddressSockets = new Semaphore(OTHER_ADDRESS_SOCKETS);
  /** Addresses that were silent on one port beside a proved one: no other port waits for them. */
  const silent = new Set();
  const fine = (attempt) => works(attempt.report, known);

  /** Holds one conversation; `followUps` are those that it asked for. */
  const hold = async (service, candidate, address, { role, mode, urgent, start, hooks = {} }) => {
    const server = { host: candidate.host, address };
    const go = () =>
      converse({
        start:
          start ?? probeOptions(service, mode ?? service.mode, server, { wallClock, clientName }),
        open: () => openSocket(targetOf(address, service.port)),
        bridgeWords: bridgeWordsOf(tables.closes),
        signal: hooks.signal ?? signal,
        onTested,
        onEvidence: hooks.onEvidence,
        onPhase: (phase) => {
          hooks.onPhase?.(phase);
          if (role === 'main') onProgress(service, { phase, host: candidate.host, address });
        },
        followUp: async (startFollowUp, onEvidence, followUpSignal) => {
          const either = eitherOf(signal, followUpSignal);
          try {
            return await hold(service, candidate, address, {
              role: 'other-mode',
              urgent: true,
              start: startFollowUp,
              hooks: { onEvidence, signal: either.signal },
            });
          } finally {
            either.forget();
          }
        },
      });
    const held = await sockets.during(go, { urgent });
    const { bridge, followUps } = held;
    const report = timeConfirmed ? held.report : withoutDates(held.report);
    const said = report.hello ? 'hello' : role;
    const attempt = {
      role: said,
      host: candidate.host,
      address,
      source: candidate.source,
      priority: candidate.priority ?? null,
      report: { ...report, bridge, role: said, source: candidate.source },
    };
    return { attempt, followUps };
  };

  const holdPatiently = (service, candidate, address, how) =>
    heldPatiently(() => hold(service, candidate, address, how), {
      reportOf: ({ attempt }) => attempt.report,
      known,
      signal,
      sleep,
    });

  /**
   * Tries a server's addresses until one connects. One that is slow to do so gets company by the
   * next; what it says in the end comes late.
   * @returns {Promise<{attempts: Attempt[], last: Attempt|null, late: Promise<Attempt[]>}>} `last`
   *   is the conversation that decides whether other servers are tried
   */
  const tryCandidate = async (service, candidate, tried) => {
    const relay = service.direction === 'relay';
    const under = [];
    let wake = () => {};
    const begin = (address) => {
      tried.add(address);
      const one = { over: false, talking: false, main: null, attempts: [] };
      const onPhase = (phase) => {
        one.talking ||= phase !== 'resolve' && phase !== 'connect';
        if (one.talking) wake();
      };
      const converseWhole = async () => {
        const how = { role: 'main', hooks: { onPhase } };
        const { attempt, followUps } = await holdPatiently(service, candidate, address, how);
        one.main = attempt;
        one.attempts = [attempt, ...(await proofs(service, candidate, attempt, followUps))];
        one.over = true;
        wake();
      };
      one.done = converseWhole();
      // Whoever awaits it hears of a fault of our own; until then it is nobody's.
      one.done.catch(() => wake());
      under.push(one);
      return one;
    };
    const ended = () => under.find(({ over, main }) => over && !unconnected(main.report));
    const open = () => under.filter(({ over }) => !over);

    const patience = async (over) => {
      const either = eitherOf(signal, over);
      await hedge(HEDGE_MS, either.signal);
      either.forget();
    };
    for await (const address of addressesInTurn(candidate, discovery, patience)) {
      if (tried.has(address)) continue;
      if (signal.aborted || under.length === ADDRESS_LIMIT) break;
      const one = begin(address);
      const alone = new AbortController();
      wake = () => alone.abort();
      // On the relay port silence is the rule, and one silent address is enough.
      await (relay ? one.done : Promise.race([one.done, hedge(HEDGE_MS, alone.signal)]));
      alone.abort();
      await Promise.all(open().map(({ talking, done }) => (talking ? done : null)));
      if (ended() || (relay && has(one.main.report, 'connect-timeout'))) break;
    }
    while (!ended() && open().length > 0) await Promise.race(open().map(({ done }) => done));

    const late = open();
    const held = under.filter((one) => !late.includes(one));
    const afterwards = Promise.all(late.map(({ done }) => done));
    const lateAttempts = afterwards.then(() => late.flatMap(({ attempts }) => attempts));
    lateAttempts.catch(() => {});
    return {
      attempts: held.flatMap(({ attempts }) => attempts),
      last: (ended() ?? held.at(-1))?.main ?? null,
      late: lateAttempts,
    };
  };

  /** What the conversation suggests, tested. */
  const proofs = async (service, candidate, attempt, followUps) => {
    if (signal.aborted) return [];
    const { report, address } = attempt;
    const asked = await Promise.all(followUps);
    const held = asked.map((followUp) => followUp.attempt).filter(({ role }) => role === 'hello');
    if (has(report, 'tls-expected')) {
      // The follow-up connection that told it has usually been held to its end already.
      const how = { role: 'other-mode', mode: 'implicit-tls' };
      const proof = asked.at(-1) ?? (await holdPatiently(service, candidate, address, how));
      held.push(proof.attempt);
    }
    if (has(report, 'starttls-expected')) {
      const how = { role: 'other-mode', mode: 'starttls' };
      held.push((await holdPatiently(service, candidate, address, how)).attempt);
    }
    if (has(report, 'certificate-name-mismatch') && service.direction !== 'relay') {
      held.push(...(await otherNames(service, candidate, report)));
    }
    return held;
  };

  /** Of the certificate's names only those that somebody vouches for: others are no advice to test. */
  const otherNames = async (service, candidate, report) => {
    const held = [];
    const vouching = await discovery.vouching.wholly();
    const names = certificateNames(report, candidate.host, service.protocol, vouching.aliases);
    for (const host of names.filter((name) => vouchedBy(name, vouching)).slice(0, 2 * NAME_LIMIT)) {
      const found = await discovery.addresses(host);
      const [address] = addressesOf(found);
      if (!address || signal.aborted || held.length === NAME_LIMIT) continue;
      const other = { host, source: 'certificate' };
      const { attempt } = await holdPatiently(service, other, address, {
        role: 'other-name',
        mode: report.target?.mode,
      });
      held.push(attempt);
      if (fine(attempt)) break;
    }
    return held;
  };

  /** A name that works on one address may fail on another, where apps land by chance. */
  const otherAddresses = async (service, main, tried) => {
    if (service.direction === 'relay' || signal.aborted) return [];
    const { v4, v6 } = await discovery.addresses(main.host);
    const fresh = alternating(v4, v6).filter((address) => !tried.has(address));
    const { host, source, priority } = main;
    const held = await Promise.all(
      fresh.slice(0, ADDRESS_LIMIT - 1).map(async (address) => {
        tried.add(address);
        return otherAddressSockets.during(async () => {
          if (silent.has(address) || signal.aborted) return null;
          const how = { role: 'other-address' };
          const candidate = { host, source, priority };
          const { attempt } = await holdPatiently(service, candidate, address, how);
          if (has(attempt.report, 'connect-timeout')) silent.add(address);
          return attempt;
        });
      }),
    );
    return held.filter(Boolean);
  };

  const scanService = async (service) => {
    onProgress(service, { phase: 'resolve', host: null, address: null });
    const plan = await discovery.plans.get(service.name);
    const attempts = [];
    const missing = [];
    const tried = new Set();
    const late = [];
    let candidates = 0;
    let proved = null;
    const outcome = () => ({
      service,
      attempts: [...attempts],
      finding: attempts.length > 0 ? null : nothingToTry(plan, missing),
      missing: [...missing],
      elsewhere: plan.elsewhere,
      declared: plan.declared,
      stopped: signal.aborted,
    });

    for await (const candidate of plan.candidates) {
      if (signal.aborted || candidates === CANDIDATE_LIMIT) break;
      if (candidate.finding) missing.push(candidate);
      // A guess that works is enough, unless somebody may still name another one.
      else if (!proved || NAMED.includes(candidate.source)) {
        const held = await tryCandidate(service, candidate, tried);
        late.push(held.late);
        if (held.last) {
          candidates += 1;
          attempts.push(...held.attempts);
          proved = fine(held.last) ? held.last : proved;
          if (!proved && !worthGoingOn(held.last, known)) break;
        }
      }
      if (proved && (NAMED.includes(proved.source) || !plan.undecided())) break;
    }
    const settled = outcome();
    if (proved) {
      onOutcome(settled);
      attempts.push(...(await otherAddresses(service, proved, tried)));
    }
    attempts.push(...(await Promise.all(late)).flat());
    if (proved && attempts.length === settled.attempts.length) return settled;
    const whole = outcome();
    onOutcome(whole);
    return whole;
  };

  return Promise.all(tables.services.map(scanService));
}

/** IPv4 first: a bridge without IPv6 is common, and says nothing about the server. */
function addressesOf({ v4, v6 }) {
  return [...v4, ...v6];
}

/** What is known of a server's addresses, then what was still being looked up. */
async function* addressesInTurn(candidate, discovery, patience) {
  yield* addressesOf(candidate);
  const over = new AbortController();
  const whole = await Promise.race([discovery.addresses(candidate.host), patience(over.signal)]);
  over.abort();
  if (whole) yield* addressesOf(whole);
}

/** One of each family in turn. */
function alternating(one, other) {
  const longest = Math.max(one.length, other.length);
  return Array.from({ length: longest }, (_, index) => [one[index], other[index]])
    .flat()
    .filter(Boolean);
}

/**
 * The next candidate is tried where this one is not there; and, if its name was only our guess,
 * where what answered is no mail server.
 */
function worthGoingOn({ report, source }, known) {
  if (failedOnOurSide(report, known)) return false;
  if (has(report, 'connect-refused', 'connect-reset', 'connect-unreachable')) return true;
  return (
    source === 'usual' && has(report, 'not-a-mail-server', 'greeting-malformed', 'connect-timeout')
  );
}

function nothingToTry(plan, missing) {
  const gone = ['name-not-found', 'name-without-address'];
  // A lookup that failed leaves open whether there is a server.
  const failed = missing.map(({ finding }) => finding).find(({ id }) => !gone.includes(id));
  const named = missing.find(({ source }) => NAMED.includes(source))?.finding;
  return failed ?? plan.finding ?? named ?? null;
}

/**
 * The names of the server's certificate that are worth a try, the likeliest first. What stands behind
 * a wildcard is a guess, but for the names that the asked one is an alias of.
 */
function certificateNames(report, asked, protocol, aliases = []) {
  const given = (report.certificates?.[0]?.names ?? []).slice(0, CERTIFICATE_NAMES_LIMIT);
  const names = given.flatMap((name) => {
    const lower = String(name).toLowerCase();
    return lower.startsWith('*.') ? namesUnder(lower, protocol) : [lower];
  });
  names.push(...aliases.filter((host) => coveredBy(given, host)));
  const parent = asked.split('.').slice(1).join('.');
  const closeness = (name) =>
    (sameDomain(name, parent) ? 4 : 0) +
    (name.startsWith(protocol.slice(0, 3)) ? 2 : 0) +
    (/^(mail|mx)\b/.test(name) ? 1 : 0);
  return [...new Set(names)]
    .filter((name) => name !== asked && name.includes('.') && isHostName(name))
    .sort((a, b) => closeness(b) - closeness(a));
}

/** AbortSignal.any() for browsers of before 2023; `forget` when nobody waits for it any more. */
function eitherOf(...signals) {
  const both = new AbortController();
  const abort = () => both.abort();
  const heard = [];
  for (const signal of signals) {
    if (signal.aborted) abort();
    else heard.push(onAbort(signal, abort));
  }
  return { signal: both.signal, forget: () => heard.forEach((forget) => forget()) };
}
