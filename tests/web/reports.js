/** Reports of conversations as the core makes them, cut short. */

const PHASES = [
  'resolve',
  'connect',
  'greeting',
  'capability',
  'starttls',
  'handshake',
  'certificate',
  'recapability',
  'signin',
  'close',
];

/** Phase in which a conversation with this finding ended; others do not end it. */
const ENDS_IN = {
  'connect-refused': 'connect',
  'connect-timeout': 'connect',
  'connect-unreachable': 'connect',
  'connect-reset': 'connect',
  'bridge-unreachable': 'connect',
  'bridge-busy': 'connect',
  'bridge-denied': 'connect',
  'greeting-timeout': 'greeting',
  'greeting-refused': 'greeting',
  'not-a-mail-server': 'greeting',
  'tls-expected': 'greeting',
  'starttls-expected': 'handshake',
  'starttls-not-offered': 'starttls',
  'handshake-alert': 'handshake',
  'certificate-expired': 'certificate',
  'certificate-name-mismatch': 'certificate',
  'certificate-self-signed': 'certificate',
  'certificate-unknown-issuer': 'certificate',
};

/** @param {object} options {service, port, mode, serverName, address, findings, stopped, names, auth} */
export function reportOf({
  service = 'imaps',
  port = 993,
  mode = 'implicit-tls',
  serverName = 'imap.example.test',
  address = '192.0.2.10',
  findings = [],
  stopped = false,
  names,
  auth = [],
}) {
  const ends = PHASES.indexOf(findings.map(({ id }) => ENDS_IN[id]).find(Boolean) ?? 'none');
  const certificateBad = findings.some(({ id }) => ENDS_IN[id] === 'certificate');
  return {
    version: 1,
    target: { name: serverName, address, port, service, mode },
    phases: PHASES.map((phase, index) => {
      if (phase === 'resolve' || phase === 'signin' || stopped)
        return { phase, status: 'skipped', ms: 0 };
      if (phase === 'starttls' && mode === 'implicit-tls')
        return { phase, status: 'skipped', ms: 0 };
      if (ends >= 0 && index === ends) return { phase, status: 'failed', ms: 10 };
      if (ends >= 0 && index > ends && !certificateBad) return { phase, status: 'skipped', ms: 0 };
      return { phase, status: 'ok', ms: 10 };
    }),
    greeting: '* OK ready',
    capabilities: { before: [], after: [] },
    auth: { before: [], after: auth },
    tls: { version: 'TLS 1.2', suite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', group: 'x25519' },
    certificates: [{ subject: serverName, issuer: 'Test CA', names: names ?? [serverName] }],
    trusted: ends < 0 && !stopped,
    findings: findings.map(({ id, args = {} }) => ({ id, args })),
    transcript: [{ t: 1, from: 'S', text: '* OK ready' }],
  };
}
