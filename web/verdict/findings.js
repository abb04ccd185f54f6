/**
 * What a finding weighs, one row for each: those of the core's table (wasm/diagnoses.def), which says their
 * phase, status, act and who can mend them, and the page's own verdicts, which say it here. Ids are stable for
 * ever and never reused. The words are in the locales: `diagnosis` for the core's, `verdict` for the page's; what
 * is told besides is in advice.js, and which error messages it explains in proved-causes.js.
 *
 *   status, act, who  of a verdict, as wasm/diagnoses.def explains them
 *   hiddenBy      findings that it only follows from: it is not shown beside one of them
 *   groupedBy     arguments that tell one cause from another, and `direction`, that of the port; several
 *                 ports with the same ones have one problem. Without any, a finding has one cause
 *   whoIf         who can mend it instead, where the evidence says so. `published`: the name of the server
 *                 is the provider's own word, so nobody else need change it; `unproved`: what the fix says
 *                 was tried, and did not work either; `alone`: no other port does the same work;
 *                 `confirmed`: a second place met the same, so it is not the network of the first
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

/** Who may have to do something, in the order they are shown. */
export const PARTIES = ['you', 'provider', 'network'];

const ROWS = {
  // resolve
  'name-not-found': {
    hiddenBy: ['served-by-other-name', 'published-on-other-port', 'domain-misspelled'],
    whoIf: { published: ['provider'] },
  },
  'name-without-address': {
    hiddenBy: ['served-by-other-name', 'published-on-other-port', 'domain-misspelled'],
    whoIf: { published: ['provider'] },
  },
  'resolver-failed': { groupedBy: ['reason'], ours: true },

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
  },
  'connect-unreachable': { groupedBy: ['direction'] },
  'connect-reset': { groupedBy: ['direction'] },
  'bridge-unreachable': { groupedBy: ['close'], ours: true },
  'bridge-denied': { groupedBy: ['close'], ours: true },
  'bridge-busy': { groupedBy: ['close', 'of'], ours: true },
  'bridge-budget': { groupedBy: ['close'], ours: true },

  // greeting
  'greeting-timeout': { hiddenBy: ['tls-expected'], groupedBy: ['reason'] },
  'greeting-slow': {},
  'greeting-busy': { groupedBy: ['reason'] },
  'greeting-blocklisted': {},
  'greeting-refused': {},
  'greeting-closed': {},
  'greeting-preauth': {},
  'greeting-masked': { whoIf: { confirmed: ['provider'] } },
  'greeting-malformed': { hiddenBy: ['not-a-mail-server', 'starttls-expected', 'tls-expected'] },
  'not-a-mail-server': {
    hiddenBy: ['no-mail-server'],
    groupedBy: ['looks_like'],
    whoIf: { published: ['provider', 'network'] },
  },
  'greeting-unusual': { groupedBy: ['reason'] },
  'tls-expected': { whoIf: { unproved: ['provider'] } },

  // handshake
  'starttls-expected': { hiddenBy: ['plaintext-only'], whoIf: { unproved: ['provider'] } },

  // capability
  'ehlo-refused': {},
  'ehlo-name-refused': {},
  'reply-refused': {},
  'reply-temporary': {},
  'reply-timeout': { groupedBy: ['reason'] },
  'connection-closed': {
    hiddenBy: [
      'greeting-blocklisted',
      'greeting-refused',
      'ehlo-name-refused',
      'reply-refused',
      'starttls-refused',
      'starttls-expected',
    ],
  },

  // starttls
  'starttls-not-offered': {
    hiddenBy: ['starttls-masked', 'ehlo-refused', 'plaintext-only'],
    whoIf: { alone: ['provider'] },
    tolerated: true,
  },
  'starttls-masked': { whoIf: { confirmed: ['provider'] } },
  'starttls-refused': { hiddenBy: ['starttls-masked'] },
  'starttls-unavailable': {},
  'starttls-injected': {},
  'cleartext-sign-in-offered': {
    hiddenBy: ['starttls-not-offered', 'starttls-masked', 'starttls-refused', 'plaintext-only'],
  },
  'starttls-pipelined-commands': {},
  'starttls-offered-inside-tls': {},
  'alert-before-tls': {},
  'referral-before-tls': {},
  'mailbox-data-before-tls': {},

  // handshake
  'handshake-timeout': {},
  'handshake-closed': {},
  'handshake-alert': { groupedBy: ['alert'] },
  'handshake-failed': {
    hiddenBy: ['handshake-alert', 'tls13-only', 'beyond-our-reach', 'starttls-expected'],
  },
  'tls13-only': {},
  'tls-version-intolerance': {},
  'tls-version-new-only': {},
  'tls-version-old': { groupedBy: ['version'], tolerated: true },
  'tls-version-old-accepted': { hiddenBy: ['tls-version-old'] },
  'beyond-our-reach': { groupedBy: ['reason'] },
  'cipher-weak': { hiddenBy: ['tls-version-old'], groupedBy: ['suite'], weakens: true },
  'handshake-signature-weak': { groupedBy: ['signature'], weakens: true },
  'cipher-obsolete': { groupedBy: ['suite'], weakens: true },

  // certificate
  'certificate-expired': { groupedBy: ['not_after'] },
  'certificate-not-yet-valid': { groupedBy: ['not_before'] },
  'certificate-expires-soon': { hiddenBy: ['certificate-expired'], groupedBy: ['not_after'] },
  'certificate-name-mismatch': {
    hiddenBy: ['served-by-other-name', 'certificate-without-san'],
    groupedBy: ['names'],
    whoIf: { published: ['provider'] },
  },
  'certificate-without-san': {},
  'certificate-self-signed': {},
  'certificate-unknown-issuer': { hiddenBy: ['certificate-self-signed'], groupedBy: ['issuer'] },
  'certificate-incomplete-chain': {
    hiddenBy: ['certificate-unknown-issuer'],
    groupedBy: ['issuer'],
    doubtful: true,
  },
  'certificate-misordered-chain': {
    hiddenBy: ['certificate-incomplete-chain', 'certificate-unknown-issuer'],
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
  'certificate-signature-weak': {},
  'certificate-key-weak': {},
  'certificate-wrong-purpose': {},
  'certificate-constraint-violated': { groupedBy: ['constraint'] },
  'certificate-of-older-version': { groupedBy: ['version'] },
  'certificate-malformed': {},
  'clock-wrong': { portless: true },
  'clock-unconfirmed': { groupedBy: ['not_before', 'not_after'] },

  // signin
  'sign-in-ok': { signIn: 'in' },
  'sign-in-refused': { signIn: 'either', helpedBy: 'app-password', retried: true },
  'sign-in-app-password': { signIn: 'out', helpedBy: 'app-password', retried: true },
  'sign-in-oauth-only': { signIn: 'out', helpedBy: 'provider' },
  'sign-in-service-off': { signIn: 'out', helpedBy: 'provider', retried: true },
  'sign-in-locked': { signIn: 'out', pauses: true },
  'sign-in-temporary': { signIn: 'out', retried: true },
  'sign-in-not-offered': { signIn: 'out' },
  'sign-in-failed': { signIn: 'out' },
  'sign-in-user-name': { signIn: 'address' },
  'sign-in-server-unproved': { signIn: 'out' },
  'sign-in-withheld': { signIn: 'out' },

  // capability
  'line-too-long': {},
  'reply-too-long': {},
  'reply-malformed': {},

  // What the page concludes itself, before any connection.
  'no-published-settings': {
    status: 'not-tested',
    act: 'aware',
    who: ['you', 'provider'],
    hiddenBy: ['domain-misspelled'],
  },
  'no-server-known': { status: 'not-tested', act: 'none', who: [] },
  'domain-not-found': {
    status: 'broken',
    act: 'fix',
    who: ['you'],
    hiddenBy: ['domain-misspelled'],
  },
  'mail-not-accepted': { status: 'not-offered', act: 'aware', who: ['you', 'provider'] },
  'no-new-mail': { status: 'not-offered', act: 'aware', who: ['provider'] },
  'declared-not-offered': { status: 'not-offered', act: 'none', who: [] },
  'name-servers-failed': { status: 'not-tested', act: 'aware', who: ['provider'] },
  'published-on-other-port': {
    status: 'not-tested',
    act: 'aware',
    who: ['you'],
    groupedBy: ['elsewhere'],
  },
  'provider-without-ports': { status: 'not-offered', act: 'aware', who: ['you'] },
  'not-this-provider': { status: 'not-tested', act: 'aware', who: ['you'], portless: true },
  'domain-misspelled': {
    status: 'broken',
    act: 'fix',
    who: ['you'],
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
  'port-25-blocked': { status: 'blocked', act: 'none', who: [] },
  'older-port-off': { status: 'not-offered', act: 'none', who: [], settles: true },
  'refused-everywhere': {
    status: 'not-offered',
    act: 'fix',
    who: ['you', 'network'],
    hiddenBy: ['no-mail-server'],
    whoIf: { published: ['provider', 'network'] },
  },
  'no-mail-server': {
    status: 'not-offered',
    act: 'fix',
    who: ['you', 'provider'],
    hiddenBy: ['domain-misspelled'],
    settles: true,
  },
  'silent-everywhere': {
    status: 'blocked',
    act: 'fix',
    who: ['you', 'network', 'provider'],
    whoIf: { confirmed: ['provider'] },
  },
  'plaintext-only': { status: 'broken', act: 'fix', who: ['provider'] },
  'served-by-other-name': {
    status: 'broken',
    act: 'fix',
    who: ['you'],
    groupedBy: ['name'],
    whoIf: { published: ['you', 'provider'] },
  },
  'address-differs': { status: 'works-but', act: 'aware', who: ['provider'], groupedBy: ['fails'] },
  'ipv6-broken': { status: 'works-but', act: 'aware', who: ['provider'], groupedBy: ['fails'] },
  'ipv6-unproved': { status: 'works', act: 'aware', who: ['provider', 'network'] },

  // What the page concludes from comparing two places, see vantage-comparison.js.
  'port-25-blocked-here': { status: 'blocked', act: 'none', who: [], inTheWay: true },
  'blocked-here': { status: 'blocked', act: 'aware', who: ['you', 'network'], inTheWay: true },
  'refused-here': { status: 'blocked', act: 'aware', who: ['you', 'network'], inTheWay: true },
  'certificate-replaced-here': {
    status: 'broken',
    act: 'fix',
    who: ['you', 'network'],
    inTheWay: true,
    groupedBy: ['issuer'],
  },
  'starttls-removed-here': {
    status: 'broken',
    act: 'fix',
    who: ['you', 'network'],
    inTheWay: true,
  },
  'conversation-changed-here': {
    status: 'broken',
    act: 'fix',
    who: ['you', 'network'],
    inTheWay: true,
  },
  'works-from-elsewhere': { status: 'works-but', act: 'aware', who: [] },
  'fails-elsewhere': { status: 'works', act: 'aware', who: [] },
  'slower-here': { status: 'works-but', act: 'aware', who: [] },
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
