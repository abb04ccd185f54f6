import { onAbort } from '../transport/on-abort.js';

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
    const forget = onAbort(signal, abort);
    if (signal.aborted) abort();
    const settled = () => {
      clearTimeout(timer);
      forget();
    };
    wanted.then(resolve, reject).finally(settled);
  });
}
