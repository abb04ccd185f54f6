/**
 * Conversations → one row per port. Pure.
 *
 * A row's findings start with what the page concluded and go on with what the conversation itself
 * found; its status is that of the weightiest.
 */
import { NAMED } from '../discover/candidates.js';
import {
  STATUSES,
  duration,
  failedOnOurSide,
  has,
  progress,
  reached,
  unconnected,
  works,
} from '../scan/evidence.js';
import { vouchedBy } from '../discover/vouching.js';
import { catalogue } from './findings.js';
import { severityOf } from './severity.js';

/**
 * @param {object} options
 * @param {object} options.tables
 * @param {import('../scan/scan.js').Outcome[]} options.outcomes of the ports that have ended
 * @param {object|null} options.summary of the discovery; null while it is still under way
 * @param {string} options.domain
 * @param {import('../discover/vouching.js').Vouching} [options.vouching] who vouches for a server's name
 * @returns {object[]} rows in the order of the table: {service, port, status, findings, server,
 *   source, address, ms, main, attempts, proof}; `source` is where the name of the server comes from, see
 *   candidates.js; `proof` is the conversation that worked where `main` did not,
 *   under a name that somebody vouches for
 */
export function portResults({ tables, outcomes, summary, domain, vouching = { domain } }) {
  const known = catalogue(tables);
  const fine = (attempt) => works(attempt.report, known);
  const voucher = ({ host }) => vouchedBy(host, vouching);
  const proves = (attempt) => fine(attempt) && voucher(attempt) !== null;
  const someServer = outcomes.some(({ attempts }) => attempts.length > 0);
  const someApp = outcomes.some(
    ({ service, attempts }) => service.direction !== 'relay' && attempts.some(fine),
  );
  // A refusal came from the other end, too: packets travel there and back.
  const ipv6Proved = outcomes
    .flatMap(({ attempts }) => attempts)
    .some(
      ({ address, report }) =>
        isIpv6(address) && (reached(report, 'connect') || has(report, 'connect-refused')),
    );

  const rows = outcomes.map((outcome) => {
    const main = pickMain(outcome.attempts, fine);
    const findings = main
      ? findingsOf(main, outcome, fine)
      : [whyUntried({ outcome, summary, domain, someServer, someApp })];
    return {
      service: outcome.service,
      port: outcome.service.port,
      findings,
      server: main?.host ?? null,
      source: main?.source ?? whyMissing(outcome, findings)?.source ?? null,
      address: main?.address ?? null,
      ms: main && reached(main.report, 'connect') ? duration(main.report) : null,
      main,
      attempts: outcome.attempts,
      proof: main && !fine(main) ? (outcome.attempts.find(proves) ?? null) : null,
      outcome,
    };
  });

  for (const row of rows) {
    if (!row.main) continue;
    concludeName({ row, rows, proves, voucher, domain });
    concludeAddresses({ row, fine, ipv6Proved, known });
  }
  concludeModes(rows);
  concludePorts({ rows, fine, summary, domain });
  // Last, because what is published explains more than what did not answer.
  for (const row of rows) concludeElsewhere(row, fine);

  return rows.map(({ outcome: _outcome, ...row }) => ({ ...row, status: statusOf(row, known) }));
}

function statusOf(row, known) {
  const statuses = row.findings.map((finding) => severityOf(finding, row, known).status);
  return STATUSES.find((status) => statuses.includes(status)) ?? 'works';
}

