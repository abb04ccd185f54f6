/**
 * What comes of a promise, or something in its place where the signal is first and `graceMs` have passed
 * since. Then nobody waits for it any more, nor for its failure.
 * @template T
 * @param {T|Promise<T>} promise @param {AbortSignal} signal
 * @param {{otherwise?: T|null, graceMs?: number}} [options]
 * @returns {Promise<T|null>}
 */
export function unlessAborted(promise, signal, { otherwise = null, graceMs = 0 } = {}) {
  const wanted = Promise.resolve(promise);
  wanted.catch(() => {});
  return new Promise((resolve, reject) => {
    let timer = null;
    const abort = () => (timer = setTimeout(() => resolve(otherwise), graceMs));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    const settled = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
    wanted.then(resolve, reject).finally(settled);
  });
}
