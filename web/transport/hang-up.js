/** How a socket of ours is closed. */
import { onAbort } from './on-abort.js';

/** A server answers to QUIT or LOGOUT within a round trip, or is not waited for. */
const FAREWELL_MS = 3000;

/**
 * One that is still connecting is closed as soon as it is open: browsers write an error to the console
 * when it is given up before.
 */
export function hangUp(socket) {
  if (socket.readyState === 0) socket.onopen = () => socket.close(1000);
  else socket.close(1000);
}

/**
 * After our QUIT or LOGOUT: the server may answer to it (RFC 5321 4.1.1.10), and then closes the connection
 * itself. What it says is nobody's concern any more.
 * @param {WebSocket} socket @param {object} clock as in clock.js @param {AbortSignal} [signal] ends it at once
 */
export function partFrom(socket, clock, signal) {
  const part = () => {
    over();
    hangUp(socket);
  };
  const over = () => {
    clock.clearTimeout(timer);
    forget?.();
  };
  const timer = clock.setTimeout(part, FAREWELL_MS);
  const forget = signal && onAbort(signal, part);
  socket.onmessage = null;
  socket.onclose = over;
}
