/** By what name the check is to introduce itself: that of the bridge, whose connections they are. */
import { resourceUrl } from './bridge.js';

/** A check goes on without the name after this. */
const ANSWER_LIMIT_MS = 3000;
/** RFC 5321 4.1.2, with at least one dot; RFC 1035 2.3.4. */
const NAME = /^(?=.{1,253}$)([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/i;

/**
 * @param {{url: string}} bridge as chooseBridge() returned it
 * @returns {Promise<string|undefined>} undefined where the bridge has none; never rejects
 */
export async function askHelo(bridge) {
  try {
    const response = await fetch(resourceUrl(bridge, 'about.json'), {
      credentials: 'same-origin',
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    // Read to its end whatever it is: until then the request is not over, and the limit would end it.
    const body = await response.text();
    if (!response.ok) return undefined;
    const { helo } = JSON.parse(body);
    return typeof helo === 'string' && NAME.test(helo) ? helo : undefined;
  } catch {
    // An older bridge, or one behind a proxy that carries only sockets.
    return undefined;
  }
}
