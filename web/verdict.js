/**
 * Conversations → one row per port, and one problem per cause. Pure.
 *
 * A row's findings start with what the page concluded and go on with what the conversation itself
 * found; its status is that of the weightiest.
 */
import {
  STATUSES,
  duration,
  failedOnOurSide,
  has,
  progress,
  reached,
  unconnected,
  works,
} from './evidence.js';
import { VERDICTS } from './verdicts.js';

/** Sources that somebody vouches for; other names are only our guess. */
const VOUCHED = ['typed', 'preset', 'published'];

/** Finding → the findings it only follows from. It is not shown beside one of them. */
const FOLLOWS = {
  'connect-refused': ['older-port-off', 'refused-everywhere', 'served-by-other-name'],
  'connect-timeout': ['port-25-blocked', 'served-by-other-name'],
  'name-not-found': ['served-by-other-name'],
  'name-without-address': ['served-by-other-name'],
  'greeting-timeout': ['tls-expected'],
  'greeting-malformed': ['not-a-mail-server', 'starttls-expected', 'tls-expected'],
  'connection-closed': [
    'greeting-refused',
    'reply-refused',
    'starttls-refused',
    'starttls-expected',
  ],
  'starttls-not-offered': ['starttls-masked', 'ehlo-refused'],
  'starttls-refused': ['starttls-masked'],
  'cleartext-sign-in-offered': ['starttls-not-offered', 'starttls-masked', 'starttls-refused'],
  'handshake-failed': ['handshake-alert', 'tls13-only', 'beyond-our-reach', 'starttls-expected'],
  'cipher-weak': ['tls-version-old'],
  'certificate-name-mismatch': ['served-by-other-name', 'certificate-without-san'],
  'certificate-unknown-issuer': ['certificate-self-signed', 'certificate-incomplete-chain'],
  'certificate-expires-soon': ['certificate-expired'],
  'certificate-misordered-chain': ['certificate-incomplete-chain'],
};

/** Between servers encryption is tried, not demanded: these do not stop mail on the relay port. */
const RELAY_TOLERATES = ['starttls-not-offered', 'tls-version-old'];

/** How urgent a problem is, the most urgent first. */
const ACTS = ['fix', 'aware', 'none'];

/** @returns {Map<string, object>} findings and verdicts by id */
export function catalogue(tables) {
  return new Map([...tables.diagnoses, ...VERDICTS].map((row) => [row.id, row]));
}

/**
 * @param {object} options
 * @param {object} options.tables
 * @param {import('./scan.js').Outcome[]} options.outcomes of the ports that have ended
 * @param {object|null} options.summary of the discovery; null while it is still under way
 * @param {string} options.domain
 * @returns {object[]} rows in the order of the table: {service, port, status, findings, server,
 *   address, ms, main, attempts, proof}; `proof` is the conversation that worked where `main` did not
 */
export function judge({ tables, outcomes, summary, domain }) {
  const known = catalogue(tables);
  const diagnoses = new Map(tables.diagnoses.map((row) => [row.id, row]));
  const fine = (attempt) => works(attempt.report, diagnoses);
  const someServer = outcomes.some(({ attempts }) => attempts.length > 0);
  const ipv6Proved = outcomes
    .flatMap(({ attempts }) => attempts)
    .some(({ address, report }) => address.includes(':') && reached(report, 'connect'));

  const rows = outcomes.map((outcome) => {
    const main = pickMain(outcome.attempts, fine);
    const findings = main
      ? findingsOf(main, outcome, fine)
      : [whyUntried({ outcome, summary, domain, someServer })];
    return {
      service: outcome.service,
      port: outcome.service.port,
      findings,
      server: main?.host ?? null,
      address: main?.address ?? null,
      ms: main && reached(main.report, 'connect') ? duration(main.report) : null,
      main,
      attempts: outcome.attempts,
      proof: main && !fine(main) ? (outcome.attempts.find(fine) ?? null) : null,
      outcome,
    };
  });

  for (const row of rows) {
    if (!row.main) continue;
    concludeName(row, rows, fine);
    concludeAddresses(row, fine, ipv6Proved);
  }
  concludePorts(rows, fine);

  return rows.map(({ outcome, ...row }) => ({ ...row, status: statusOf(row, known) }));
}

/** The table row of a finding as it weighs on this port. */
export function weigh(finding, row, known) {
  const base = known.get(finding.id);
  if (!base) return { status: 'not-tested', act: 'none', who: [] };
  const { status, act, who } = base;
  if (row.service.direction === 'relay') {
    if (tolerated(base) && status === 'broken') return { status: 'works-but', act: 'aware', who };
    if (finding.id === 'connect-refused') return { status, act: 'none', who };
  }
  return { status, act, who };
}

function tolerated({ id, phase }) {
  return phase === 'certificate' || RELAY_TOLERATES.includes(id);
}

/** The findings of a row that are shown: what only follows from another is left out. */
export function shown(row) {
  const ids = row.findings.map(({ id }) => id);
  return row.findings.filter(({ id }) => !FOLLOWS[id]?.some((cause) => ids.includes(cause)));
}

