/**
 * Address → candidate servers for each of the mail ports, best first.
 *
 * Sources in order of trust: what a person entered, the embedder's preset, published SRV records (RFC 6186,
 * RFC 8314), the table of known providers, the usual names. Every query that can be asked without
 * an answer to another one leaves at once; each port starts as soon as a server of its own is known.
 */
import { sameDomain } from '../input/address.js';
import { registrableDomain } from '../input/public-suffix.js';
import { USUAL_LABELS } from '../input/server-labels.js';
import { Signal, Plan } from './candidates.js';
import { PARTS } from '#parts';
import { bringProviders, hostsOf, providerByDomain, providerByMx } from './providers.js';
import { belongs, namesProvider, presetHolds } from './vouching.js';

/** Mail exchangers tried on port 25: the first by preference, and two that stand in for it. */
const MX_LIMIT = 3;
/** Most domains publish nothing of this, so nobody waits long for it. */
const OPTIONAL_TIMEOUT_MS = 3000;

/** Outcomes that tell something about the name; the others are failures of somebody's DNS, or its will. */
const TELLING = ['answer', 'no-data', 'name-not-found'];

/**
 * @param {object} options
 * @param {object} options.address what parseAddress() returned
 * @param {string[]} [options.servers] servers in the settings of a mail app
 * @param {object|null} options.preset what readPreset() returned; its servers are tried for the domains
 *   that it may speak for, see vouching.js
 * @param {object[]} options.services rows of the table
 * @param {{resolve(name: string, type: string, options?: object): Promise<object>}} options.resolver
 * @param {(ms: number) => Promise<void>} [options.sleep]
 * @returns {{plans: Map<string, Promise<Plan>>, summary: Promise<Summary>,
 *   addresses(host: string): Promise<{v4: string[], v6: string[], finding: object|null}>,
 *   vouching: {sofar(): Vouching, wholly(): Promise<Vouching>}}}
 *   addresses() waits for both families; `vouching` is who vouches for a name, as vouchedBy() takes it
 *
 * @typedef {import('./vouching.js').Vouching} Vouching
 * @typedef {{published: boolean|null, autoconfig: boolean|null, provider: object|null, own: boolean,
 *   foreign: boolean, meant: string[], exchange: boolean|null, nullMx: boolean, elsewhere: object[],
 *   domain: object|null}} Summary
 *   `published`: there are SRV records, null where that could not be learned; `autoconfig`: the
 *   host that apps ask for a configuration file exists; `own`: the domain is the provider's own;
 *   `foreign`: it is none of those that the preset may speak for; `meant`: where the domain has no mail
 *   exchanger and may be mistyped, the domains that were perhaps meant; `exchange`: it has MX
 *   records, null where that could not be learned;
 *   `elsewhere`: {service, host, port} published on other ports; `domain` is the finding about the
 *   domain itself, or null
 */
