/**
 * The known providers: those whose server names cannot be guessed from the domain. The facts are in
 * providers-table.js, one row for each, with where they come from:
 *
 *   domains         domains of addresses that the provider gives away
 *   mx              ends of the names of its mail exchangers: whoever uses them has his mail there
 *   servers         by protocol, the host and the ports that the provider documents; none at all
 *                   where apps cannot connect
 *   authentication  what the provider wants of apps: password, app-password (the one for webmail is
 *                   refused), oauth2 (it signs people in in a window of its own), none (no app can
 *                   sign in)
 *   fallback        app-password, where it takes one from apps that know no OAuth2
 *   username        address, local-part (what stands before the @) or account-address (that of the
 *                   account, since the one at an own domain is only an alias), incoming and outgoing
 *   signIn          names the words about signing in (locale, `signIn`); else the general ones apply
 *   help            the provider's page about app passwords or access for apps
 *   appPasswords    where its users make one, or where the provider says how; as its own help pages had it in
 *                   November 2026
 *   source          where these facts were read: `ispdb/` is thunderbird/autoconfig on GitHub
 *
 * Addresses that a provider gives away and domains that it hosts may be two rows: gmail.com and Google
 * Workspace, Outlook.com and Microsoft 365, iCloud and a domain of one's own at iCloud.
 *
 * A page has no row until a name asks for it: each piece of the table has some, and what they are found by is known of
 * all (providers-all.js, and site/provider-pieces.js).
 */
import { LABELS, ROWS } from '#providers';
import { PARTS } from '#parts';

/** As far as they are here, in the order of the table. */
export const PROVIDERS = [];
/** Host → the providers that document it: asked for each server, again whenever a port has ended. */
const BY_HOST = new Map();
/** Place in the table → row. */
const table = [];
/** Pieces that are here. */
const here = new Set();
add(ROWS);

function add(rows) {
  for (const [place, provider] of rows) table[place] = provider;
  PROVIDERS.splice(0, PROVIDERS.length, ...table.filter(Boolean));
  BY_HOST.clear();
  for (const provider of PROVIDERS) {
    for (const host of new Set(listed(provider.servers).map((row) => row.host))) {
      BY_HOST.set(host, [...(BY_HOST.get(host) ?? []), provider]);
    }
  }
}

/** Servers of everybody are called so. */
const USUAL = /^(?:imap|mail|mx|pop3?|smtp)\d*$/;

/** What of a name may be a provider's: of `mail.gmx.net` it is `gmx`. @param {string} name or an id */
export function tellingLabels(name) {
  const labels = name.split('.');
  if (labels.length === 1) return labels;
  const from = labels.length > 2 && USUAL.test(labels[0]) ? 1 : 0;
  return labels.slice(from, -1);
}

/**
 * Once every provider is here that these names may be found by: domains, mail exchangers, servers, ids.
 * @param {string[]|null} names null: all providers
 * @throws {Error} where a piece does not come; the next who asks tries again
 */
export async function bringProviders(names = null) {
  const labels = names && new Set(names.flatMap(tellingLabels));
  const wanted = LABELS.flatMap((list, piece) =>
    !here.has(piece) && (!labels || list.split(' ').some((label) => labels.has(label)))
      ? [piece]
      : [],
  );
  await Promise.all(
    wanted.map(async (piece) => {
      add((await PARTS[`providers-${piece}`]()).default);
      here.add(piece);
    }),
  );
}

/** The provider of a mail domain by its own name, or null. */
export function providerByDomain(domain) {
  return PROVIDERS.find((provider) => provider.domains.includes(domain)) ?? null;
}

/** The provider whose mail exchangers these are, or null. The first match in MX order wins. */
export function providerByMx(hosts) {
  for (const host of hosts) {
    const found = PROVIDERS.map((provider) => ({
      provider,
      // The longest end that fits: mail.gm0.yahoodns.net is AOL's, yahoodns.net is Yahoo's.
      fit: Math.max(0, ...provider.mx.filter((end) => endsIn(host, end)).map((end) => end.length)),
    })).reduce((best, next) => (next.fit > best.fit ? next : best), { provider: null, fit: 0 });
    if (found.provider) return found.provider;
  }
  return null;
}

/**
 * The provider that documents this host as a server of its own, or null. Several may: one for the
 * addresses that it gives away, one for the domains that it hosts.
 * @param {string} host
 * @param {string|null} [domain] of the address, where it is known
 */
export function providerByHost(host, domain = null) {
  const theirs = BY_HOST.get(host) ?? [];
  const given = theirs.find(({ domains }) => domains.includes(domain));
  // A domain of somebody's own is not among many that are given away.
  const [hosting] = [...theirs].sort((a, b) => a.domains.length - b.domains.length);
  return given ?? (domain === null ? theirs[0] : hosting) ?? null;
}

/** The same where the provider of the domain may be known already, by its MX. */
export function providerOfServer(host, domain, known = null) {
  const theirs = listed(known?.servers ?? {}).some((row) => row.host === host);
  return theirs ? known : providerByHost(host, domain);
}

export function providerById(id) {
  return PROVIDERS.find((provider) => provider.id === id) ?? null;
}

/** The hosts of a provider for a protocol: none or one. */
export function hostsOf(provider, protocol) {
  const server = provider?.servers[protocol];
  return server ? [server.host] : [];
}

function listed(servers) {
  return Object.values(servers);
}

function endsIn(host, end) {
  return host === end || host.endsWith(`.${end}`);
}
