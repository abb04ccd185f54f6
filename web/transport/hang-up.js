/**
 * Closes a socket of ours. One that is still connecting is closed as soon as it is open: browsers
 * write an error to the console when it is given up before.
 */
export function hangUp(socket) {
  if (socket.readyState === 0) socket.onopen = () => socket.close(1000);
  else socket.close(1000);
}
