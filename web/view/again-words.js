/** When the bridge may be asked again, in words. */

/** Longer than this is said in minutes. */
const MOST_SECONDS = 90;

/** For those who listen: how long it takes, and nothing more until it is over. */
export function againSaid({ again }, words) {
  if (again === null) return '';
  return again.seconds > 0 ? againWords(again.from, words) : words.say('again.now');
}

export function againWords(seconds, words) {
  return seconds <= MOST_SECONDS
    ? words.count('again.seconds', seconds)
    : words.count('again.minutes', Math.ceil(seconds / 60));
}
