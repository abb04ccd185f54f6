/** Counts down to when a bridge may be asked again. */

const TICK_MS = 1000;

export class Countdown {
  #tell;
  #time;
  #timer = null;

  /**
   * @param {(left: {seconds: number, from: number}|null) => void} tell called at once and every second until
   *   none is left; null when it was stopped before
   * @param {{now: () => number, setInterval: Function, clearInterval: Function}} [time]
   */
  constructor(tell, time = browserTime) {
    this.#tell = tell;
    this.#time = time;
  }

  /** @param {number} until ms, by the same clock */
  start(until) {
    this.#time.clearInterval(this.#timer);
    const left = () => Math.max(0, Math.ceil((until - this.#time.now()) / TICK_MS));
    const from = left();
    // A page that was asleep has missed ticks, and no time.
    const tick = () => {
      const seconds = left();
      if (seconds === 0) this.#time.clearInterval(this.#timer);
      this.#tell({ seconds, from });
    };
    if (from > 0) this.#timer = this.#time.setInterval(tick, TICK_MS);
    this.#tell({ seconds: from, from });
  }

  stop() {
    this.#time.clearInterval(this.#timer);
    this.#tell(null);
  }
}

const browserTime = {
  now: () => performance.now(),
  setInterval: (callback, ms) => setInterval(callback, ms),
  clearInterval: (timer) => clearInterval(timer),
};

/**
 * When each refusal that says so may be tried again: kept from the moment that it was seen.
 */
export class Refusals {
  #until = new Map();

  /** @param {object[]} rows of a result @param {number} now */
  see(rows, now) {
    for (const [key, retry] of refusalsIn(rows)) {
      if (!this.#until.has(key)) this.#until.set(key, now + retry * 1000);
    }
  }

  /** When all of these may be tried; null where none of them was refused. */
  until(rows) {
    const times = refusalsIn(rows).map(([key]) => this.#until.get(key) ?? 0);
    return times.length > 0 ? Math.max(...times) : null;
  }
}

function refusalsIn(rows) {
  return rows.flatMap(({ port, findings }) =>
    findings
      .filter(({ args }) => args?.retry > 0)
      .map(({ id, args }) => [`${port} ${id}`, args.retry]),
  );
}
