/** Where the name of a server comes from, in words. Pure. */
import { providerByHost } from '../discover/providers.js';

/** @param {string} source see candidates.js @param {string} host */
export function sourceOf(source, host) {
  const provider = providerByHost(host)?.name;
  const key = source === 'provider' && !provider ? 'usual' : source;
  return { key: `answer.source.${key}`, args: { provider } };
}
