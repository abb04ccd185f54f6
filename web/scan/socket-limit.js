/** How many sockets one bridge is asked for. */
import { Semaphore } from './semaphore.js';

/** Sockets open at once: seven ports and a few proofs; bridges allow a client little more. */
export const SOCKET_LIMIT = 10;

/** For all that goes through one bridge. */
export function newSocketLimit() {
  return new Semaphore(SOCKET_LIMIT);
}
