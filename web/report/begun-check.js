/**
 * A check under way → the text that its tab keeps of it, so that a reload does not lose it. Pure.
 *
 * It holds what was asked for: the domain or the server, and the settings that were typed. It never holds what
 * is before the @, nor the error message that was pasted.
 */
import { shareable } from '../input/address.js';

/**
 * @param {string} address as entered
 * @param {import('../input/user-input.js').Target} target
 * @param {number} now in ms since 1970
 */
export function writeBegun(address, { appSettings }, now) {
  const settings = appSettings.map(({ side, protocol, server, port, portTyped, security }) => {
    return { side, protocol, server, port: portTyped ? port : null, security };
  });
  return JSON.stringify({ version: 1, address: shareable(address) || null, at: now, settings });
}