/**
 * One problem per cause, the most urgent first, each with the ports it holds for.
 * @returns {Array<{id: string, args: object, rows: object[], status: string, act: string,
 *   who: string[]}>}
 */
export function problems(rows, tables) {
  const known = catalogue(tables);
  const grouped = new Map();
  for (const row of rows) {
    for (const finding of shown(row)) {
      const weight = withFollowers(finding, row, known);
      if (weight.status === 'works') continue;
      const { act, other } = urgency(weight, finding, row, rows);
      // What an app should do instead is no advice for the port that apps do not use.
      const relay =
        row.service.direction === 'relay' && tolerated(known.get(finding.id) ?? finding);
      const key = JSON.stringify([finding.id, act, relay, causeKey(finding, row)]);
      const problem = grouped.get(key) ?? { ...weight, act, id: finding.id, args: {}, rows: [] };
      problem.args = gather(problem.args, { ...contextArgs(row, other), ...finding.args });
      if (relay) problem.args.relay = true;
      problem.rows.push(row);
      grouped.set(key, problem);
    }
  }
  return [...grouped.values()].sort(
    (a, b) =>
      ACTS.indexOf(a.act) - ACTS.indexOf(b.act) ||
      STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status),
  );
}

function statusOf(row, known) {
  const statuses = row.findings.map((finding) => weigh(finding, row, known).status);
  return STATUSES.find((status) => statuses.includes(status)) ?? 'works';
}

/** What somebody vouched for is judged; of our guesses, the one that works or came furthest. */
function pickMain(attempts, fine) {
  const mains = attempts.filter(({ role }) => role === 'main');
  const vouched = mains.filter(({ source }) => VOUCHED.includes(source));
  const field = vouched.length > 0 ? vouched : mains;
  const furthest = [...field].sort((a, b) => progress(b.report) - progress(a.report))[0];
  return field.find(fine) ?? furthest ?? null;
}

function findingsOf(main, outcome, fine) {
  const findings = main.report.findings.map(({ id, args }) => ({ id, args: args ?? {} }));
  if (findings.length === 0 && !fine(main)) {
    return [{ id: 'check-stopped', args: {} }];
  }
  return findings;
}

function whyUntried({ outcome, summary, domain, someServer }) {
  if (outcome.declared) {
    const id = outcome.service.direction === 'relay' ? 'mail-not-accepted' : 'declared-not-offered';
    return { id, args: { domain } };
  }
  if (outcome.stopped) return { id: 'check-stopped', args: {} };
  if (outcome.finding) return outcome.finding;
  if (summary?.domain) return summary.domain;
  if (someServer) return { id: 'no-server-known', args: { domain } };
  if (summary?.nullMx) return { id: 'mail-not-accepted', args: { domain } };
  return { id: 'no-published-settings', args: { domain } };
}

/** Misnamed, refused or missing under the name in question, and proved under another. */
function concludeName(row, rows, fine) {
  const { main, outcome } = row;
  const conclude = (asked, name) => {
    row.findings.unshift({ id: 'served-by-other-name', args: { asked, name } });
  };
  const renamed = outcome.attempts.find(
    ({ role, host }) => role === 'other-name' && host !== main.host,
  );
  const proof = outcome.attempts.find((attempt) => attempt.role === 'other-name' && fine(attempt));
  if (renamed && proof && has(main.report, 'certificate-name-mismatch')) {
    row.proof = proof;
    conclude(main.host, proof.host);
    return;
  }

  const lost = outcome.missing.find(
    ({ source, finding }) =>
      VOUCHED.includes(source) && ['name-not-found', 'name-without-address'].includes(finding.id),
  );
  if (lost && fine(main) && !VOUCHED.includes(main.source)) {
    row.findings.unshift(lost.finding);
    conclude(lost.host, main.host);
    row.server = lost.host;
    row.proof = main;
    return;
  }

  // Who was asked first: the one somebody vouches for, or the first guess, which apps make, too.
  const mains = outcome.attempts.filter(({ role }) => role === 'main');
  const first = VOUCHED.includes(main.source) ? main : mains[0];
  const elsewhere = mains.find((attempt) => attempt.host !== first.host && fine(attempt));
  if (!elsewhere || !unconnected(first.report)) return;
  if (has(first.report, 'connect-unreachable')) return;
  // A server that answers on another port has the right name; this port is just not offered.
  const answers = rows.some(
    (other) =>
      other.service.direction === row.service.direction &&
      other.outcome.attempts.some(
        (attempt) => attempt.host === first.host && reached(attempt.report, 'connect'),
      ),
  );
  if (answers) return;
  if (first !== main) row.findings.unshift(...first.report.findings);
  row.server = first.host;
  row.proof = elsewhere;
  conclude(first.host, elsewhere.host);
}