export function discover({ address, servers = [], preset, services, resolver, sleep = sleepFor }) {
  const changed = new Signal();
  const book = new AddressBook(resolver, changed);
  const addresses = (host) => book.wholly(host);
  const plan = (service, sources) =>
    new Plan({ service, sources, addresses: (host) => book.sofar(host), changed, sleep });

  if (address.ip) return literalOnly({ address, servers, services, plan, book });

  const { domain } = address;
  const apps = services.filter((service) => service.direction !== 'relay');
  const ports = new Set(services.map(({ port }) => port));
  const optional = { timeoutMs: OPTIONAL_TIMEOUT_MS };
  const mx = resolver.resolve(domain, 'MX');
  const srv = new Map(
    apps.map((service) => [
      service.name,
      resolver.resolve(`_${service.name}._tcp.${domain}`, 'SRV', optional),
    ]),
  );
  const named = providerByDomain(domain);
  /** What of the table of providers did not come: then nobody can be told whose the servers are. */
  let lost = null;
  const bring = (names) => bringProviders(names).catch((error) => (lost ??= error));
  const byMx = async () => {
    const hosts = mxHosts(await mx);
    await bring(hosts);
    return providerByMx(hosts);
  };
  const provider = named ?? byMx();
  const listed = presetHolds(preset, domain);
  const held = listed || mx.then((answer) => presetHolds(preset, domain, mxHosts(answer)));

  const known = {
    domain,
    entered: [address.host, ...servers].filter(Boolean),
    provider: named,
    preset: listed ? preset : null,
    published: [],
  };
  const settled = [
    Promise.resolve(provider).then((found) => Object.assign(known, { provider: found })),
    Promise.resolve(held).then((holds) => Object.assign(known, { preset: holds ? preset : null })),
    ...[...srv.values()].map((answer) =>
      answer.then(({ records }) => {
        const hosts = records.map(({ host }) => host);
        known.published.push(...hosts);
        return bring(hosts);
      }),
    ),
  ];
  const sofar = () => ({
    ...known,
    published: [...known.published],
    aliases: book.aliases((host) => belongs(host, domain) || known.published.includes(host)),
  });
  const wholly = async () => {
    await Promise.all(settled);
    if (lost) throw lost;
    return sofar();
  };
  const vouching = { sofar, wholly };

  // Asked before anything is known, so that the answers are here when they are wanted.
  const early = [address.host];
  for (const { protocol } of services) {
    early.push(...(known.preset?.[protocol] ?? []));
    early.push(...hostsOf(named, protocol), ...ownNames(protocol, domain));
  }
  for (const host of early.filter(Boolean)) book.sofar(host);
  // What comes later is looked up the moment its name is known.
  for (const answer of [mx, ...srv.values()]) {
    answer.then(({ records }) => {
      const hosts = records.map(({ host }) => host).filter((host) => host !== '.');
      for (const host of hosts.slice(0, MX_LIMIT)) book.sofar(host);
    });
  }

  const enteredServers = (service) =>
    address.serves.includes(service.protocol) ? asServers([address.host]) : [];

  const presetServers = ({ protocol }) => {
    const own = asServers(preset?.[protocol] ?? []);
    if (listed || own.length === 0) return own;
    return held.then((holds) => (holds ? own : []));
  };

  const relayPlan = (service) => {
    const made = plan(service, [
      ['typed', enteredServers(service)],
      ['mx', mx.then((answer) => asServers(mxHosts(answer).slice(0, MX_LIMIT)))],
      ['usual', mx.then((answer) => asServers(standIns(answer, domain)))],
    ]);
    mx.then((answer) => {
      made.declared = isNullMx(answer);
      if (!TELLING.includes(answer.outcome)) made.finding = asFinding(answer, domain);
    });
    return made;
  };

  // Where the mail for a department goes to its university's servers, and it has none of its own, its
  // mailboxes are there, too.
  const above = ownerAbove(domain);
  const isAbove = (host) => sameDomain(host, above) && !sameDomain(host, domain);
  const namesAbove = async ({ protocol }) => {
    const exchangers = mxHosts(await mx);
    if (exchangers.length === 0 || !exchangers.every(isAbove)) return [];
    const own = await Promise.all(ownNames(protocol, domain).map(addresses));
    const any = own.some(({ v4, v6 }) => v4.length + v6.length > 0);
    return asServers(any ? [] : ownNames(protocol, above));
  };

  const appPlan = (service) => {
    const own = srv.get(service.name);
    const siblings = apps.filter((row) => row.protocol === service.protocol && row !== service);
    const relatives = apps.filter(
      (row) => row.direction === service.direction && row.protocol !== service.protocol,
    );
    const from = (row, test) => srv.get(row.name).then(({ records }) => offers(records, test));
    const here = ({ port }) => port === service.port;
    const made = plan(service, [
      ['typed', enteredServers(service)],
      ['preset', presetServers(service)],
      // The port decides, not the label: 465 is published under `_submission` in the wild.
      ...[service, ...siblings].map((row) => ['published', from(row, here)]),
      ...[service, ...siblings, ...relatives].map((row) => ['related', from(row, () => true)]),
      ['provider', providerServers(provider, service)],
      ['usual', asServers(ownNames(service.protocol, domain))],
      ...(above ? [['usual', namesAbove(service)]] : []),
    ]);
    own.then(({ records }) => {
      made.declared = records.length > 0 && records.every(({ host }) => host === '.');
      made.elsewhere = offers(records, ({ port }) => !ports.has(port)).map(({ host, port }) => ({
        host,
        port,
      }));
    });
    return made;
  };

  const plans = services.map((service) => [
    service.name,
    Promise.resolve(service.direction === 'relay' ? relayPlan(service) : appPlan(service)),
  ]);
  return {
    plans: new Map(plans),
    summary: summarize({
      domain,
      mx,
      srv,
      ports,
      provider,
      own: Boolean(named),
      meant: mx.then((answer) => meantInstead({ address, answer, preset, resolver })),
      foreign: namesProvider(preset) && Promise.resolve(held).then((holds) => !holds),
      resolver,
      addresses,
    }),
    addresses,
    vouching,
  };
}

