/**
 * Who has to do what about a finding, as keys of the locale's `tasks` words. Pure. Who it is, the table
 * of diagnoses says; what is not named here is done as the fix on the card says it.
 */

/** All parties, in the order they are shown. */
export const PARTIES = ['you', 'provider', 'network'];

const USUAL = { you: 'follow', provider: 'look', network: 'let-through' };

const CERTIFICATE = { provider: 'certificate' };
const ENCRYPTION = { you: 'not-there', provider: 'encryption', network: 'hands-off' };
const NAME = { you: 'server-name', provider: 'publish' };

const TASKS = {
  'name-not-found': NAME,
  'name-without-address': { you: 'server-name', provider: 'dns' },
  'name-servers-failed': { provider: 'dns' },
  'no-published-settings': NAME,
  'not-this-provider': { you: 'address' },
  'refused-everywhere': NAME,
  'served-by-other-name': NAME,
  'connect-refused': { you: 'server-name' },
  'published-on-other-port': { you: 'other-port' },
  'tls-expected': { you: 'ssl' },
  'starttls-expected': { you: 'starttls' },
  'greeting-preauth': ENCRYPTION,
  'greeting-masked': { network: 'hands-off' },
  'not-a-mail-server': { you: 'server-name', network: 'hands-off' },
  'starttls-not-offered': ENCRYPTION,
  'starttls-masked': ENCRYPTION,
  'starttls-refused': ENCRYPTION,
  'starttls-unavailable': ENCRYPTION,
  'starttls-injected': ENCRYPTION,
  'mailbox-data-before-tls': { network: 'hands-off' },
  'cleartext-sign-in-offered': { you: 'never-none', provider: 'encryption' },
  'tls-version-old': ENCRYPTION,
  'tls-version-old-accepted': ENCRYPTION,
  'cipher-weak': ENCRYPTION,
  'cipher-obsolete': ENCRYPTION,
  'handshake-signature-weak': ENCRYPTION,
  'certificate-expired': CERTIFICATE,
  'certificate-not-yet-valid': CERTIFICATE,
  'certificate-expires-soon': CERTIFICATE,
  'certificate-name-mismatch': { you: 'ask-name', provider: 'certificate-name' },
  'certificate-without-san': CERTIFICATE,
  'certificate-self-signed': CERTIFICATE,
  'certificate-unknown-issuer': { provider: 'certificate', network: 'hands-off' },
  'certificate-incomplete-chain': { provider: 'chain' },
  'certificate-misordered-chain': { provider: 'chain' },
  'certificate-signature-weak': CERTIFICATE,
  'certificate-key-weak': CERTIFICATE,
  'certificate-wrong-purpose': CERTIFICATE,
  'certificate-constraint-violated': CERTIFICATE,
  'certificate-malformed': CERTIFICATE,
  'clock-wrong': { you: 'clock' },
  'clock-unconfirmed': { you: 'clock' },
  'sign-in-service-off': { provider: 'switch-on' },
  'ipv6-broken': { provider: 'addresses' },
  'ipv6-unproved': { provider: 'addresses' },
  'address-differs': { provider: 'addresses' },
};

/**
 * @param {string} id of the finding
 * @param {string[]} who can do something about it
 * @returns {Array<{party: string, task: string|null}>} all parties; null: not involved
 */
export function tasksFor(id, who) {
  return PARTIES.map((party) => ({
    party,
    task: who.includes(party) ? (TASKS[id]?.[party] ?? USUAL[party]) : null,
  }));
}

/** Every finding and task that is named here; tests hold them against the tables and the words. */
export function namedTasks() {
  const tasks = Object.values(TASKS).flatMap((own) => Object.entries(own));
  return { ids: Object.keys(TASKS), tasks: [...tasks, ...Object.entries(USUAL)] };
}

/** The value that the fix tells to type, where it is one to copy. */
export function valueToType({ id, args }) {
  if (id !== 'served-by-other-name') return null;
  return typeof args.name === 'string' && args.name ? args.name : null;
}
