/**
 * Proved settings → a configuration profile for Apple devices (.mobileconfig, payload
 * com.apple.mail.managed). It holds no password: the device asks for it. Pure.
 */
import { usernameOf } from '../verdict/settings.js';
import { document, element } from './xml.js';

const DOCTYPE =
  '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">';

/**
 * @param {object} options
 * @param {{incoming: object, outgoing: object}} options.settings for which fitsProfile() holds (files.js)
 * @param {string} options.domain
 * @param {string} options.shown the domain as it is shown
 * @param {{address: string, localPart: string}|null} options.mailbox what was typed; without it the
 *   device asks for the address and the user name
 * @param {string} options.description one sentence about what this is
 * @returns {string} the property list
 */
export function appleProfile({ settings, domain, shown, mailbox, description }) {
  const { incoming, outgoing } = settings;
  const name = mailbox?.address ?? shown;
  const identifier = `mail-port-check.${domain}`;
  // One account, one identity: the same profile, installed again, takes the place of the first.
  const seed = [domain, mailbox?.address, incoming, outgoing].map((part) => JSON.stringify(part));
  const account = {
    PayloadType: 'com.apple.mail.managed',
    PayloadVersion: 1,
    PayloadIdentifier: `${identifier}.mail`,
    PayloadUUID: uuidOf(['mail', ...seed]),
    PayloadDisplayName: name,
    EmailAccountDescription: name,
    EmailAccountType: incoming.protocol === 'pop3' ? 'EmailTypePOP' : 'EmailTypeIMAP',
    ...(mailbox ? { EmailAddress: mailbox.address } : {}),
    ...server('Incoming', incoming, mailbox),
    ...server('Outgoing', outgoing, mailbox),
    OutgoingPasswordSameAsIncomingPassword: true,
  };
  const profile = {
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: identifier,
    PayloadUUID: uuidOf(['profile', ...seed]),
    PayloadDisplayName: name,
    PayloadDescription: description,
    PayloadContent: [account],
  };
  return document(element('plist', { version: '1.0' }, value(profile)), DOCTYPE);
}

function server(side, setting, mailbox) {
  const username = usernameOf(setting, mailbox);
  return {
    [`${side}MailServerAuthentication`]: 'EmailAuthPassword',
    [`${side}MailServerHostName`]: setting.server,
    [`${side}MailServerPortNumber`]: setting.port,
    // Also on the ports that start in the clear: there it means STARTTLS.
    [`${side}MailServerUseSSL`]: true,
    ...(username ? { [`${side}MailServerUsername`]: username } : {}),
  };
}

function value(raw) {
  if (Array.isArray(raw)) return element('array', {}, ...raw.map(value));
  if (typeof raw === 'boolean') return element(String(raw));
  if (typeof raw === 'number') return element('integer', {}, String(raw));
  if (typeof raw === 'string') return element('string', {}, raw);
  return element(
    'dict',
    {},
    ...Object.entries(raw).flatMap(([key, inner]) => [element('key', {}, key), value(inner)]),
  );
}

const FNV_PRIME = (1n << 88n) + 0x13bn;
const FNV_OFFSET = 0x6c62272e07bb014262b821756295c58dn;

/** A UUID (RFC 9562, version 8) that is a hash of the parts: 128-bit FNV-1a. */
function uuidOf(parts) {
  let hash = FNV_OFFSET;
  for (const byte of new TextEncoder().encode(parts.join('\n'))) {
    hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * FNV_PRIME);
  }
  const hex = [...hash.toString(16).padStart(32, '0').toUpperCase()];
  hex[12] = '8';
  hex[16] = '89AB'[parseInt(hex[16], 16) & 3];
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
