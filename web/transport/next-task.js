/**
 * Settles in a task of its own: a key that was pressed meanwhile, or the next picture, has its turn before. Without the
 * milliseconds that browsers add to timers.
 * @returns {Promise<void>}
 */
export function nextTask() {
  if (globalThis.scheduler?.yield) return globalThis.scheduler.yield();
  return new Promise((wake) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      wake();
    };
    port2.postMessage(null);
  });
}
