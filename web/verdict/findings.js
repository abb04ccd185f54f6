/**
 * Everything that the page knows of a finding, one row for each: those of the core's table
 * (wasm/diagnoses.def), which says their phase, status, act and who can mend them, and the page's own
 * verdicts, which say it here. Ids are stable for ever and never reused. The words are in the locales:
 * `diagnosis` for the core's, `verdict` for the page's.
 *
 *   status, act, who  of a verdict, as wasm/diagnoses.def explains them
 *   hiddenBy      findings that it only follows from: it is not shown beside one of them
 *   groupedBy     arguments that tell one cause from another, and `direction`, that of the port; several
 *                 ports with the same ones have one problem. Without any, a finding has one cause
 *   whoIf         who can mend it instead, where the evidence says so. `published`: the name of the server
 *                 is the provider's own word, so nobody else need change it; `unproved`: what the fix says
 *                 was tried, and did not work either; `alone`: no other port does the same work;
 *                 `confirmed`: a second place met the same, so it is not the network of the first
 *   tasks         who has to do what, as keys of the locale's `tasks`; what is not named is done as the
 *                 fix on the card says it
 *   guide         the part of the page's own guidance that tells more: an anchor of index.html
 *   explains      causes of the error messages of mail apps (input/error-messages.js) that it proves
 *   toType        the argument that is a name to type
 *   ours          the bridge's or the resolver's doing: it tells nothing of the server
 *   doubtful      the certificate proves nobody, or not to every app, and most apps do not mind
 *   tolerated     it does not stop mail between servers, where encryption is tried and not demanded;
 *                 so are all findings of the phase `certificate`
 *   dispensable   nobody misses the port where another does the same work, nor between servers
 *   settles       what follows from it weighs no more than itself
 *   weakens       of the encryption that came about
 *   portless      of the whole check and of no port
 *   inTheWay      something in the reader's own network stops the port, and not the server
 *   signIn        came of a sign-in: `in`, or `out`; of the user name: `address`, it has to be the whole
 *                 address, `either`: it may be what is wrong
 *   helpedBy      … the way out is at the provider: `app-password`, where these are made, or `provider`, its help
 *   retried       … whose message in an app is worth a sign-in here, which may say more
 *   pauses        … and no other is to be tried with that server for a while
 *   inAnswer      told by the headline and what is below it, and by no card
 */

/** Shown by the app settings, and no finding: an app that was told not to encrypt. */
export const NO_ENCRYPTION = 'security-none';

const CERTIFICATE = { provider: 'certificate' };
const ENCRYPTION = { you: 'not-there', provider: 'encryption', network: 'hands-off' };
/** Apps have one message for many reasons: a sign-in says which it was. */
const REFUSED = [
  'sign-in-refused',
  'sign-in-app-password',
  'sign-in-oauth-only',
  'sign-in-service-off',
  'sign-in-locked',
  'sign-in-temporary',
];
const NAME = { you: 'server-name', provider: 'publish' };

