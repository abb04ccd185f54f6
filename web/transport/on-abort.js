/** Who hears of each signal, whatever the number, through one listener. Node warns from the eleventh on. */
const hearing = new WeakMap();

/**
 * @param {AbortSignal} signal one that is aborted already calls nobody
 * @param {() => void} callback called once; must not throw
 * @returns {() => void} takes it back
 */
export function onAbort(signal, callback) {
  const one = hearing.get(signal) ?? listen(signal);
  // The same function may be given twice.
  const own = () => callback();
  one.callbacks.add(own);
  return () => {
    one.callbacks.delete(own);
    if (one.callbacks.size === 0) one.end();
  };
}

function listen(signal) {
  const callbacks = new Set();
  const abort = () => {
    end();
    for (const callback of callbacks) callback();
  };
  const end = () => {
    signal.removeEventListener('abort', abort);
    if (hearing.get(signal) === one) hearing.delete(signal);
  };
  const one = { callbacks, end };
  hearing.set(signal, one);
  signal.addEventListener('abort', abort);
  return one;
}
