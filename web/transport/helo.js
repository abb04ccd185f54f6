/** By what name the check is to introduce itself: that of the bridge, whose connections they are. */
import { askJson } from './ask.js';
import { resourceUrl } from './bridge.js';

/** RFC 5321 4.1.2, with at least one dot; RFC 1035 2.3.4. */
const NAME = /^(?=.{1,253}$)([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/i;

/**
 * @param {{url: string}} bridge as chooseBridge() returned it
 * @returns {Promise<string|undefined>} undefined where the bridge has none; never rejects
 */
export async function askHelo(bridge) {
  // Not there at an older bridge, or one behind a proxy that carries only sockets.
  const { helo } = await askJson(resourceUrl(bridge, 'about.json'), { credentials: 'same-origin' });
  return typeof helo === 'string' && NAME.test(helo) ? helo : undefined;
}
