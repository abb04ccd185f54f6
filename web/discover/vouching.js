/**
 * Whose server is it? A certificate proves that a server has a name, not that the name is the right
 * one: whoever holds the network or the resolver can have a good certificate, for a name of his own.
 * A name is recommended only where somebody vouches for it who may. Pure; what is not known vouches
 * for nothing.
 *
 *   domain    the name stands under the registrable domain of the address
 *   provider  the table of providers documents it, for the provider of this domain
 *   preset    the embedder's preset names it, for a domain that is the embedder's
 *   person    a person entered it
 *   records   the domain's own records lead to it: SRV, or a CNAME of one of its names. Without DNSSEC
 *             anybody on the way can forge these, so the page says where the name is from, and whoever
 *             is about to sign in is asked first (RFC 6186 section 6)
 */
import { isHostName, sameDomain } from '../input/address.js';
import { registrableDomain } from '../input/public-suffix.js';

/** From the strongest to the weakest; a name has the first that holds. */
export const VOUCHERS = ['domain', 'provider', 'preset', 'person', 'records'];

/**
 * @typedef {{domain: string, entered?: string[], provider?: object|null, preset?: object|null,
 *   published?: string[], aliases?: string[]}} Vouching what is known of a domain
 *   `entered`: server names that a person entered; `provider`: of the table, found by the domain or by its
 *   MX; `preset`: only one that presetHolds(); `published`: targets of the domain's SRV records;
 *   `aliases`: where CNAME records lead from its names and from those that it publishes
 */

/**
 * @param {string} host lower-case A-labels
 * @param {Vouching} vouching
 * @returns {'domain'|'provider'|'preset'|'person'|'records'|null} who vouches for the name
 */
export function vouchedBy(
  host,
  { domain, entered = [], provider = null, preset = null, published = [], aliases = [] },
) {
  const holds = {
    domain: () => belongs(host, domain),
    provider: () => Object.values(provider?.servers ?? {}).some((row) => row.host === host),
    preset: () => serversOf(preset).includes(host),
    person: () => entered.includes(host),
    records: () => published.includes(host) || aliases.includes(host),
  };
  return VOUCHERS.find((voucher) => holds[voucher]()) ?? null;
}

/** The host is the domain, or stands under the registrable domain that both share. */
export function belongs(host, domain) {
  if (host === domain) return true;
  // Whatever only ends like a name of the domain is none: lists, sentences, addresses.
  if (typeof host !== 'string' || !isHostName(host)) return false;
  const own = registrableDomain(domain);
  return own !== null && sameDomain(host, own);
}

/**
 * Whether the preset may speak for a domain: one that it lists, or one whose mail goes to exchangers
 * that it lists. A preset without a list speaks for the domains that its own servers stand under.
 * @param {object|null} preset what readPreset() returned
 * @param {string} domain
 * @param {string[]} [exchangers] of the domain's MX records
 */
export function presetHolds(preset, domain, exchangers = []) {
  if (!preset) return false;
  const own = (preset.domains ?? null) === null;
  return (
    (own
      ? serversOf(preset).some((host) => belongs(host, domain))
      : preset.domains.includes(domain)) ||
    exchangers.some((host) => (preset.mx ?? []).some((end) => sameDomain(host, end)))
  );
}

/** A preset with servers or domains is a provider's; others only bring links and colours. */
export function namesProvider(preset) {
  if (!preset) return false;
  return preset.domains !== null || preset.mx.length > 0 || serversOf(preset).length > 0;
}

/** The certificate's names hold for the host: as they are, or with `*` for its first label. */
export function coveredBy(names, host) {
  const wildcard = `*.${host.split('.').slice(1).join('.')}`;
  return names.some((name) => [host, wildcard].includes(String(name).toLowerCase()));
}

function serversOf(preset) {
  return ['imap', 'pop3', 'smtp'].flatMap((protocol) => preset?.[protocol] ?? []);
}
