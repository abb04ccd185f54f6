/** Where the bridge had no room or went away, once more: with a new socket, and not a third time. */
import { secondTry } from '../transport/closes.js';
import { onAbort } from '../transport/on-abort.js';
import { bridgeAbsent, faultOfOurs } from './evidence.js';

/**
 * @template Held
 * @param {() => Promise<Held>} hold
 * @param {object} options
 * @param {(held: Held) => object} options.reportOf
 * @param {Map<string, object>} options.known rows of the findings, see evidence.js
 * @param {AbortSignal} options.signal
 * @param {(report: object) => boolean} [options.mayRepeat] what was said may be said again
 * @param {(ms: number, signal: AbortSignal) => Promise<void>} [options.sleep]
 * @returns {Promise<Held>} what tells more
 */
export async function heldPatiently(
  hold,
  { reportOf, known, signal, mayRepeat = () => true, sleep = sleepFor },
) {
  const held = await hold();
  const report = reportOf(held);
  const ours = faultOfOurs(report, known);
  const seconds = ours && secondTry(ours.args);
  if (!seconds || signal.aborted || !mayRepeat(report)) return held;
  await sleep(seconds * 1000, signal);
  if (signal.aborted) return held;
  const again = await hold();
  // That nobody is there now is what the first told better.
  return bridgeAbsent(reportOf(again)) ? held : again;
}

export function sleepFor(ms, signal) {
  if (signal.aborted) return Promise.resolve();
  return new Promise((wake) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      forget();
      wake();
    }
    const forget = onAbort(signal, done);
  });
}
