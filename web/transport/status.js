/** The bridge's first message: it has reached the target, and from now on there are only bytes. */
import { readSelfTest } from './self-test.js';

/** A real one has some 300 characters. */
const LONGEST = 4096;
/** An IPv6 address in text. Whether it is one, the core decides. */
const LONGEST_ADDRESS = 45;

/**
 * @param {unknown} data of the message
 * @returns {{bridge: {ip: string, connect_ms: number}, local: string,
 *   tested: import('./self-test.js').SelfTest|null}|null} null for what is none; `bridge` is evidence for the
 *   report. Where the bridge stands (`local`) is of use to the conversation, and no part of a report that is
 *   passed on
 */
export function readStatus(data) {
  if (typeof data !== 'string' || data.length > LONGEST) return null;
  let status;
  try {
    status = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof status?.ip !== 'string' || typeof status.connect_ms !== 'number') return null;
  const { ip, connect_ms, local } = status;
  const told = typeof local === 'string' && local.length <= LONGEST_ADDRESS;
  return {
    bridge: { ip, connect_ms },
    local: told ? local : '',
    tested: readSelfTest(status.tested),
  };
}
