/** What is wrong with a bridge's words is told to whoever looks into the console, each thing once. */

/** A bridge that is wrong in ever new ways is not listened to for ever. */
const MOST = 20;
const LONGEST_VALUE = 60;

const told = new Set();

/** @param {string} what such as `tested.resolver` @param {unknown} value that was not `expected` */
export function complainOfBridge(what, value, expected) {
  const shown = String(JSON.stringify(value)).slice(0, LONGEST_VALUE);
  const sentence = `mail-port-check: the bridge says ${what}: ${shown}; expected ${expected}`;
  if (told.has(sentence) || told.size >= MOST) return;
  told.add(sentence);
  console.warn(sentence);
}