/** Some addresses of the name work and others do not: apps pick one by chance. */
function concludeAddresses(row, fine, ipv6Proved) {
  const { main, outcome } = row;
  if (!fine(main)) return;
  const failing = outcome.attempts.filter(
    (attempt) =>
      attempt.host === main.host &&
      attempt.address !== main.address &&
      ['main', 'other-address'].includes(attempt.role) &&
      !fine(attempt) &&
      attempt.report.findings.length > 0 &&
      !failedOnOurSide(attempt.report) &&
      !has(attempt.report, 'connect-unreachable') &&
      // Silence over IPv6 may be the bridge's own lack, unless IPv6 worked for another server.
      (ipv6Proved || !attempt.address.includes(':') || !unconnected(attempt.report)),
  );
  if (failing.length === 0) return;
  row.findings.push({
    id: 'address-differs',
    args: { host: main.host, works: main.address, fails: failing.map(({ address }) => address) },
  });
}

/** What only the sight of all ports tells. */
function concludePorts(rows, fine) {
  const refused = (row) => row.main && has(row.main.report, 'connect-refused');
  const connected = (row) => row.main && reached(row.main.report, 'connect');
  const apps = rows.filter(({ service }) => service.direction !== 'relay');
  const everywhere = apps.length > 1 && apps.every(refused);

  for (const row of rows) {
    const { service, main } = row;
    if (!main) continue;
    const conclude = (id, args) => row.findings.unshift({ id, args });
    if (everywhere && refused(row)) conclude('refused-everywhere', { host: main.host });
    else if (service.direction === 'relay') {
      if (has(main.report, 'connect-timeout') && rows.some(connected))
        conclude('port-25-blocked', {});
    } else if (service.direction === 'receive' && service.mode !== 'implicit-tls' && refused(row)) {
      const newer = rows.find(
        (other) =>
          other.service.protocol === service.protocol &&
          other.service.mode === 'implicit-tls' &&
          other.main &&
          (fine(other.main) || (other.proof && fine(other.proof))),
      );
      if (newer) conclude('older-port-off', { other: newer.port });
    }
  }
}

/** A cause is as weighty as the weightiest of what follows from it. */
function withFollowers(finding, row, known) {
  const followers = row.findings.filter(({ id }) => FOLLOWS[id]?.includes(finding.id));
  const heavier = (a, b) => STATUSES.indexOf(b.status) < STATUSES.indexOf(a.status);
  return followers
    .map((follower) => weigh(follower, row, known))
    .reduce(
      (most, next) =>
        heavier(most, next) ? { ...most, status: next.status, act: next.act } : most,
      weigh(finding, row, known),
    );
}

/**
 * A port that is missing matters less where another does the same work, and more where none does.
 * @returns {{act: string, other: number|null}} `other` is the best port that works instead
 */
function urgency({ status, act }, { id }, row, rows) {
  const { direction } = row.service;
  const alternatives = rows
    .filter(
      (other) =>
        other !== row &&
        other.service.direction === direction &&
        ['works', 'works-but'].includes(other.status),
    )
    .sort((a, b) => rank(a, row) - rank(b, row));
  const other = alternatives[0]?.port ?? null;
  if (other !== null) return { act: id === 'connect-refused' ? 'none' : act, other };
  const stopping = ['broken', 'blocked', 'not-offered'].includes(status);
  const alone = direction !== 'relay' && act === 'aware' && stopping && !row.proof;
  return { act: alone ? 'fix' : act, other };
}

function rank(candidate, row) {
  return (
    (candidate.service.protocol === row.service.protocol ? 0 : 2) +
    (candidate.service.mode === 'implicit-tls' ? 0 : 1)
  );
}

/** The arguments that tell one cause from another; findings not named here have one cause each. */
const CAUSE = {
  'name-not-found': ['host'],
  'name-without-address': ['host'],
  'not-a-mail-server': ['looks_like'],
  'handshake-alert': ['alert'],
  'tls-version-old': ['version'],
  'cipher-weak': ['suite'],
  'certificate-expired': ['not_after'],
  'certificate-not-yet-valid': ['not_before'],
  'certificate-expires-soon': ['not_after'],
  'certificate-name-mismatch': ['names'],
  'certificate-unknown-issuer': ['issuer'],
  'certificate-incomplete-chain': ['issuer'],
  'served-by-other-name': ['name'],
  'address-differs': ['fails'],
};

/** Arguments that become a list where several ports share a cause. */
const GATHERED = ['host', 'asked', 'other', 'proved', 'works'];

/** Problems with one cause on several ports are one problem. */
function causeKey({ id, args }, row) {
  if (id.startsWith('connect-')) return row.service.direction;
  return (CAUSE[id] ?? []).map((name) => args[name]);
}

/** The arguments of a problem once one more row has it. */
function gather(before, now) {
  const args = { ...now, ...before };
  for (const name of GATHERED) {
    const values = new Set([before[name], now[name]].flat().filter((value) => value !== undefined));
    if (values.size > 0) args[name] = values.size === 1 ? [...values][0] : [...values];
  }
  args.ports = [...(before.ports ?? []), now.port];
  return args;
}

function contextArgs(row, other) {
  const args = { port: row.port, protocol: row.service.protocol.toUpperCase() };
  if (row.server) args.host = row.server;
  if (other !== null) args.other = other;
  if (row.proof?.role === 'other-mode') args.proved = row.port;
  return args;
}
