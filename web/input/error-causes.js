/**
 * What an error message of a mail app can mean, and which findings of a check prove it.
 *
 * Ids are those of the findings (wasm/diagnoses.def) wherever one fits. The words are in the locale,
 * `pasted.causes`. `security-none` stands for an app that was told to use no encryption.
 */

/** Connections that do not come about, whatever the reason. */
const UNCONNECTED = [
  'connect-refused',
  'refused-everywhere',
  'older-port-off',
  'connect-timeout',
  'port-25-blocked',
  'connect-unreachable',
  'connect-reset',
  'name-not-found',
  'name-without-address',
  'no-published-settings',
  'served-by-other-name',
  'declared-not-offered',
];

/** The security setting and the port do not fit. */
const MISFIT = ['tls-expected', 'starttls-expected'];

const NO_UPGRADE = [
  'starttls-not-offered',
  'starttls-masked',
  'starttls-refused',
  'starttls-unavailable',
];

const BAD_CERTIFICATE = [
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-name-mismatch',
  'certificate-without-san',
  'certificate-self-signed',
  'certificate-unknown-issuer',
  'certificate-incomplete-chain',
  'certificate-signature-weak',
  'certificate-key-weak',
  'certificate-wrong-purpose',
  'certificate-constraint-violated',
  'certificate-malformed',
];

/** Cause → the findings that prove it. Where the list is empty, no check can tell from here. */
export const CAUSES = {
  'connect-refused': [
    'connect-refused',
    'refused-everywhere',
    'older-port-off',
    'declared-not-offered',
  ],
  'connect-timeout': [
    'connect-timeout',
    'port-25-blocked',
    'greeting-timeout',
    'greeting-slow',
    'reply-timeout',
    'handshake-timeout',
    // With the wrong security an app waits for a greeting that never comes.
    'tls-expected',
  ],
  'connect-unreachable': ['connect-unreachable'],
  'connect-reset': [
    'connect-reset',
    'connection-closed',
    'greeting-closed',
    'greeting-refused',
    'handshake-closed',
    ...MISFIT,
  ],
  'connect-failed': [...UNCONNECTED, 'greeting-timeout', ...MISFIT, ...BAD_CERTIFICATE],
  'name-not-found': ['name-not-found', 'name-without-address', 'no-published-settings'],
  'resolver-failed': ['resolver-failed', 'name-not-found', 'name-without-address'],
  'greeting-busy': ['greeting-busy', 'reply-temporary'],
  'greeting-blocklisted': ['greeting-blocklisted'],
  'not-a-mail-server': [
    'not-a-mail-server',
    'greeting-malformed',
    'greeting-refused',
    'reply-malformed',
    ...MISFIT,
  ],
  'starttls-expected': ['starttls-expected', 'not-a-mail-server'],
  'starttls-not-offered': [...NO_UPGRADE, 'ehlo-refused', 'tls-expected'],
  'security-wrong': [...MISFIT, ...NO_UPGRADE],
  'handshake-failed': [
    'handshake-failed',
    'handshake-alert',
    'handshake-closed',
    'handshake-timeout',
    'tls-version-old',
    'certificate-key-weak',
    ...MISFIT,
    ...NO_UPGRADE,
  ],
  'tls-version-old': ['tls-version-old'],
  'certificate-expired': ['certificate-expired'],
  'certificate-not-yet-valid': ['certificate-not-yet-valid', 'certificate-expired'],
  'certificate-name-mismatch': ['certificate-name-mismatch', 'certificate-without-san'],
  'certificate-self-signed': ['certificate-self-signed', 'certificate-unknown-issuer'],
  'certificate-unknown-issuer': [
    'certificate-unknown-issuer',
    'certificate-self-signed',
    'certificate-incomplete-chain',
  ],
  'certificate-key-weak': ['certificate-key-weak', 'certificate-signature-weak'],
  'certificate-untrusted': BAD_CERTIFICATE,
  'encryption-required': ['security-none'],
  'sign-in-missing': [],
  'sign-in-refused': [],
  'sign-in-app-password': [],
  'sign-in-oauth-only': [],
  'sign-in-service-off': [],
  'sign-in-locked': [],
  'sign-in-temporary': [],
  'relay-denied': [],
  'message-refused': [],
  'mailbox-full': [],
  'app-trouble': [],
};