const ROWS = {
  // resolve
  'name-not-found': {
    hiddenBy: ['served-by-other-name', 'published-on-other-port', 'domain-misspelled'],
    whoIf: { published: ['provider'] },
    tasks: NAME,
    explains: ['connect-failed', 'name-not-found', 'resolver-failed'],
  },
  'name-without-address': {
    hiddenBy: ['served-by-other-name', 'published-on-other-port', 'domain-misspelled'],
    whoIf: { published: ['provider'] },
    tasks: { you: 'server-name', provider: 'dns' },
    explains: ['connect-failed', 'name-not-found', 'resolver-failed'],
  },
  'resolver-failed': { groupedBy: ['reason'], explains: ['resolver-failed'], ours: true },

  // connect
  'connect-refused': {
    hiddenBy: [
      'no-mail-server',
      'older-port-off',
      'refused-everywhere',
      'served-by-other-name',
      'published-on-other-port',
    ],
    groupedBy: ['direction'],
    whoIf: { published: ['provider'] },
    tasks: { you: 'ask-name', provider: 'open' },
    guide: 'error-refused',
    explains: ['connect-refused', 'connect-failed'],
    dispensable: true,
  },
  'connect-timeout': {
    hiddenBy: [
      'no-mail-server',
      'older-port-off',
      'port-25-blocked',
      'published-on-other-port',
      'served-by-other-name',
      'silent-everywhere',
    ],
    groupedBy: ['direction'],
    guide: 'error-timeout',
    explains: ['connect-timeout', 'connect-failed'],
  },
  'connect-unreachable': {
    groupedBy: ['direction'],
    explains: ['connect-unreachable', 'connect-failed'],
  },
  'connect-reset': { groupedBy: ['direction'], explains: ['connect-reset', 'connect-failed'] },
  'bridge-unreachable': { groupedBy: ['close'], ours: true },
  'bridge-denied': { groupedBy: ['close'], ours: true },
  'bridge-busy': { groupedBy: ['close', 'of'], ours: true },
  'bridge-budget': { groupedBy: ['close'], ours: true },

  // greeting
  'greeting-timeout': {
    hiddenBy: ['tls-expected'],
    groupedBy: ['reason'],
    explains: ['connect-timeout', 'connect-failed'],
  },
  'greeting-slow': { explains: ['connect-timeout'] },
  'greeting-busy': { groupedBy: ['reason'], explains: ['greeting-busy'] },
  'greeting-blocklisted': { explains: ['greeting-blocklisted'] },
  'greeting-refused': { explains: ['connect-reset', 'not-a-mail-server'] },
  'greeting-closed': { explains: ['connect-reset'] },
  'greeting-preauth': { tasks: ENCRYPTION },
  'greeting-masked': {
    whoIf: { confirmed: ['provider'] },
    tasks: { provider: 'hands-off', network: 'hands-off' },
  },
  'greeting-malformed': {
    hiddenBy: ['not-a-mail-server', 'starttls-expected', 'tls-expected'],
    explains: ['not-a-mail-server'],
  },
  'not-a-mail-server': {
    hiddenBy: ['no-mail-server'],
    groupedBy: ['looks_like'],
    whoIf: { published: ['provider', 'network'] },
    tasks: { you: 'ask-name', provider: 'publish', network: 'hands-off' },
    explains: ['not-a-mail-server', 'starttls-expected'],
  },
  'greeting-unusual': { groupedBy: ['reason'] },
  'tls-expected': {
    whoIf: { unproved: ['provider'] },
    tasks: { you: 'ssl', provider: 'encryption' },
    guide: 'error-security',
    explains: [
      'connect-timeout',
      'connect-reset',
      'connect-failed',
      'not-a-mail-server',
      'starttls-not-offered',
      'security-wrong',
      'handshake-failed',
    ],
  },

  // handshake
  'starttls-expected': {
    hiddenBy: ['plaintext-only'],
    whoIf: { unproved: ['provider'] },
    tasks: { you: 'starttls', provider: 'encryption' },
    guide: 'error-security',
    explains: [
      'connect-reset',
      'connect-failed',
      'not-a-mail-server',
      'starttls-expected',
      'security-wrong',
      'handshake-failed',
    ],
  },

  // capability
  'ehlo-refused': { explains: ['starttls-not-offered'] },
  'ehlo-name-refused': {},
  'reply-refused': {},
  'reply-temporary': { explains: ['greeting-busy'] },
  'reply-timeout': { groupedBy: ['reason'], explains: ['connect-timeout'] },
  'connection-closed': {
    hiddenBy: [
      'greeting-blocklisted',
      'greeting-refused',
      'ehlo-name-refused',
      'reply-refused',
      'starttls-refused',
      'starttls-expected',
    ],
    explains: ['connect-reset'],
  },

  // starttls
  'starttls-not-offered': {
    hiddenBy: ['starttls-masked', 'ehlo-refused', 'plaintext-only'],
    whoIf: { alone: ['provider'] },
    tasks: ENCRYPTION,
    guide: 'error-security',
    explains: ['starttls-not-offered', 'security-wrong', 'handshake-failed'],
    tolerated: true,
  },
  'starttls-masked': {
    whoIf: { confirmed: ['provider'] },
    tasks: ENCRYPTION,
    explains: ['starttls-not-offered', 'security-wrong', 'handshake-failed'],
  },
  'starttls-refused': {
    hiddenBy: ['starttls-masked'],
    tasks: ENCRYPTION,
    guide: 'error-security',
    explains: ['starttls-not-offered', 'security-wrong', 'handshake-failed'],
  },
  'starttls-unavailable': {
    tasks: ENCRYPTION,
    explains: ['starttls-not-offered', 'security-wrong', 'handshake-failed'],
  },
  'starttls-injected': { tasks: ENCRYPTION },
  'cleartext-sign-in-offered': {
    hiddenBy: ['starttls-not-offered', 'starttls-masked', 'starttls-refused', 'plaintext-only'],
    tasks: { you: 'never-none', provider: 'encryption' },
    guide: 'error-security',
  },
  'starttls-pipelined-commands': {},
  'starttls-offered-inside-tls': {},
  'alert-before-tls': {},
  'referral-before-tls': {},
  'mailbox-data-before-tls': { tasks: { network: 'hands-off' } },

  // handshake
  'handshake-timeout': { explains: ['connect-timeout', 'handshake-failed'] },
  'handshake-closed': { explains: ['connect-reset', 'handshake-failed'] },
  'handshake-alert': { groupedBy: ['alert'], explains: ['handshake-failed'] },
  'handshake-failed': {
    hiddenBy: ['handshake-alert', 'tls13-only', 'beyond-our-reach', 'starttls-expected'],
    explains: ['handshake-failed'],
  },
  'tls13-only': {},
  'tls-version-intolerance': { explains: ['connect-reset', 'handshake-failed'] },
  'tls-version-new-only': { explains: ['handshake-failed', 'tls-version-old'] },
  'tls-version-old': {
    groupedBy: ['version'],
    tasks: ENCRYPTION,
    explains: ['handshake-failed', 'tls-version-old'],
    tolerated: true,
  },
  'tls-version-old-accepted': { hiddenBy: ['tls-version-old'], tasks: ENCRYPTION },
  'beyond-our-reach': { groupedBy: ['reason'] },
  'cipher-weak': {
    hiddenBy: ['tls-version-old'],
    groupedBy: ['suite'],
    tasks: ENCRYPTION,
    weakens: true,
  },
  'handshake-signature-weak': { groupedBy: ['signature'], tasks: ENCRYPTION, weakens: true },
  'cipher-obsolete': { groupedBy: ['suite'], tasks: ENCRYPTION, weakens: true },

  // certificate
  'certificate-expired': {
    groupedBy: ['not_after'],
    tasks: CERTIFICATE,
    guide: 'error-certificate',
    explains: [
      'connect-failed',
      'certificate-expired',
      'certificate-not-yet-valid',
      'certificate-untrusted',
    ],
  },
  'certificate-not-yet-valid': {
    groupedBy: ['not_before'],
    tasks: CERTIFICATE,
    guide: 'error-certificate',
    explains: ['connect-failed', 'certificate-not-yet-valid', 'certificate-untrusted'],
  },
  'certificate-expires-soon': {
    hiddenBy: ['certificate-expired'],
    groupedBy: ['not_after'],
    tasks: CERTIFICATE,
  },
  'certificate-name-mismatch': {
    hiddenBy: ['served-by-other-name', 'certificate-without-san'],
    groupedBy: ['names'],
    whoIf: { published: ['provider'] },
    tasks: { you: 'ask-name', provider: 'certificate-name' },
    guide: 'error-certificate',
    explains: ['connect-failed', 'certificate-name-mismatch', 'certificate-untrusted'],
  },
  'certificate-without-san': {
    tasks: CERTIFICATE,
    explains: ['connect-failed', 'certificate-name-mismatch', 'certificate-untrusted'],
  },
  'certificate-self-signed': {
    tasks: CERTIFICATE,
    guide: 'error-certificate',
    explains: [
      'connect-failed',
      'certificate-self-signed',
      'certificate-unknown-issuer',
      'certificate-untrusted',
    ],
  },
  'certificate-unknown-issuer': {
    hiddenBy: ['certificate-self-signed'],
    groupedBy: ['issuer'],
    tasks: { provider: 'certificate', network: 'hands-off' },
    guide: 'error-certificate',
    explains: [
      'connect-failed',
      'certificate-self-signed',
      'certificate-unknown-issuer',
      'certificate-untrusted',
    ],
  },
  'certificate-incomplete-chain': {
    hiddenBy: ['certificate-unknown-issuer'],
    groupedBy: ['issuer'],
    tasks: { provider: 'chain' },
    explains: ['connect-failed', 'certificate-unknown-issuer', 'certificate-untrusted'],
    doubtful: true,
  },
  'certificate-misordered-chain': {
    hiddenBy: ['certificate-incomplete-chain', 'certificate-unknown-issuer'],
    tasks: { provider: 'chain' },
  },
  'certificate-chain-long': { hiddenBy: ['certificate-misordered-chain'] },
  'certificate-out-of-profile': {
    hiddenBy: [
      'certificate-constraint-violated',
      'certificate-malformed',
      'certificate-name-mismatch',
      'certificate-without-san',
      'certificate-wrong-purpose',
    ],
    groupedBy: ['rule'],
    doubtful: true,
  },
  'certificate-signature-weak': {
    tasks: CERTIFICATE,
    explains: ['connect-failed', 'certificate-key-weak', 'certificate-untrusted'],
  },
  'certificate-key-weak': {
    tasks: CERTIFICATE,
    explains: [
      'connect-failed',
      'handshake-failed',
      'certificate-key-weak',
      'certificate-untrusted',
    ],
  },
  'certificate-wrong-purpose': {
    tasks: CERTIFICATE,
    explains: ['connect-failed', 'certificate-untrusted'],
  },
  'certificate-constraint-violated': {
    groupedBy: ['constraint'],
    tasks: CERTIFICATE,
    explains: ['connect-failed', 'certificate-untrusted'],
  },
  'certificate-of-older-version': { groupedBy: ['version'], tasks: CERTIFICATE },
  'certificate-malformed': {
    tasks: CERTIFICATE,
    explains: ['connect-failed', 'certificate-untrusted'],
  },
  'clock-wrong': { tasks: { you: 'clock' }, portless: true },
  'clock-unconfirmed': { groupedBy: ['not_before', 'not_after'], tasks: { you: 'clock' } },

  // signin
  'sign-in-ok': { signIn: 'in' },
  'sign-in-refused': {
    signIn: 'either',
    helpedBy: 'app-password',
    retried: true,
    guide: 'error-sign-in',
    explains: REFUSED,
  },
  'sign-in-app-password': {
    signIn: 'out',
    helpedBy: 'app-password',
    retried: true,
    guide: 'error-sign-in',
    explains: REFUSED,
  },
  'sign-in-oauth-only': { signIn: 'out', helpedBy: 'provider', explains: REFUSED },
  'sign-in-service-off': {
    signIn: 'out',
    helpedBy: 'provider',
    retried: true,
    tasks: { provider: 'switch-on' },
    explains: REFUSED,
  },
  'sign-in-locked': { signIn: 'out', pauses: true, explains: REFUSED },
  'sign-in-temporary': { signIn: 'out', retried: true, explains: REFUSED },
  'sign-in-not-offered': { signIn: 'out', explains: REFUSED },
  'sign-in-failed': { signIn: 'out', explains: REFUSED },
  'sign-in-user-name': { signIn: 'address', explains: REFUSED },
  'sign-in-server-unproved': { signIn: 'out', tasks: { provider: 'look', network: 'hands-off' } },
  'sign-in-withheld': { signIn: 'out' },

  // capability
  'line-too-long': {},
  'reply-too-long': {},
  'reply-malformed': { explains: ['not-a-mail-server'] },

  // What the page concludes itself, before any connection.
  'no-published-settings': {
    status: 'not-tested',
    act: 'aware',
    who: ['you', 'provider'],
    hiddenBy: ['domain-misspelled'],
    tasks: { you: 'address', provider: 'publish' },
    explains: ['connect-failed', 'name-not-found'],
  },
  'no-server-known': { status: 'not-tested', act: 'none', who: [] },
  'domain-not-found': {
    status: 'broken',
    act: 'fix',
    who: ['you'],
    hiddenBy: ['domain-misspelled'],
    tasks: { you: 'address' },
    explains: ['connect-failed', 'name-not-found'],
  },
  'mail-not-accepted': {
    status: 'not-offered',
    act: 'aware',
    who: ['you', 'provider'],
    tasks: { you: 'address', provider: 'mx' },
  },
  'no-new-mail': {
    status: 'not-offered',
    act: 'aware',
    who: ['provider'],
    tasks: { provider: 'mx' },
  },
  'declared-not-offered': {
    status: 'not-offered',
    act: 'none',
    who: [],
    guide: 'older-ports',
    explains: ['connect-refused', 'connect-failed'],
  },
  'name-servers-failed': {
    status: 'not-tested',
    act: 'aware',
    who: ['provider'],
    tasks: { provider: 'dns' },
  },
  'published-on-other-port': {
    status: 'not-tested',
    act: 'aware',
    who: ['you'],
    groupedBy: ['elsewhere'],
    tasks: { you: 'other-port' },
  },
  'provider-without-ports': { status: 'not-offered', act: 'aware', who: ['you'] },
  'not-this-provider': {
    status: 'not-tested',
    act: 'aware',
    who: ['you'],
    tasks: { you: 'address' },
    portless: true,
  },
  'domain-misspelled': {
    status: 'broken',
    act: 'fix',
    who: ['you'],
    tasks: { you: 'address' },
    portless: true,
    inAnswer: true,
  },
  'name-withheld': {
    status: 'not-tested',
    act: 'none',
    who: [],
    groupedBy: ['reason'],
    ours: true,
  },
  'check-stopped': { status: 'not-tested', act: 'none', who: [] },
  'not-tested-from-here': { status: 'not-tested', act: 'none', who: [], ours: true },

  // What the page concludes from comparing ports, names and addresses.
  'port-25-blocked': {
    status: 'blocked',
    act: 'none',
    who: [],
    guide: 'port-25',
    explains: ['connect-timeout', 'connect-failed'],
  },
  'older-port-off': {
    status: 'not-offered',
    act: 'none',
    who: [],
    settles: true,
    guide: 'older-ports',
    explains: ['connect-refused', 'connect-failed'],
  },
  'refused-everywhere': {
    status: 'not-offered',
    act: 'fix',
    who: ['you', 'network'],
    hiddenBy: ['no-mail-server'],
    whoIf: { published: ['provider', 'network'] },
    tasks: { you: 'ask-name', provider: 'open' },
    guide: 'error-refused',
    explains: ['connect-refused', 'connect-failed'],
  },
  'no-mail-server': {
    status: 'not-offered',
    act: 'fix',
    who: ['you', 'provider'],
    hiddenBy: ['domain-misspelled'],
    tasks: { you: 'address', provider: 'publish' },
    guide: 'error-refused',
    settles: true,
    explains: ['connect-refused', 'connect-timeout', 'connect-failed'],
  },
  'silent-everywhere': {
    status: 'blocked',
    act: 'fix',
    who: ['you', 'network', 'provider'],
    whoIf: { confirmed: ['provider'] },
    tasks: { you: 'other-network', provider: 'start' },
    guide: 'error-timeout',
    explains: ['connect-timeout', 'connect-failed'],
  },
  'plaintext-only': {
    status: 'broken',
    act: 'fix',
    who: ['provider'],
    tasks: ENCRYPTION,
    guide: 'error-security',
    explains: [
      'connect-reset',
      'connect-failed',
      'not-a-mail-server',
      'starttls-expected',
      'starttls-not-offered',
      'security-wrong',
      'handshake-failed',
    ],
  },
  'served-by-other-name': {
    status: 'broken',
    act: 'fix',
    who: ['you'],
    groupedBy: ['name'],
    whoIf: { published: ['you', 'provider'] },
    tasks: NAME,
    guide: 'error-refused',
    explains: ['connect-failed'],
    toType: 'name',
  },
  'address-differs': {
    status: 'works-but',
    act: 'aware',
    who: ['provider'],
    groupedBy: ['fails'],
    tasks: { provider: 'addresses' },
  },
  'ipv6-broken': {
    status: 'works-but',
    act: 'aware',
    who: ['provider'],
    groupedBy: ['fails'],
    tasks: { provider: 'addresses' },
  },
  'ipv6-unproved': {
    status: 'works',
    act: 'aware',
    who: ['provider', 'network'],
    tasks: { provider: 'addresses' },
  },

  // What the page concludes from comparing two places, see vantage-comparison.js.
  'port-25-blocked-here': {
    status: 'blocked',
    act: 'none',
    who: [],
    inTheWay: true,
    guide: 'port-25',
    explains: ['connect-timeout', 'connect-refused', 'connect-failed'],
  },
  'blocked-here': {
    status: 'blocked',
    act: 'aware',
    who: ['you', 'network'],
    inTheWay: true,
    tasks: { you: 'another-network', network: 'open-port' },
    guide: 'error-timeout',
    explains: ['connect-timeout', 'connect-unreachable', 'connect-failed'],
  },
  'refused-here': {
    status: 'blocked',
    act: 'aware',
    who: ['you', 'network'],
    inTheWay: true,
    tasks: { you: 'another-network', network: 'open-port' },
    guide: 'error-refused',
    explains: ['connect-refused', 'connect-reset', 'connect-failed'],
  },
  'certificate-replaced-here': {
    status: 'broken',
    act: 'fix',
    who: ['you', 'network'],
    inTheWay: true,
    groupedBy: ['issuer'],
    tasks: { you: 'antivirus', network: 'hands-off' },
    guide: 'error-certificate',
    explains: [
      'connect-failed',
      'certificate-self-signed',
      'certificate-unknown-issuer',
      'certificate-expired',
      'certificate-name-mismatch',
      'certificate-untrusted',
    ],
  },
  'starttls-removed-here': {
    status: 'broken',
    act: 'fix',
    who: ['you', 'network'],
    inTheWay: true,
    tasks: { you: 'antivirus', network: 'hands-off' },
    guide: 'error-security',
    explains: ['starttls-not-offered', 'security-wrong', 'handshake-failed'],
  },
  'conversation-changed-here': {
    status: 'broken',
    act: 'fix',
    who: ['you', 'network'],
    inTheWay: true,
    tasks: { you: 'antivirus', network: 'hands-off' },
    explains: ['connect-reset', 'connect-failed', 'not-a-mail-server', 'handshake-failed'],
  },
  'works-from-elsewhere': { status: 'works-but', act: 'aware', who: [] },
  'fails-elsewhere': { status: 'works', act: 'aware', who: [] },
  'slower-here': { status: 'works-but', act: 'aware', who: [] },

  [NO_ENCRYPTION]: { explains: ['encryption-required'] },
};

/** The page's own verdicts: id, status, act, who. */
export const VERDICTS = Object.entries(ROWS)
  .filter(([, { status }]) => status)
  .map(([id, { status, act, who }]) => ({ id, status, act, who }));

/**
 * What the page makes of a finding, which is nothing for an id of a newer core. What the core's table
 * says of it, only catalogue() knows.
 */
export function policyOf(id) {
  return Object.hasOwn(ROWS, id) ? ROWS[id] : {};
}

/** Joined once for each table. */
const catalogues = new WeakMap();

/**
 * @param {object} tables
 * @returns {Map<string, object>} whole rows by id; `phase` is null for a verdict
 */
export function catalogue(tables) {
  if (!catalogues.has(tables)) catalogues.set(tables, join(tables));
  return catalogues.get(tables);
}

function join({ diagnoses }) {
  const rows = [...diagnoses, ...VERDICTS.map((row) => ({ phase: null, ...row }))];
  return new Map(
    rows.map((row) => [
      row.id,
      { ...row, tolerated: row.phase === 'certificate', ...policyOf(row.id) },
    ]),
  );
}

/** Ids of all rows, for the test that holds them against the core's table. */
export const FINDING_IDS = Object.keys(ROWS);
