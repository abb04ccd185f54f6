/** What a finding weighs on the port it was made on, and which findings only follow from others. Pure. */
import { STATUSES } from '../scan/evidence.js';
import { VERDICTS } from './verdicts.js';

/** Finding → the findings it only follows from. It is not shown beside one of them. */
const FOLLOWS = {
  'connect-refused': [
    'older-port-off',
    'refused-everywhere',
    'served-by-other-name',
    'published-on-other-port',
  ],
  'connect-timeout': ['port-25-blocked', 'served-by-other-name', 'published-on-other-port'],
  'name-not-found': ['served-by-other-name', 'published-on-other-port'],
  'name-without-address': ['served-by-other-name', 'published-on-other-port'],
  'greeting-timeout': ['tls-expected'],
  'greeting-malformed': ['not-a-mail-server', 'starttls-expected', 'tls-expected'],
  'connection-closed': [
    'greeting-blocklisted',
    'greeting-refused',
    'ehlo-name-refused',
    'reply-refused',
    'starttls-refused',
    'starttls-expected',
  ],
  'starttls-not-offered': ['starttls-masked', 'ehlo-refused'],
  'starttls-refused': ['starttls-masked'],
  'cleartext-sign-in-offered': ['starttls-not-offered', 'starttls-masked', 'starttls-refused'],
  'handshake-failed': ['handshake-alert', 'tls13-only', 'beyond-our-reach', 'starttls-expected'],
  'cipher-weak': ['tls-version-old'],
  'tls-version-old-accepted': ['tls-version-old'],
  'certificate-name-mismatch': ['served-by-other-name', 'certificate-without-san'],
  'certificate-unknown-issuer': ['certificate-self-signed'],
  'certificate-incomplete-chain': ['certificate-unknown-issuer'],
  'certificate-expires-soon': ['certificate-expired'],
  'certificate-out-of-profile': [
    'certificate-constraint-violated',
    'certificate-malformed',
    'certificate-name-mismatch',
    'certificate-without-san',
    'certificate-wrong-purpose',
  ],
  'certificate-chain-long': ['certificate-misordered-chain'],
  'certificate-misordered-chain': ['certificate-incomplete-chain', 'certificate-unknown-issuer'],
};

/**
 * Between servers encryption is tried, not demanded: on the relay port these, and a bad certificate,
 * are no reader's worry.
 */
const RELAY_TOLERATES = ['starttls-not-offered', 'tls-version-old'];

/** @returns {Map<string, object>} findings and verdicts by id */
export function catalogue(tables) {
  return new Map([...tables.diagnoses, ...VERDICTS].map((row) => [row.id, row]));
}

/** The table row of a finding as it weighs on this port. */
export function weigh(finding, row, known) {
  const base = known.get(finding.id);
  if (!base) return { status: 'not-tested', act: 'none', who: [] };
  const { status, act, who } = base;
  if (row.service.direction === 'relay') {
    if (finding.id === 'connect-refused') return { status, act: 'none', who };
    if (tolerated(base) && act === 'fix') return { status, act: 'aware', who };
  }
  return { status, act, who };
}

/** A finding that does not stop mail between servers. */
export function tolerated({ id, phase }) {
  return phase === 'certificate' || RELAY_TOLERATES.includes(id);
}

/** The findings of a row that are shown: what only follows from another is left out. */
export function shown(row) {
  const ids = row.findings.map(({ id }) => id);
  return row.findings.filter(({ id }) => !FOLLOWS[id]?.some((cause) => ids.includes(cause)));
}

/** A cause is as weighty as the weightiest of what follows from it. */
export function withFollowers(finding, row, known) {
  const followers = row.findings.filter(({ id }) => FOLLOWS[id]?.includes(finding.id));
  const heavier = (a, b) => STATUSES.indexOf(b.status) < STATUSES.indexOf(a.status);
  return followers
    .map((follower) => weigh(follower, row, known))
    .reduce(
      (most, next) =>
        heavier(most, next) ? { ...most, status: next.status, act: next.act } : most,
      weigh(finding, row, known),
    );
}
