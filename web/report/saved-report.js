/**
 * A report that was read from a file → what the views show of it. Pure: no name is looked up, nothing is
 * connected to, and nothing is judged anew but what follows from the findings in it, and whose its
 * servers are: anybody can write a file, so only the domain itself and the table of providers vouch.
 */
import { trusted, works } from '../scan/evidence.js';
import { catalogue, policyOf } from '../verdict/findings.js';
import { problems, withNotices } from '../verdict/problems.js';
import { elsewhereOf } from '../verdict/vantage-comparison.js';
import { providerByHost } from '../discover/providers.js';
import { likelyDomains } from '../discover/slips.js';
import { belongs } from '../discover/vouching.js';

/** Who vouches for a host, as far as it can be told without asking anybody. @returns {string|null} */
export function voucherHere(host, domain) {
  if (belongs(host, domain)) return 'domain';
  return providerByHost(host) ? 'provider' : null;
}

/**
 * @param {object} report what readReportFile() returned
 * @param {object} tables
 * @param {(host: string) => string|null} [voucher] who vouches for a host
 * @returns {object} the part of element.js's state that a check leaves behind
 */
export function stateOfReport(
  report,
  tables,
  voucher = (host) => voucherHere(host, report.domain),
) {
  const [vantage, second = null] = report.vantages;
  const known = catalogue(tables);
  const { incoming, outgoing } = report.settings;
  const named = [incoming, outgoing, ...report.typed].filter(Boolean).map(({ server }) => server);
  const means = {
    probes: vantage.probes,
    probesElsewhere: second?.probes ?? [],
    tables,
    known,
    voucher,
  };
  const rows = vantage.rows.map((row) => savedRow(row, means));
  const notices = report.notices
    .filter(({ id }) => policyOf(id).portless)
    .flatMap((notice) => savedNotice(notice, report.domain));
  const settings = savedSettings(report.settings, voucher);
  const server = (incoming ?? outgoing)?.server;
  return {
    rows,
    problems: withNotices(problems(rows, tables), notices, tables),
    settings,
    /** Servers in it that nobody vouches for. */
    strangers: [...new Set(named.filter((host) => !voucher(host)))],
    checked: report.typed.map((side) => savedSide(side, voucher)),
    pasted: report.pasted && {
      ...report.pasted,
      shown: report.pasted.shown.flatMap((entry) =>
        withoutStrangers([entry.finding], voucher).map((finding) => ({ ...entry, finding })),
      ),
      reading: { cause: report.pasted.cause },
      quote: null,
    },
    provider: server ? providerByHost(server, report.domain) : null,
    summary: {
      nullMx: rows.some(({ findings }) =>
        ['mail-not-accepted', 'no-new-mail'].includes(findings[0]?.id),
      ),
      elsewhere: [],
      // What the domain lacks is not in the report; nothing is said of it.
      own: true,
    },
    domain: report.domain,
    // A server of another domain would lend this one its name.
    target: belongs(report.host, report.domain) ? report.host : report.domain,
    mailbox: null,
    vantage: { name: vantage.name, local: vantage.local },
    elsewhere: second && elsewhereOf(rows, second, tables),
    versions: versionsOf(vantage.probes),
    report,
  };
}

/** Whoever vouched then: what the file says of it proves nothing. */
function savedSettings({ incoming, outgoing, alternatives }, voucher) {
  const judged = (setting) => setting && { ...setting, vouched: voucher(setting.server) };
  return {
    incoming: judged(incoming),
    outgoing: judged(outgoing),
    alternatives: alternatives.map(judged).filter(({ vouched }) => vouched),
  };
}

/** Nobody is asked whether he meant a domain that is not like his own. */
function savedNotice({ id, args }, domain) {
  if (id !== 'domain-misspelled') return [{ id, args }];
  const likely = likelyDomains(domain).map((offer) => offer.domain);
  const meant = [args.meant].flat().filter((name) => likely.includes(name));
  return meant.length > 0 ? [{ id, args: { domain, meant } }] : [];
}

/** What was typed then, without the advice to type a stranger's name. */
function savedSide(side, voucher) {
  const { use, values, finding, findings } = side;
  const strange = use === null || (use.server !== side.server && voucher(use.server) === null);
  return {
    ...side,
    use: strange ? null : use,
    values: strange ? values.map((value) => ({ ...value, use: null })) : values,
    finding: finding && (withoutStrangers([finding], voucher)[0] ?? null),
    findings: withoutStrangers(findings, voucher),
  };
}

/** The findings, but for advice to type a name that nobody vouches for. */
function withoutStrangers(findings, voucher) {
  return findings.flatMap(({ id, args }) => {
    if (id === 'served-by-other-name' && !voucher(args.name)) return [];
    if (id !== 'published-on-other-port') return [{ id, args }];
    const { elsewhere, ...rest } = args;
    const own = [elsewhere ?? []].flat().filter((one) => voucher(String(one).replace(/:\d+$/, '')));
    return [{ id, args: own.length > 0 ? { ...rest, elsewhere: own } : rest }];
  });
}

function savedRow(saved, { probes, probesElsewhere, tables, known, voucher }) {
  const row = { ...saved, findings: withoutStrangers(saved.findings, voucher) };
  const service = tables.services.find(({ port }) => port === row.port);
  const attempts = attemptsOf(probes, row).filter(({ role }) => role !== 'versions');
  const main = mainOf(row, attempts);
  const fine = (attempt) => works(attempt.report, known);
  const own = attempts.filter(({ host }) => voucher(host) !== null);
  return {
    ...row,
    service,
    main,
    source:
      attempts.find(({ role, host }) => role === 'main' && host === row.server)?.source ?? null,
    attempts: main ? attempts : [],
    proof: proofOf(row, main, own, fine),
    elsewhere: (main && attemptsOf(probesElsewhere, row)[0]) || undefined,
  };
}

function attemptsOf(probes, { port }) {
  return probes
    .filter(({ target }) => target.port === port)
    .map((report) => ({
      role: report.role,
      host: report.target.name,
      address: report.target.address,
      source: report.source,
      priority: null,
      report,
    }));
}

/** The conversation that the row is about: its address tells, and its server where that is its name. */
function mainOf({ server, address }, attempts) {
  const mains = attempts.filter(({ role }) => role === 'main');
  const here = mains.filter((attempt) => attempt.address === address);
  return here.find(({ host }) => host === server) ?? here[0] ?? mains[0] ?? attempts[0] ?? null;
}

/** What worked in place of the row's own server or mode, of the servers that somebody vouches for. */
function proofOf({ findings }, main, attempts, fine) {
  if (!main) return null;
  const renamed = findings.find(({ id }) => id === 'served-by-other-name');
  const other = attempts.find(
    (attempt) => renamed && attempt.host === renamed.args.name && fine(attempt),
  );
  if (other) return other;
  return fine(main)
    ? null
    : (attempts.find((attempt) => fine(attempt) && trusted(attempt.report)) ?? null);
}

function versionsOf(probes) {
  return new Map(
    probes
      .filter(({ role, versions }) => role === 'versions' && versions)
      .map((report) => [report.target.port, report]),
  );
}