/** Names to try where a certificate says `*.example.net`: what the service is usually called there. */
export function namesUnder(wildcard, protocol) {
  return usualNames(protocol, wildcard.slice(2)).slice(0, 2);
}

/** The addresses of names, each asked for once, as far as they are known. */
class AddressBook {
  #known = new Map();

  constructor(resolver, changed) {
    this.resolver = resolver;
    this.changed = changed;
  }

  /** What is known now: null for a family that was not answered yet. */
  sofar(host) {
    if (!this.#known.has(host)) this.#ask(host);
    return this.#known.get(host);
  }

  /** Both families, once both have been answered. */
  async wholly(host) {
    await this.sofar(host).settled;
    const { v4, v6, finding } = this.sofar(host);
    return { v4, v6, finding };
  }

  /** Where the names that pass the test lead to as aliases, as far as that is known. */
  aliases(test) {
    const found = [...this.#known].filter(([host]) => test(host));
    return [...new Set(found.flatMap(([, { aliases }]) => aliases))];
  }

  /** An address that needs no lookup. */
  learn(host, { v4, v6 }) {
    const settled = Promise.resolve();
    this.#known.set(host, { v4, v6, aliases: [], finding: null, settled });
  }

  #ask(host) {
    const entry = { v4: null, v6: null, aliases: [], finding: null, settled: null };
    this.#known.set(host, entry);
    const ask = async (family, type) => {
      const answer = await this.resolver.resolve(host, type);
      entry[family] = answer.records;
      entry.aliases.push(...answer.aliases);
      return answer;
    };
    entry.settled = Promise.all([
      ask('v4', 'A').finally(() => this.changed.emit()),
      ask('v6', 'AAAA'),
    ]).then(([v4, v6]) => {
      if (v4.records.length + v6.records.length === 0) entry.finding = missing(host, v4, v6);
      this.changed.emit();
    });
  }
}

function missing(host, v4, v6) {
  // One answer that failed leaves open whether the name has an address.
  const failure = [v4, v6].find(({ outcome }) => !TELLING.includes(outcome));
  if (failure) return asFinding(failure, host);
  const gone = [v4, v6].find(({ outcome }) => outcome === 'name-not-found');
  const id = gone ? 'name-not-found' : 'name-without-address';
  // An alias that leads nowhere is another mistake than a name nobody made.
  const alias = (gone ?? v4).args?.alias;
  return { id, args: alias ? { host, alias } : { host } };
}

/**
 * A failed DNS outcome as a finding: the bridge's own doing keeps its name; SERVFAIL is what a good
 * resolver says when the domain's own name servers fail; the rest is our resolver's.
 */
function asFinding({ outcome, args }, host) {
  if (outcome === 'withheld') return { id: 'name-withheld', args: { host, ...args } };
  if (args?.rcode === 'SERVFAIL') return { id: 'name-servers-failed', args: { host, ...args } };
  const id = outcome.startsWith('bridge-') ? outcome : 'resolver-failed';
  return { id, args: { host, ...args, outcome } };
}

/**
 * Servers of SRV records in the order of RFC 2782. Where its weights leave the choice to chance, the
 * heaviest comes first: most apps land there.
 */
function offers(records, test) {
  return [...records]
    .filter((record) => record.host !== '.' && test(record))
    .sort((a, b) => a.priority - b.priority || b.weight - a.weight)
    .map(({ host, port, priority }) => ({ host, port, priority }));
}

async function providerServers(provider, service) {
  return asServers(hostsOf(await provider, service.protocol));
}

/** Domains that take mail, and that this one without mail may be a slip for. */
async function meantInstead({ address, answer, preset, resolver }) {
  const nobody = isNullMx(answer) || ['name-not-found', 'no-data'].includes(answer.outcome);
  if (!nobody) return [];
  const { likelyDomains } = await PARTS.slips();
  await bringProviders();
  const likely = likelyDomains(
    address.host ? address.domain : address.shown,
    preset?.domains ?? [],
  );
  const there = await Promise.all(
    likely.map(async ({ domain, known }) => {
      if (known) return true;
      const exchange = await resolver.resolve(domain, 'MX', { timeoutMs: OPTIONAL_TIMEOUT_MS });
      return exchange.records.length > 0 && !isNullMx(exchange);
    }),
  );
  return likely.filter((_, index) => there[index]).map(({ domain }) => domain);
}

async function summarize(found) {
  const { domain, mx, srv, ports, provider, own, foreign, meant, resolver, addresses } = found;
  const configuration = Promise.all(
    ['A', 'AAAA'].map((type) =>
      resolver.resolve(`autoconfig.${domain}`, type, { timeoutMs: OPTIONAL_TIMEOUT_MS }),
    ),
  );
  const exchange = await mx;
  const services = await Promise.all(
    [...srv].map(async ([service, answer]) => ({ service, ...(await answer) })),
  );
  const self = await addresses(domain);
  let finding = null;
  if (exchange.outcome === 'name-not-found')
    finding = { id: 'name-not-found', args: { host: domain } };
  else if (self.finding && !['answer', 'no-data'].includes(exchange.outcome)) {
    finding = asFinding(exchange, domain);
  }
  const offered = services.flatMap(({ service, records }) =>
    offers(records, () => true).map(({ host, port }) => ({ service, host, port })),
  );
  return {
    published: offered.length > 0 || (services.every(isTelling) ? false : null),
    autoconfig: existence(await configuration),
    provider: await provider,
    own,
    foreign: await foreign,
    meant: await meant,
    exchange: isTelling(exchange) ? exchange.records.length > 0 : null,
    nullMx: isNullMx(exchange),
    elsewhere: offered.filter(({ port }) => !ports.has(port)),
    domain: finding,
  };
}

function existence(answers) {
  if (answers.some(({ records }) => records.length > 0)) return true;
  return answers.every(isTelling) ? false : null;
}

function isTelling({ outcome }) {
  return TELLING.includes(outcome);
}

function literalOnly({ address, servers, services, plan, book }) {
  const v6 = address.host.includes(':');
  book.learn(address.host, { v4: v6 ? [] : [address.host], v6: v6 ? [address.host] : [] });
  const literal = (service) => plan(service, [['typed', asServers([address.host])]]);
  const known = { domain: address.domain, entered: [address.host, ...servers] };
  return {
    plans: new Map(services.map((service) => [service.name, Promise.resolve(literal(service))])),
    summary: Promise.resolve({
      published: null,
      autoconfig: null,
      provider: null,
      own: false,
      foreign: false,
      meant: [],
      exchange: null,
      nullMx: false,
      elsewhere: [],
      domain: null,
    }),
    addresses: (host) => book.wholly(host),
    vouching: { sofar: () => known, wholly: async () => known },
  };
}

function asServers(hosts) {
  return hosts.map((host) => ({ host }));
}

function usualNames(protocol, domain) {
  return USUAL_LABELS[protocol].map((label) => (label ? `${label}.${domain}` : domain));
}

/** The usual names that are the domain's own: below `co.uk` they are somebody else's. */
function ownNames(protocol, domain) {
  return usualNames(protocol, domain).filter((host) => belongs(host, domain));
}

/** The domain that somebody registered, where this one stands below it; else null. */
function ownerAbove(domain) {
  const owner = registrableDomain(domain);
  return owner === domain ? null : owner;
}

/** Without an MX record the domain itself takes mail (RFC 5321 5.1). */
function standIns({ outcome }, domain) {
  return outcome === 'no-data' ? [domain, ...ownNames('smtp', domain)] : [];
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

function sleepFor(ms) {
  return new Promise((wake) => setTimeout(wake, ms));
}
