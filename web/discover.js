/**
 * Address → candidate servers for each of the mail ports, best first.
 *
 * Sources in order of trust: what was typed, the embedder's preset, published SRV records (RFC 6186,
 * RFC 8314), the table of known providers, the usual names. Every query that can be asked without
 * an answer to another one leaves at once; each port's plan is ready as soon as its own answers are.
 */
import { providerByDomain, providerByMx } from './providers.js';

/** First labels that mail apps guess, in their order; '' is the domain itself. */
const USUAL_LABELS = {
  imap: ['imap', 'mail', ''],
  pop3: ['pop', 'pop3', 'mail', ''],
  smtp: ['smtp', 'mail', 'outgoing', ''],
};

/** Mail exchangers tried on port 25: the first by preference, and two that stand in for it. */
const MX_LIMIT = 3;

/**
 * @typedef {{host: string, source: 'typed'|'preset'|'published'|'related'|'provider'|'usual'|'mx',
 *   v4: string[], v6: string[], finding: {id: string, args: object}|null}} Candidate
 *   `related` is a published server of another service; `finding` says why a name has no address.
 * @typedef {{service: object, candidates: Candidate[], declared: boolean, finding: object|null}} Plan
 *   `declared`: the domain publishes that it deliberately does not offer this service; `finding`:
 *   what kept us from knowing a server at all.
 */

/**
 * @param {object} options
 * @param {object} options.typed what parseAddress() returned
 * @param {object|null} options.preset what readPreset() returned
 * @param {object[]} options.services rows of the table
 * @param {{resolve(name: string, type: string): Promise<object>}} options.resolver
 * @returns {{plans: Map<string, Promise<Plan>>, summary: Promise<object>,
 *   addresses(host: string): Promise<object>}} summary: {published, provider, nullMx, domain}, where
 *   `domain` is the finding about the domain itself, or null
 */
export function discover({ typed, preset, services, resolver }) {
  const known = new Map();
  const addresses = (host) => {
    if (!known.has(host)) known.set(host, lookUpAddresses(resolver, host));
    return known.get(host);
  };

  if (typed.ip) return literalOnly(typed, services, addresses);

  const { domain } = typed;
  const apps = services.filter((service) => service.direction !== 'relay');
  const mx = resolver.resolve(domain, 'MX');
  const srv = new Map(
    apps.map((service) => [
      service.name,
      resolver.resolve(`_${service.name}._tcp.${domain}`, 'SRV'),
    ]),
  );
  const named = providerByDomain(domain);
  const provider = named
    ? Promise.resolve(named)
    : mx.then((answer) => providerByMx(mxHosts(answer)));

  // Asked before anything is known, so that the answers are here when they are wanted.
  const early = [typed.host, ...Object.values(preset ?? {}).flat()];
  if (named) early.push(...named.imap, ...named.pop3, ...named.smtp);
  for (const { protocol } of services) early.push(...usualNames(protocol, domain));
  for (const host of new Set(early.filter(Boolean))) addresses(host);

  const plan = async (service) => {
    const hosts = new Candidates();
    if (typed.serves.includes(service.protocol)) hosts.add('typed', [typed.host]);
    if (service.direction === 'relay') {
      const answer = await mx;
      hosts.add('mx', mxHosts(answer).slice(0, MX_LIMIT));
      if (answer.outcome === 'no-data') hosts.add('usual', [domain, ...usualNames('smtp', domain)]);
      const failed = !['answer', 'no-data', 'name-not-found'].includes(answer.outcome);
      return {
        service,
        candidates: await hosts.resolved(addresses),
        declared: isNullMx(answer),
        finding: failed ? asFinding(answer, domain) : null,
      };
    }
    hosts.add('preset', preset?.[service.protocol] ?? []);
    const published = await publishedFor(service, apps, srv);
    hosts.add('published', published.hosts);
    if (!published.declared) {
      hosts.add('related', published.related);
      hosts.add('provider', (await provider)?.[service.protocol] ?? []);
      hosts.add('usual', usualNames(service.protocol, domain));
    }
    return {
      service,
      candidates: await hosts.resolved(addresses),
      declared: published.declared,
      finding: null,
    };
  };

  return {
    plans: new Map(services.map((service) => [service.name, plan(service)])),
    summary: summarize({ domain, mx, srv, provider, addresses }),
    addresses,
  };
}