/** What somebody named is judged; of our guesses, the one that works or came furthest. */
function pickMain(attempts, fine) {
  const mains = attempts.filter(({ role }) => role === 'main');
  const named = mains.filter(({ source }) => NAMED.includes(source));
  const field = named.length > 0 ? named : mains;
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

function whyUntried({ outcome, summary, domain, someServer, someApp }) {
  if (outcome.declared) {
    const relay = someApp ? 'no-new-mail' : 'mail-not-accepted';
    const id = outcome.service.direction === 'relay' ? relay : 'declared-not-offered';
    return { id, args: { domain } };
  }
  if (outcome.stopped) return { id: 'check-stopped', args: {} };
  if (outcome.finding && !isGone(summary)) return outcome.finding;
  if (isGone(summary)) return { id: 'domain-not-found', args: { domain } };
  if (summary?.domain) return summary.domain;
  const { provider } = summary ?? {};
  if (provider?.authentication === 'none') {
    return { id: 'provider-without-ports', args: { domain, provider: provider.name } };
  }
  if (someServer) return { id: 'no-server-known', args: { domain } };
  if (summary?.nullMx) return { id: 'mail-not-accepted', args: { domain } };
  return { id: 'no-published-settings', args: { domain } };
}

/** The server without an address that the first finding is about. */
function whyMissing({ missing }, [first]) {
  return missing.find(({ finding }) => finding === first);
}

/** There is no such domain. */
function isGone(summary) {
  return summary?.domain?.id === 'name-not-found';
}

/** The domain names a port that is not among the seven: the truth may be there, out of our sight. */
function concludeElsewhere(row, fine) {
  const { main, outcome } = row;
  if (outcome.elsewhere.length === 0 || (main && fine(main)) || row.proof) return;
  const elsewhere = outcome.elsewhere.map(({ host, port }) => `${host}:${port}`);
  row.findings.unshift({ id: 'published-on-other-port', args: { elsewhere } });
}

/** Misnamed, refused or missing under the name in question, and proved under another. */
function concludeName({ row, rows, proves, voucher, domain }) {
  const { main, outcome } = row;
  const conclude = (asked, proof) => {
    const published = voucher(proof) === 'records' ? { published: domain } : {};
    const args = { asked, name: proof.host, ...published };
    row.findings.unshift({ id: 'served-by-other-name', args });
  };
  const renamed = outcome.attempts.find(
    ({ role, host }) => role === 'other-name' && host !== main.host,
  );
  const proof = outcome.attempts.find(
    (attempt) => attempt.role === 'other-name' && proves(attempt),
  );
  if (renamed && proof && has(main.report, 'certificate-name-mismatch')) {
    row.proof = proof;
    conclude(main.host, proof);
    return;
  }

  const lost = outcome.missing.find(
    ({ source, finding }) =>
      NAMED.includes(source) && ['name-not-found', 'name-without-address'].includes(finding.id),
  );
  if (lost && proves(main) && !NAMED.includes(main.source)) {
    row.findings.unshift(lost.finding);
    conclude(lost.host, main);
    row.server = lost.host;
    row.source = lost.source;
    row.proof = main;
    return;
  }

  // Who was asked first: the one somebody named, or the first guess, which apps make, too.
  const mains = outcome.attempts.filter(({ role }) => role === 'main');
  const first = NAMED.includes(main.source) ? main : mains[0];
  const elsewhere = mains.find((attempt) => attempt.host !== first.host && proves(attempt));
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
  row.source = first.source;
  row.proof = elsewhere;
  conclude(first.host, elsewhere);
}

/** Some addresses of the name work and others do not: apps pick one by chance. */
function concludeAddresses({ row, fine, ipv6Proved, known }) {
  const { main, outcome } = row;
  if (!fine(main)) return;
  const siblings = outcome.attempts.filter(
    ({ host, role }) => host === main.host && ['main', 'other-address'].includes(role),
  );
  const working = siblings.filter(fine);
  const failing = siblings.filter(
    (attempt) =>
      !fine(attempt) &&
      attempt.report.findings.length > 0 &&
      !failedOnOurSide(attempt.report, known) &&
      !has(attempt.report, 'connect-unreachable'),
  );
  // Silence over IPv6 may be the bridge's own lack, unless IPv6 worked or was refused elsewhere.
  const [doubtful, sure] = split(
    failing,
    ({ address, report }) => isIpv6(address) && !ipv6Proved && unconnected(report),
  );
  const addresses = (attempts) => attempts.map(({ address }) => address);
  const conclude = (id, fails, more = {}) =>
    row.findings.push({
      id,
      args: { host: main.host, works: addresses(working), fails: addresses(fails), ...more },
    });
  if (doubtful.length > 0) conclude('ipv6-unproved', doubtful);
  if (sure.length === 0) return;
  const families = { works: working.some(onIpv6), fails: sure.every(onIpv6) };
  if (families.fails && !families.works) return conclude('ipv6-broken', sure);
  const count = working.length + sure.length;
  const quiet = sure.length === 1 && has(sure[0].report, 'connect-timeout');
  conclude('address-differs', sure, { count, ...(quiet ? { silent_of: count } : {}) });
}

function split(list, test) {
  return [list.filter(test), list.filter((item) => !test(item))];
}

function isIpv6(address) {
  return address.includes(':');
}

function onIpv6({ address }) {
  return isIpv6(address);
}

/**
 * In plain text where encryption belongs, and asked for the upgrade the server has none; the ports that
 * begin in plain text and have none are the same to whoever wants to sign in.
 */
function concludeModes(rows) {
  const bare = rows.filter(isBare);
  for (const row of rows) {
    const alike =
      row.main &&
      has(row.main.report, 'starttls-not-offered') &&
      bare.some(({ service }) => service.direction === row.service.direction);
    if (bare.includes(row) || alike)
      row.findings.unshift({ id: 'plaintext-only', args: { host: row.main.host } });
  }
}

function isBare({ main, outcome }) {
  if (!main || !has(main.report, 'starttls-expected')) return false;
  return outcome.attempts.some(
    ({ role, host, report }) =>
      role === 'other-mode' && host === main.host && has(report, 'starttls-not-offered'),
  );
}

/** What only the sight of all ports tells. */
function concludePorts({ rows, fine, summary, domain }) {
  const met = (row, ...ids) => Boolean(row.main) && has(row.main.report, ...ids);
  const refused = (row) => met(row, 'connect-refused');
  const silent = (row) => met(row, 'connect-timeout');
  const connected = (row) => row.main && reached(row.main.report, 'connect');
  const seen = (row) => !met(row, 'not-tested-from-here');
  const apps = rows.filter((row) => row.service.direction !== 'relay' && seen(row));
  const all = (test) => apps.length > 1 && apps.every(test);
  const conclude = (row, id, args) => row.findings.unshift({ id, args });

  // Nobody names a server, and under the names that we guess there is none.
  const guessed = (row) => row.source === 'usual' && !row.proof;
  const nobody = (row) =>
    guessed(row) && (unconnected(row.main.report) || met(row, 'not-a-mail-server'));
  if (summary?.exchange === false && all(nobody)) {
    for (const row of rows.filter((one) => one.main && !fine(one.main)))
      conclude(row, 'no-mail-server', { domain });
    return;
  }
  const quiet = all(silent);
  const everywhere = all(refused);

  for (const row of rows) {
    const { service, main } = row;
    if (!main) continue;
    if (everywhere && refused(row)) conclude(row, 'refused-everywhere', { host: main.host });
    else if (quiet && silent(row)) conclude(row, 'silent-everywhere', { host: main.host });
    else if (service.direction === 'relay') {
      if (silent(row) && rows.some(connected)) conclude(row, 'port-25-blocked', {});
    } else if (isOlder(service) && (refused(row) || silent(row))) {
      const newer = rows.find((other) => isNewer(other.service, service) && connected(other));
      if (newer)
        conclude(row, 'older-port-off', worksNow(newer, fine) ? { other: newer.port } : {});
    }
  }
}

function isOlder({ direction, mode }) {
  return direction === 'receive' && mode !== 'implicit-tls';
}

function isNewer(service, { protocol }) {
  return service.protocol === protocol && service.mode === 'implicit-tls';
}

function worksNow({ main, proof }, fine) {
  return fine(main) || Boolean(proof && fine(proof));
}
