/**
 * What is told of a finding besides its words, one row for each of which there is something: who has to do what, and
 * where to read more. What it weighs is in findings.js. Pure data.
 *
 *   tasks         who has to do what, as keys of the locale's `tasks`; what is not named is done as the
 *                 fix on the card says it
 *   guide         the part of the page's own guidance that tells more: an anchor of index.html
 *   toType        the argument that is a name to type
 */

const CERTIFICATE = { provider: 'certificate' };
const ENCRYPTION = { you: 'not-there', provider: 'encryption', network: 'hands-off' };
const NAME = { you: 'server-name', provider: 'publish' };

export const ADVICE = {
  // resolve
  'name-not-found': { tasks: NAME },
  'name-without-address': { tasks: { you: 'server-name', provider: 'dns' } },

  // connect
  'connect-refused': { tasks: { you: 'ask-name', provider: 'open' }, guide: 'error-refused' },
  'connect-timeout': { guide: 'error-timeout' },

  // greeting
  'greeting-preauth': { tasks: ENCRYPTION },
  'greeting-masked': { tasks: { provider: 'hands-off', network: 'hands-off' } },
  'not-a-mail-server': { tasks: { you: 'ask-name', provider: 'publish', network: 'hands-off' } },
  'tls-expected': { tasks: { you: 'ssl', provider: 'encryption' }, guide: 'error-security' },

  // handshake
  'starttls-expected': {
    tasks: { you: 'starttls', provider: 'encryption' },
    guide: 'error-security',
  },

  // starttls
  'starttls-not-offered': { tasks: ENCRYPTION, guide: 'error-security' },
  'starttls-masked': { tasks: ENCRYPTION },
  'starttls-refused': { tasks: ENCRYPTION, guide: 'error-security' },
  'starttls-unavailable': { tasks: ENCRYPTION },
  'starttls-injected': { tasks: ENCRYPTION },
  'cleartext-sign-in-offered': {
    tasks: { you: 'never-none', provider: 'encryption' },
    guide: 'error-security',
  },
  'mailbox-data-before-tls': { tasks: { network: 'hands-off' } },

  // handshake
  'tls-version-old': { tasks: ENCRYPTION },
  'tls-version-old-accepted': { tasks: ENCRYPTION },
  'cipher-weak': { tasks: ENCRYPTION },
  'handshake-signature-weak': { tasks: ENCRYPTION },
  'cipher-obsolete': { tasks: ENCRYPTION },

  // certificate
  'certificate-expired': { tasks: CERTIFICATE, guide: 'error-certificate' },
  'certificate-not-yet-valid': { tasks: CERTIFICATE, guide: 'error-certificate' },
  'certificate-expires-soon': { tasks: CERTIFICATE },
  'certificate-name-mismatch': {
    tasks: { you: 'ask-name', provider: 'certificate-name' },
    guide: 'error-certificate',
  },
  'certificate-without-san': { tasks: CERTIFICATE },
  'certificate-self-signed': { tasks: CERTIFICATE, guide: 'error-certificate' },
  'certificate-unknown-issuer': {
    tasks: { provider: 'certificate', network: 'hands-off' },
    guide: 'error-certificate',
  },
  'certificate-incomplete-chain': { tasks: { provider: 'chain' } },
  'certificate-misordered-chain': { tasks: { provider: 'chain' } },
  'certificate-signature-weak': { tasks: CERTIFICATE },
  'certificate-key-weak': { tasks: CERTIFICATE },
  'certificate-wrong-purpose': { tasks: CERTIFICATE },
  'certificate-constraint-violated': { tasks: CERTIFICATE },
  'certificate-of-older-version': { tasks: CERTIFICATE },
  'certificate-malformed': { tasks: CERTIFICATE },
  'clock-wrong': { tasks: { you: 'clock' } },
  'clock-unconfirmed': { tasks: { you: 'clock' } },

  // signin
  'sign-in-refused': { guide: 'error-sign-in' },
  'sign-in-app-password': { guide: 'error-sign-in' },
  'sign-in-service-off': { tasks: { provider: 'switch-on' } },
  'sign-in-server-unproved': { tasks: { provider: 'look', network: 'hands-off' } },

  // What the page concludes itself, before any connection.
  'no-published-settings': { tasks: { you: 'address', provider: 'publish' } },
  'domain-not-found': { tasks: { you: 'address' } },
  'mail-not-accepted': { tasks: { you: 'address', provider: 'mx' } },
  'no-new-mail': { tasks: { provider: 'mx' } },
  'declared-not-offered': { guide: 'older-ports' },
  'name-servers-failed': { tasks: { provider: 'dns' } },
  'published-on-other-port': { tasks: { you: 'other-port' } },
  'not-this-provider': { tasks: { you: 'address' } },
  'domain-misspelled': { tasks: { you: 'address' } },

  // What the page concludes from comparing ports, names and addresses.
  'port-25-blocked': { guide: 'port-25' },
  'older-port-off': { guide: 'older-ports' },
  'refused-everywhere': { tasks: { you: 'ask-name', provider: 'open' }, guide: 'error-refused' },
  'no-mail-server': { tasks: { you: 'address', provider: 'publish' }, guide: 'error-refused' },
  'silent-everywhere': {
    tasks: { you: 'other-network', provider: 'start' },
    guide: 'error-timeout',
  },
  'plaintext-only': { tasks: ENCRYPTION, guide: 'error-security' },
  'served-by-other-name': { tasks: NAME, guide: 'error-refused', toType: 'name' },
  'address-differs': { tasks: { provider: 'addresses' } },
  'ipv6-broken': { tasks: { provider: 'addresses' } },
  'ipv6-unproved': { tasks: { provider: 'addresses' } },

  // What the page concludes from comparing two places, see vantage-comparison.js.
  'port-25-blocked-here': { guide: 'port-25' },
  'blocked-here': {
    tasks: { you: 'another-network', network: 'open-port' },
    guide: 'error-timeout',
  },
  'refused-here': {
    tasks: { you: 'another-network', network: 'open-port' },
    guide: 'error-refused',
  },
  'certificate-replaced-here': {
    tasks: { you: 'antivirus', network: 'hands-off' },
    guide: 'error-certificate',
  },
  'starttls-removed-here': {
    tasks: { you: 'antivirus', network: 'hands-off' },
    guide: 'error-security',
  },
  'conversation-changed-here': { tasks: { you: 'antivirus', network: 'hands-off' } },
};

/** Nothing for an id that is not here. @param {string} id of a finding */
export function adviceOf(id) {
  return Object.hasOwn(ADVICE, id) ? ADVICE[id] : {};
}