/** Names to try where a certificate says `*.example.net`: what the service is usually called there. */
export function namesUnder(wildcard, protocol) {
  return usualNames(protocol, wildcard.slice(2)).slice(0, 2);
}

class Candidates {
  #bySource = new Map();

  add(source, hosts) {
    for (const host of hosts) if (!this.#bySource.has(host)) this.#bySource.set(host, source);
  }

  async resolved(addresses) {
    return Promise.all(
      [...this.#bySource].map(async ([host, source]) => ({
        host,
        source,
        ...(await addresses(host)),
      })),
    );
  }
}

async function lookUpAddresses(resolver, host) {
  const [v4, v6] = await Promise.all([resolver.resolve(host, 'A'), resolver.resolve(host, 'AAAA')]);
  const found = { v4: v4.records, v6: v6.records, finding: null };
  if (v4.records.length + v6.records.length === 0) found.finding = missing(host, v4, v6);
  return found;
}

function missing(host, v4, v6) {
  // One answer that failed leaves open whether the name has an address.
  const failure = [v4, v6].find(({ outcome }) => !['no-data', 'name-not-found'].includes(outcome));
  if (failure) return asFinding(failure, host);
  const gone = v4.outcome === 'name-not-found' || v6.outcome === 'name-not-found';
  return { id: gone ? 'name-not-found' : 'name-without-address', args: { host } };
}

/** A failed DNS outcome as a finding: the bridge's own doing keeps its name, the rest is the resolver's. */
function asFinding({ outcome, args }, host) {
  const id = outcome.startsWith('bridge-') ? outcome : 'resolver-failed';
  return { id, args: { host, ...args, outcome } };
}

async function publishedFor(service, apps, srv) {
  const answers = new Map(
    await Promise.all([...srv].map(async ([name, answer]) => [name, await answer])),
  );
  const own = answers.get(service.name).records;
  const offers = (row, test) =>
    [...answers.get(row.name).records]
      .filter((record) => record.host !== '.' && test(record))
      .sort((a, b) => a.priority - b.priority || b.weight - a.weight)
      .map((record) => record.host);
  const siblings = apps.filter((row) => row.protocol === service.protocol);
  // The port decides, not the label: 465 is published under `_submission` in the wild.
  const hosts = siblings.flatMap((row) => offers(row, (record) => record.port === service.port));
  const relatives = apps.filter((row) => row.direction === service.direction);
  const related = [...siblings, ...relatives].flatMap((row) => offers(row, () => true));
  const declared =
    hosts.length === 0 && own.length > 0 && own.every((record) => record.host === '.');
  return { hosts, related, declared };
}

async function summarize({ domain, mx, srv, provider, addresses }) {
  const exchange = await mx;
  const services = await Promise.all(srv.values());
  const own = await addresses(domain);
  let finding = null;
  if (exchange.outcome === 'name-not-found')
    finding = { id: 'name-not-found', args: { host: domain } };
  else if (own.finding && !['answer', 'no-data'].includes(exchange.outcome)) {
    finding = asFinding(exchange, domain);
  }
  return {
    published: services.some(({ records }) => records.some((record) => record.host !== '.')),
    provider: await provider,
    nullMx: isNullMx(exchange),
    domain: finding,
  };
}

function literalOnly(typed, services, addresses) {
  const v6 = typed.host.includes(':');
  const candidate = {
    host: typed.host,
    source: 'typed',
    v4: v6 ? [] : [typed.host],
    v6: v6 ? [typed.host] : [],
    finding: null,
  };
  return {
    plans: new Map(
      services.map((service) => [
        service.name,
        Promise.resolve({
          service,
          candidates: [{ ...candidate }],
          declared: false,
          finding: null,
        }),
      ]),
    ),
    summary: Promise.resolve({ published: false, provider: null, nullMx: false, domain: null }),
    addresses: (host) => (host === typed.host ? Promise.resolve(candidate) : addresses(host)),
  };
}

function usualNames(protocol, domain) {
  return USUAL_LABELS[protocol].map((label) => (label ? `${label}.${domain}` : domain));
}

function mxHosts({ records }) {
  return [...records]
    .sort((a, b) => a.preference - b.preference)
    .map((record) => record.host)
    .filter((host) => host !== '.');
}

/** RFC 7505: a single exchanger named `.` says that the domain takes no mail. */
function isNullMx({ records }) {
  return records.length > 0 && records.every((record) => record.host === '.');
}
