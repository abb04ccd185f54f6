/** Where a server name comes from, in words. */
import { providerByHost } from '../discover/providers.js';

/** A name from a certificate is worth what vouches for it. */
const OF_CERTIFICATE = { provider: 'provider', preset: 'preset', person: 'typed' };

/** @param {string} source see candidates.js @param {string} host */
export function sourceWords(source, host, words) {
  const provider = providerByHost(host)?.name;
  const key = source === 'provider' && !provider ? 'usual' : source;
  return words.say(`answer.source.${key}`, { provider });
}

/** Where the server name of a setting comes from, and whether to ask before it is typed. */
export function settingSource({ source, server, vouched }, domain, words) {
  if (!vouched) return words.say('answer.claimedSource', { domain });
  if (vouched === 'records') {
    const record = source === 'certificate' ? 'CNAME' : 'SRV';
    return words.say('answer.publishedBy', { domain, record });
  }
  const known = source === 'certificate' ? (OF_CERTIFICATE[vouched] ?? source) : source;
  return sourceWords(known, server, words);
}
