/**
 * Which causes of the error messages of mail apps (input/error-messages.js) a finding proves, one row for each
 * that proves any. Pure data.
 */
import { NO_ENCRYPTION } from './findings.js';

/** Apps have one message for many reasons: a sign-in says which it was. */
const REFUSED = [
  'sign-in-refused',
  'sign-in-app-password',
  'sign-in-oauth-only',
  'sign-in-service-off',
  'sign-in-locked',
  'sign-in-temporary',
];

export const PROVED_CAUSES = {
  // resolve
  'name-not-found': ['connect-failed', 'name-not-found', 'resolver-failed'],
  'name-without-address': ['connect-failed', 'name-not-found', 'resolver-failed'],
  'resolver-failed': ['resolver-failed'],

  // connect
  'connect-refused': ['connect-refused', 'connect-failed'],
  'connect-timeout': ['connect-timeout', 'connect-failed'],
  'connect-unreachable': ['connect-unreachable', 'connect-failed'],
  'connect-reset': ['connect-reset', 'connect-failed'],

  // greeting
  'greeting-timeout': ['connect-timeout', 'connect-failed'],
  'greeting-slow': ['connect-timeout'],
  'greeting-busy': ['greeting-busy'],
  'greeting-blocklisted': ['greeting-blocklisted'],
  'greeting-refused': ['connect-reset', 'not-a-mail-server'],
  'greeting-closed': ['connect-reset'],
  'greeting-malformed': ['not-a-mail-server'],
  'not-a-mail-server': ['not-a-mail-server', 'starttls-expected'],
  'tls-expected': [
    'connect-timeout',
    'connect-reset',
    'connect-failed',
    'not-a-mail-server',
    'starttls-not-offered',
    'security-wrong',
    'handshake-failed',
  ],

  // handshake
  'starttls-expected': [
    'connect-reset',
    'connect-failed',
    'not-a-mail-server',
    'starttls-expected',
    'security-wrong',
    'handshake-failed',
  ],

  // capability
  'ehlo-refused': ['starttls-not-offered'],
  'reply-temporary': ['greeting-busy'],
  'reply-timeout': ['connect-timeout'],
  'connection-closed': ['connect-reset'],

  // starttls
  'starttls-not-offered': ['starttls-not-offered', 'security-wrong', 'handshake-failed'],
  'starttls-masked': ['starttls-not-offered', 'security-wrong', 'handshake-failed'],
  'starttls-refused': ['starttls-not-offered', 'security-wrong', 'handshake-failed'],
  'starttls-unavailable': ['starttls-not-offered', 'security-wrong', 'handshake-failed'],

  // handshake
  'handshake-timeout': ['connect-timeout', 'handshake-failed'],
  'handshake-closed': ['connect-reset', 'handshake-failed'],
  'handshake-alert': ['handshake-failed'],
  'handshake-failed': ['handshake-failed'],
  'tls-version-intolerance': ['connect-reset', 'handshake-failed'],
  'tls-version-new-only': ['handshake-failed', 'tls-version-old'],
  'tls-version-old': ['handshake-failed', 'tls-version-old'],

  // certificate
  'certificate-expired': [
    'connect-failed',
    'certificate-expired',
    'certificate-not-yet-valid',
    'certificate-untrusted',
  ],
  'certificate-not-yet-valid': [
    'connect-failed',
    'certificate-not-yet-valid',
    'certificate-untrusted',
  ],
  'certificate-name-mismatch': [
    'connect-failed',
    'certificate-name-mismatch',
    'certificate-untrusted',
  ],
  'certificate-without-san': [
    'connect-failed',
    'certificate-name-mismatch',
    'certificate-untrusted',
  ],
  'certificate-self-signed': [
    'connect-failed',
    'certificate-self-signed',
    'certificate-unknown-issuer',
    'certificate-untrusted',
  ],
  'certificate-unknown-issuer': [
    'connect-failed',
    'certificate-self-signed',
    'certificate-unknown-issuer',
    'certificate-untrusted',
  ],
  'certificate-incomplete-chain': [
    'connect-failed',
    'certificate-unknown-issuer',
    'certificate-untrusted',
  ],
  'certificate-signature-weak': ['connect-failed', 'certificate-key-weak', 'certificate-untrusted'],
  'certificate-key-weak': [
    'connect-failed',
    'handshake-failed',
    'certificate-key-weak',
    'certificate-untrusted',
  ],
  'certificate-wrong-purpose': ['connect-failed', 'certificate-untrusted'],
  'certificate-constraint-violated': ['connect-failed', 'certificate-untrusted'],
  'certificate-malformed': ['connect-failed', 'certificate-untrusted'],

  // signin
  'sign-in-refused': REFUSED,
  'sign-in-app-password': REFUSED,
  'sign-in-oauth-only': REFUSED,
  'sign-in-service-off': REFUSED,
  'sign-in-locked': REFUSED,
  'sign-in-temporary': REFUSED,
  'sign-in-not-offered': REFUSED,
  'sign-in-failed': REFUSED,
  'sign-in-user-name': REFUSED,

  // capability
  'reply-malformed': ['not-a-mail-server'],

  // What the page concludes itself, before any connection.
  'no-published-settings': ['connect-failed', 'name-not-found'],
  'domain-not-found': ['connect-failed', 'name-not-found'],
  'declared-not-offered': ['connect-refused', 'connect-failed'],

  // What the page concludes from comparing ports, names and addresses.
  'port-25-blocked': ['connect-timeout', 'connect-failed'],
  'older-port-off': ['connect-refused', 'connect-failed'],
  'refused-everywhere': ['connect-refused', 'connect-failed'],
  'no-mail-server': ['connect-refused', 'connect-timeout', 'connect-failed'],
  'silent-everywhere': ['connect-timeout', 'connect-failed'],
  'plaintext-only': [
    'connect-reset',
    'connect-failed',
    'not-a-mail-server',
    'starttls-expected',
    'starttls-not-offered',
    'security-wrong',
    'handshake-failed',
  ],
  'served-by-other-name': ['connect-failed'],

  // What the page concludes from comparing two places, see vantage-comparison.js.
  'port-25-blocked-here': ['connect-timeout', 'connect-refused', 'connect-failed'],
  'blocked-here': ['connect-timeout', 'connect-unreachable', 'connect-failed'],
  'refused-here': ['connect-refused', 'connect-reset', 'connect-failed'],
  'certificate-replaced-here': [
    'connect-failed',
    'certificate-self-signed',
    'certificate-unknown-issuer',
    'certificate-expired',
    'certificate-name-mismatch',
    'certificate-untrusted',
  ],
  'starttls-removed-here': ['starttls-not-offered', 'security-wrong', 'handshake-failed'],
  'conversation-changed-here': [
    'connect-reset',
    'connect-failed',
    'not-a-mail-server',
    'handshake-failed',
  ],

  [NO_ENCRYPTION]: ['encryption-required'],
};

/** @param {string} cause @returns {string[]} the findings that prove it */
export function proofsOf(cause) {
  return Object.keys(PROVED_CAUSES).filter((id) => PROVED_CAUSES[id].includes(cause));
}
