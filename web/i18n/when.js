/** When, where and how fast a check was done, in words. Pure. */

/**
 * @param {object} options
 * @param {string} options.started ISO time
 * @param {number|null} options.ms how long it took
 * @param {string} options.place where it was tested from
 * @param {Date} [options.now] a check of the same day is one of today
 * @param {string} [options.timeZone] the reader's own where none is given
 */
export function checkedWords({ started, ms, place, now = new Date(), timeZone }, words) {
  const at = new Date(started);
  const format = (options) => new Intl.DateTimeFormat(words.lang, { ...options, timeZone });
  const day = format({ dateStyle: 'long' });
  const today = day.format(at) === day.format(now);
  const args = {
    time: format({ timeStyle: 'short' }).format(at),
    date: day.format(at),
    place,
    seconds: secondsWords(ms, words),
  };
  const key = `${today ? 'today' : 'day'}${ms === null ? '' : 'Took'}`;
  return words.say(`when.${key}`, args);
}

/** `1 second`, `10 seconds`; a check that was quicker still took one. */
function secondsWords(ms, { lang }) {
  const seconds = Math.max(1, Math.round((ms ?? 0) / 1000));
  return new Intl.NumberFormat(lang, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'long',
  }).format(seconds);
}
