/**
 * What a person typed → the domain to look up, and the server if they typed one.
 *
 * Accepts `anna@example.com`, `mailto:anna@example.com`, `Anna <anna@example.com>`, `example.com`,
 * `imap.example.com`, `imap.example.com:993`, `192.0.2.10`, `[2001:db8::1]:993`, a web address, and
 * names in any script. What stands before the @ is dropped here and goes nowhere else.
 */

import { registrableDomain } from './public-suffix.js';
import { ALL, SERVER_LABELS } from './server-labels.js';

/** Longer input than any address (RFC 5321: 254) is nonsense and is not worth parsing. */
const INPUT_LIMIT = 1000;

/** What was typed cannot be checked. `id` names the sentence in the locale's `address` words. */
export class AddressError extends Error {
  constructor(id, args = {}) {
    super(`${id} ${JSON.stringify(args)}`);
    this.name = 'AddressError';
    this.id = id;
    this.args = args;
  }
}

/**
 * @param {string} typed
 * @param {number[]} [ports] the mail ports; a typed port must be one of them
 * @returns {{domain: string, host: string|null, shown: string, serves: string[], ip: boolean,
 *   port: number|null, email: boolean}} `domain` and `host` are lower-case A-labels; `host` is set
 *   when a server was typed, `serves` are then the protocols to expect of it; `shown` is the one of
 *   them to show, in the script it was typed in
 * @throws {AddressError}
 */
export function parseAddress(typed, ports) {
  const { name, shown, ip, port, email } = parseName(typed, ports);
  const server = { host: name, shown, serves: ALL, ip, port, email };
  if (ip) return { ...server, domain: name };

  const [first, ...rest] = name.split('.');
  const parent = rest.join('.');
  const serves = SERVER_LABELS[first];
  // `mail.co.uk` is somebody's domain, no server of the domain `co.uk`.
  if (!email && serves && registrableDomain(parent)) return { ...server, domain: parent, serves };
  if (!email && port !== null) return { ...server, domain: name };
  return { ...server, domain: name, host: null, serves: [], port: null };
}

/** Whether it can be checked as it stands. */
export function isAddress(typed) {
  try {
    parseAddress(typed);
    return true;
  } catch (error) {
    if (error instanceof AddressError) return false;
    throw error;
  }
}

/**
 * The name that was typed, whatever it is the name of.
 * @returns {{name: string, shown: string, ip: boolean, port: number|null, email: boolean}}
 * @throws {AddressError}
 */
export function parseName(typed, ports) {
  const { name, email } = split(typed);
  if (name === '') throw new AddressError(email ? 'nothing-after-at' : 'empty');

  const { host, port } = splitPort(name);
  if (port !== null && ports && !ports.includes(port))
    throw new AddressError('other-port', { port });

  const literal = ipLiteral(host);
  if (literal) return { name: literal, shown: literal, ip: true, port, email: false };
  return { name: toAscii(host), shown: readable(host), ip: false, port, email };
}

/**
 * The whole address that was typed, for the page's own fields and for nothing else: it goes into no
 * report, no request and no log.
 * @returns {{address: string, localPart: string}|null} null when no address was typed
 */
export function mailboxOf(typed) {
  try {
    const { local, name } = split(typed);
    if (!local) return null;
    toAscii(name);
    return { address: `${local}@${readable(name)}`, localPart: local };
  } catch (error) {
    if (error instanceof AddressError) return null;
    throw error;
  }
}

/** What a URL may hold of what was typed: the domain or the server, never what is before the @. */
export function shareable(typed) {
  try {
    return parseName(typed).name;
  } catch (error) {
    if (error instanceof AddressError) return '';
    throw error;
  }
}

/** What was typed, at another domain; the domain alone where there is nothing before an @. */
export function withDomain(typed, domain) {
  const { local } = split(typed);
  return local ? `${local}@${domain}` : domain;
}

/** What stands before and after the last @, without what people and programs put around it. */
function split(typed) {
  // Invisible marks come along when an address is copied; the joiners of some scripts may stay.
  let text = String(typed ?? '').replace(/[\u200b\u200e\u200f\u2060\ufeff]/g, '');
  text = text.replace(/\s+/g, ' ').trim();
  if (text === '') throw new AddressError('empty');
  if (text.length > INPUT_LIMIT) throw new AddressError('too-long');
  text = text.replace(/\uff20/g, '@');

  const bracketed = /<([^<>]*)>\s*$/.exec(text);
  if (bracketed) text = bracketed[1].trim();
  const bare = text.replace(/^mailto:/i, '').replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  // In a web address everything from here on is no part of the name; in a local part it may be.
  if (bare !== text || !bare.includes('@')) text = bare.replace(/[/?#].*$/, '');
  const at = text.lastIndexOf('@');
  const name = text
    .slice(at + 1)
    .replace(/[/?#].*$/, '')
    .replace(/[,;]+$/, '')
    .trim();
  return { email: at >= 0, local: at >= 0 ? text.slice(0, at).trim() : '', name };
}

/** A name as it was typed, in one spelling. */
function readable(name) {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u3002\uff0e\uff61]/g, '.')
    .replace(/\.$/, '');
}

/** A host name as A-labels in lower case, without the root dot. @throws {AddressError} */
export function toAscii(name) {
  const shown = name.slice(0, 80);
  if (/\s/.test(name)) throw new AddressError('spaces', { name: shown });
  // The URL parser would decode or cut at these instead of refusing them.
  if (/[%\\:@[\]]/.test(name)) throw new AddressError('nonsense', { name: shown });
  let ascii;
  try {
    ascii = new URL(`http://${name}`).hostname;
  } catch {
    throw new AddressError('nonsense', { name: shown });
  }
  ascii = ascii.replace(/\.$/, '');
  if (!ascii.includes('.')) throw new AddressError('no-dot', { name: shown });
  // A name that the URL parser turned into an IPv4 address was typed as `1.2` or `0x7f.1`.
  if (!isHostName(ascii) || /\.\d+$/.test(ascii))
    throw new AddressError('nonsense', { name: shown });
  return ascii;
}

/** Letters, digits and hyphens, labels of 1 to 63, at most 253 in all (RFC 1123, RFC 1035). */
export function isHostName(name) {
  return (
    name.length <= 253 &&
    name.split('.').every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label))
  );
}

/** The host is the domain, or stands below it. */
export function sameDomain(host, domain) {
  return host === domain || host.endsWith(`.${domain}`);
}

/** `192.0.2.1` and `2001:db8::1` in canonical form, null for anything else. */
export function ipLiteral(text) {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
    const parts = text.split('.').map(Number);
    return parts.every((part) => part <= 255) ? parts.join('.') : null;
  }
  if (!text.includes(':') || !/^[0-9a-f:.]+$/i.test(text)) return null;
  try {
    return new URL(`http://[${text}]`).hostname.slice(1, -1);
  } catch {
    return null;
  }
}

function splitPort(name) {
  const bracket = /^\[([^\]]*)\](?::(\d{1,5}))?$/.exec(name);
  if (bracket) return { host: bracket[1], port: bracket[2] ? Number(bracket[2]) : null };
  if (ipLiteral(name)) return { host: name, port: null };
  const colon = /^([^:]*):(\d{1,5})$/.exec(name);
  if (colon) return { host: colon[1], port: Number(colon[2]) };
  return { host: name, port: null };
}
