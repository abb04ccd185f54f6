/**
 * Conversations that worked → the settings they prove, and the fields of each mail app. Pure.
 *
 * Only what was tested with exactly this name, port and encryption is ever recommended.
 */
import { trusted, works } from './evidence.js';

/** Mechanisms that need a token in place of a password. */
const TOKEN_MECHANISMS = ['XOAUTH2', 'OAUTHBEARER'];

/**
 * @typedef {{service: string, protocol: string, server: string, port: number,
 *   security: 'ssl'|'starttls', authentication: 'password'|'oauth2', trusted: boolean,
 *   username?: 'address'|'local-part'}} Setting `trusted`: every app accepts the certificate; otherwise some may refuse it
 */

/**
 * @param {object} options
 * @param {object} options.tables
 * @param {object[]} options.rows what judge() returned
 * @param {object|null} [options.preset] the provider's own choice of services and of user names
 * @returns {{incoming: Setting|null, outgoing: Setting|null, alternatives: Setting[]}}
 */
export function proveSettings({ tables, rows, preset = null }) {
  const diagnoses = new Map(tables.diagnoses.map((row) => [row.id, row]));
  const proved = rows
    .flatMap((row) =>
      // The row's own server first; then the name or mode that was proved in its place.
      [...new Set([row.main, row.proof])]
        .filter((attempt) => attempt && works(attempt.report, diagnoses))
        .map((attempt) => toSetting(row.service, attempt, preset)),
    )
    .sort((a, b) => rank(a, preset) - rank(b, preset));
  const of = (direction) => proved.filter((setting) => directionOf(tables, setting) === direction);
  const [incoming = null, ...moreIncoming] = of('receive');
  const [outgoing = null, ...moreOutgoing] = of('send');
  return { incoming, outgoing, alternatives: [...moreIncoming, ...moreOutgoing] };
}

/** The apps whose own words are known, in the order they are offered. */
export const APPS = ['thunderbird', 'apple', 'outlook', 'other'];

/**
 * The fields of one app's account form.
 * @param {string} app one of APPS
 * @param {Setting} setting
 * @param {object} words the locale's `apps` words
 * @returns {Array<{label: string, value: string, copy: boolean}>}
 */
export function fieldsFor(app, setting, words) {
  const { labels, security, authentication, username } = words[app];
  const fields = [
    { label: labels.protocol, value: setting.protocol.toUpperCase(), copy: false },
    { label: labels.server, value: setting.server, copy: true },
    { label: labels.port, value: String(setting.port), copy: true },
    { label: labels.security, value: security[setting.security], copy: false },
    { label: labels.authentication, value: authentication[setting.authentication], copy: false },
    {
      label: labels.username,
      value: words.usernameForms[setting.username] ?? username,
      copy: false,
    },
  ];
  return fields.filter(({ label, value }) => label && value);
}

function toSetting(service, { host, report }, preset) {
  return {
    service: service.name,
    protocol: service.protocol,
    server: host,
    port: service.port,
    security: report.target.mode === 'implicit-tls' ? 'ssl' : 'starttls',
    authentication: needsToken(service, report) ? 'oauth2' : 'password',
    trusted: trusted(report),
    ...(preset && { username: preset.username }),
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
 * Trusted before doubtful, the provider's choice before others, IMAP before POP3, encrypted at once
 * before encrypted after a hello.
 */
function rank(setting, preset) {
  const chosen = preset?.preferred.some(
    ({ service, host }) => service === setting.service && host === setting.server,
  );
  return (
    (setting.trusted ? 0 : 8) +
    (chosen ? 0 : 4) +
    (setting.protocol === 'pop3' ? 2 : 0) +
    (setting.security === 'ssl' ? 0 : 1)
  );
}

function directionOf(tables, setting) {
  return tables.services.find(({ name }) => name === setting.service).direction;
}
