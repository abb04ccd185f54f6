/**
 * Conversations that worked → the settings they prove. Pure.
 *
 * Only what was tested with exactly this name, port and encryption is ever recommended, and only under
 * a name that somebody vouches for.
 */
import { trusted, works } from '../scan/evidence.js';
import { providerOfServer } from '../discover/providers.js';
import { catalogue } from './findings.js';
import { vouchedBy } from '../discover/vouching.js';

/** Mechanisms that need a token in place of a password. */
const TOKEN_MECHANISMS = ['XOAUTH2', 'OAUTHBEARER'];

/**
 * @typedef {{service: string, protocol: string, server: string, port: number,
 *   security: 'ssl'|'starttls', authentication: 'password'|'oauth2', appPassword: boolean,
 *   username: 'address'|'local-part'|'account-address', source: string, vouched: string|null, trusted: boolean}} Setting
 *   `appPassword`: a password is taken only if it is one for apps, not the one for webmail; `source`:
 *   where the server name comes from, see candidates.js; `vouched`: who vouches for it, see
 *   vouching.js, and null only in a report from a file; `trusted`: every app accepts the certificate,
 *   otherwise some may refuse it
 */

/**
 * @param {object} options
 * @param {object} options.tables
 * @param {object[]} options.rows what portResults() returned
 * @param {import('../discover/vouching.js').Vouching} options.vouching its preset is the provider's own choice of
 *   services and of user names, too
 * @returns {{incoming: Setting|null, outgoing: Setting|null, alternatives: Setting[]}}
 */
export function proveSettings({ tables, rows, vouching }) {
  const { preset = null } = vouching;
  const known = catalogue(tables);
  const proved = rows.flatMap((row) =>
    // The row's own server first; then the name or mode that was proved in its place.
    [...new Set([row.main, row.proof])]
      .filter((attempt) => attempt && works(attempt.report, known))
      .filter(({ host }) => vouchedBy(host, vouching) !== null)
      .map((attempt) => ({
        priority: attempt.priority,
        setting: toSetting(row.service, attempt, vouching),
      })),
  );
  const of = (direction) =>
    inOrder(
      proved.filter(({ setting }) => directionOf(tables, setting) === direction),
      preset,
    );
  const [incoming = null, ...moreIncoming] = of('receive');
  const [outgoing = null, ...moreOutgoing] = of('send');
  return { incoming, outgoing, alternatives: [...moreIncoming, ...moreOutgoing] };
}

/** The apps whose own words are known, in the order they are offered. */
export const APPS = [
  'thunderbird',
  'thunderbird-android',
  'apple',
  'ios',
  'outlook-new',
  'outlook',
  'gmail',
  'other',
];

/** What to type as user name, as far as the address that was entered tells; undefined where it does not. */
export function usernameOf({ username }, mailbox) {
  return { address: mailbox?.address, 'local-part': mailbox?.localPart }[username];
}

function toSetting(service, { host, source, report }, vouching) {
  const provider = providerOfServer(host, vouching.domain, vouching.provider);
  const side = service.direction === 'receive' ? 'incoming' : 'outgoing';
  const token = provider?.authentication === 'oauth2' || needsToken(service, report);
  return {
    service: service.name,
    protocol: service.protocol,
    server: host,
    port: service.port,
    security: report.target.mode === 'implicit-tls' ? 'ssl' : 'starttls',
    authentication: token ? 'oauth2' : 'password',
    appPassword: [provider?.authentication, provider?.fallback].includes('app-password'),
    username: vouching.preset?.username ?? provider?.username[side] ?? 'address',
    source,
    vouched: vouchedBy(host, vouching),
    trusted: trusted(report),
  };
}

function needsToken(service, report) {
  const offered = (report.auth?.after ?? []).map((name) => name.toUpperCase());
  if (offered.length === 0) return false;
  const capabilities = (report.capabilities?.after ?? []).map((line) => line.toUpperCase());
  // IMAP and POP3 have commands of their own for a name and a password.
  if (service.protocol === 'imap' && !capabilities.includes('LOGINDISABLED')) return false;
  if (service.protocol === 'pop3' && capabilities.includes('USER')) return false;
  return offered.every((name) => TOKEN_MECHANISMS.includes(name));
}

/**
 * Trusted before doubtful, the embedding provider's choice before others, IMAP before POP3, encrypted
 * at once before encrypted after a hello. Where the domain publishes several services, the priorities
 * of its records say which of them comes first (RFC 6186 3.4): they change places among themselves.
 */
function inOrder(proved, preset) {
  const chosen = ({ service, server }) =>
    preset?.preferred.some((one) => one.service === service && one.host === server) ?? false;
  const sorted = [...proved].sort((a, b) => rank(a.setting, chosen) - rank(b.setting, chosen));
  const published = ({ priority, setting }) =>
    setting.trusted && typeof priority === 'number' && !chosen(setting);
  const theirs = sorted.filter(published).sort((a, b) => a.priority - b.priority);
  return sorted.map((one) => (published(one) ? theirs.shift() : one).setting);
}

function rank(setting, chosen) {
  return (
    (setting.trusted ? 0 : 8) +
    (chosen(setting) ? 0 : 4) +
    (setting.protocol === 'pop3' ? 2 : 0) +
    (setting.security === 'ssl' ? 0 : 1)
  );
}

function directionOf(tables, setting) {
  return tables.services.find(({ name }) => name === setting.service).direction;
}
