/**
 * What one step of a conversation came to, as a key of the locale's `steps` words and what they need.
 * Pure. One line for readers who have never heard of the step.
 */
import { policyOf } from './findings.js';

const MEBIBYTE = 1024 * 1024;
/** Ciphers that nobody has to worry about: a key of its own for each connection, and sealed records. */
const STRONG = /^TLS_(?:ECDHE|DHE)_.*_(?:GCM|CHACHA20|CCM)|^TLS_(?:AES|CHACHA20)_/;

/**
 * @param {{phase: string, status: string}} step
 * @param {object} report of the conversation
 * @param {Map<string, object>} known rows of the findings
 * @returns {{key: string, args: object}|{findings: object[]}|null} findings where these tell more
 */
export function stepFact({ phase, status }, report, known) {
  const findings = report.findings.filter(({ id }) => known.get(id)?.phase === phase);
  if (status === 'skipped') return null;
  if (status === 'failed') return findings.length > 0 ? { findings } : null;
  return FACTS[phase]?.(report, findings) ?? null;
}

const fact = (key, args = {}) => ({ key, args });

const FACTS = {
  connect: ({ target }) => fact('connect', { host: target.name, address: target.address }),
  greeting: ({ greeting }) => (greeting ? fact('greeting', { text: greeting }) : null),
  starttls: (_, findings) => (findings.length > 0 ? { findings } : fact('starttls')),
  handshake: ({ tls, hello }, findings) => {
    if (!tls?.version) return null;
    if (hello) return fact('hello', { version: tls.version });
    if (findings.some(({ id }) => policyOf(id).weakens))
      return fact('weak', { version: tls.version });
    return fact(STRONG.test(tls.suite) ? 'strong' : 'encrypted', { version: tls.version });
  },
  certificate: ({ trusted, certificates }, findings) => {
    const until = certificates?.[0]?.not_after;
    if (findings.length > 0) return { findings };
    return trusted && until ? fact('identity', { not_after: until }) : null;
  },
  capability: (report) =>
    report.target.mode === 'starttls'
      ? fact(offersTls(report) ? 'offersTls' : 'lacksTls')
      : offer(report),
  recapability: (report) => offer(report),
  close: () => fact('close'),
};

function offersTls({ capabilities }) {
  return (capabilities?.before ?? []).some((line) => /^(?:STARTTLS|STLS)\b/i.test(line));
}

/** How to sign in, and how large a message may be: what a mail app looks for. */
function offer({ auth, capabilities }) {
  const mechanisms = (auth?.after ?? []).map((name) => name.toUpperCase());
  const lines = (capabilities?.after ?? []).map((line) => line.toUpperCase());
  const tokens = ['XOAUTH2', 'OAUTHBEARER'];
  const password =
    mechanisms.some(
      (name) => !tokens.includes(name) && !['EXTERNAL', 'ANONYMOUS'].includes(name),
    ) ||
    lines.includes('USER') ||
    (lines.some((line) => line.startsWith('IMAP4')) && !lines.includes('LOGINDISABLED'));
  const token = mechanisms.some((name) => tokens.includes(name));
  const [, bytes] = lines.map((line) => /^SIZE (\d{1,12})$/.exec(line)).find(Boolean) ?? [];
  const megabytes = Math.round(Number(bytes ?? 0) / MEBIBYTE);
  const kind = password ? 'password' : token ? 'token' : null;
  if (!kind) return megabytes > 0 ? fact('size', { megabytes }) : null;
  return megabytes > 0 ? fact(`${kind}Size`, { megabytes }) : fact(kind);
}
