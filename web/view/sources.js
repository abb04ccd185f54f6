/** Where a server name comes from, in words. */
import { providerByHost } from '../providers.js';

/** @param {string} source see candidates.js @param {string} host */
export function sourceWords(source, host, words) {
  const provider = providerByHost(host)?.name;
  const key = source === 'provider' && !provider ? 'usual' : source;
  return words.say(`answer.source.${key}`, { provider });
}
