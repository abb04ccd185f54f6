/**
 * What time it is. Certificates are judged by this device's clock, held against that of the page's
 * server; where the two differ, by the server's.
 */

import { ask } from './ask.js';

/** Further off than this, a clock makes good certificates look bad. */
const TOLERANCE_MS = 5 * 60 * 1000;
/** Between two questions: longer than the second that a Date header is exact to. */
const TICK_MS = 2000;
const HEADER_STEP_MS = 1000;

/** Findings that a wrong clock brings about. */
const OF_DATES = ['certificate-expired', 'certificate-not-yet-valid'];

/**
 * `offset`: ms to add to this device's clock, 0 where it is right or nothing better is known;
 * `confirmed`: another clock was seen that agrees, or by which ours was set right.
 * @typedef {{offset: number, confirmed: boolean}} Clock
 */

/** What was heard while the address was typed is new enough for the check. */
const FRESH_MS = 20_000;

const UNCONFIRMED = { offset: 0, confirmed: false };

/**
 * Asks the server beside whose files the element lies. Asked at every check: clocks get set right.
 * @param {string} base URL of the folder with config.json
 * @param {{now: () => number, wall: () => number, sleep: (ms: number) => Promise<void>}} [time]
 * @returns {Promise<Clock>} never rejects
 */
export async function askClock(base, time = browserTime) {
  const one = await askOnce(base, time);
  if (!one) return UNCONFIRMED;
  if (Math.abs(one.offset) <= TOLERANCE_MS) return { offset: 0, confirmed: true };
  // Some store between us has an old answer, or a clock is wrong: only a clock goes on.
  await time.sleep(TICK_MS);
  const other = await askOnce(base, time);
  if (!other || !goesOn(one, other)) return UNCONFIRMED;
  return { offset: Math.round(other.offset), confirmed: true };
}

/** The clock for the next check, asked while its address is typed: then no check waits for the answer. */
export class ClockAhead {
  #ask;
  #now;
  /** {asking, at, failed}, until a check has taken it. */
  #asked = null;

  /**
   * @param {() => Promise<Clock>} asking
   * @param {() => number} [now] ms that no setting of a clock changes
   */
  constructor(asking, now = () => performance.now()) {
    this.#ask = asking;
    this.#now = now;
  }

  prepare() {
    if (this.#isFresh()) return;
    const asked = { asking: this.#ask(), at: this.#now(), failed: false };
    asked.asking.then(({ confirmed }) => (asked.failed = !confirmed));
    this.#asked = asked;
  }

  /** @returns {Promise<Clock>} as askClock() */
  take() {
    const { asking } = this.#isFresh() ? this.#asked : { asking: this.#ask() };
    this.#asked = null;
    return asking;
  }

  /** What came to nothing is asked again; what is still under way is not. */
  #isFresh() {
    return this.#asked && !this.#asked.failed && this.#now() - this.#asked.at < FRESH_MS;
  }
}

async function askOnce(base, { now, wall }) {
  const url = new URL('config.json', base);
  // A name that no cache has seen.
  url.searchParams.set('clock', Math.random().toString(36).slice(2));
  const asked = now();
  const answer = await ask(url, { method: 'HEAD', cache: 'no-store' });
  // Its limit bounds the error, too: an answer took half of it at most.
  const took = now() - asked;
  // Offline, blocked or too slow: what follows from it is that the time stays unconfirmed.
  const theirs = answer && timeIn(answer.response.headers);
  if (theirs === null) return null;
  return { theirs, took, at: asked + took / 2, offset: theirs - (wall() - took / 2) };
}

/**
 * The time that a response tells, or null: when it was made and how long caches have had it since (RFC
 * 9111 section 4.2.3).
 */
export function timeIn(headers) {
  const made = Date.parse(headers.get('date') ?? '');
  const age = headers.get('age');
  if (Number.isNaN(made)) return null;
  if (age !== null) return /^\d{1,9}$/.test(age) ? made + Number(age) * 1000 : null;
  // RFC 9211, and what caches say that do not know it.
  const stored = ['cache-status', 'x-cache'].some((name) =>
    /\bhit\b/i.test(headers.get(name) ?? ''),
  );
  return stored ? null : made;
}

/** Between two answers their clock went on as far as ours. */
function goesOn(one, other) {
  const theirs = other.theirs - one.theirs;
  const error = HEADER_STEP_MS + (one.took + other.took) / 2;
  return theirs > 0 && Math.abs(theirs - (other.at - one.at)) <= error;
}

/** What a conversation is told of the time. @param {Clock} clock */
export function wallClockOf({ offset, confirmed }) {
  return { wallClock: () => Date.now() + offset, timeConfirmed: confirmed };
}

/**
 * The report of a conversation that was judged by an unconfirmed clock: what only the clock says
 * against the certificate is said against neither.
 */
export function withoutDates(report) {
  const findings = report.findings.map((finding) =>
    OF_DATES.includes(finding.id)
      ? { id: 'clock-unconfirmed', args: { ...finding.args, finding: finding.id } }
      : finding,
  );
  return { ...report, findings };
}

const browserTime = {
  now: () => performance.now(),
  wall: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
