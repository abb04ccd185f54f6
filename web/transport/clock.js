/**
 * The clock of conversations. It stands still while this page computes: what a core does to a chain of
 * certificates, for this conversation or another one, must not pass for a server's silence.
 */
export class StandingClock {
  #source;
  #stood = 0;
  #since = null;

  /** @param {{now: () => number, setTimeout: Function, clearTimeout: Function}} source */
  constructor(source) {
    this.#source = source;
  }

  now = () => (this.#since ?? this.#source.now()) - this.#stood;

  /** Real time: a timer may come early, and then finds that nothing is due yet. */
  setTimeout = (callback, ms) => this.#source.setTimeout(callback, ms);

  clearTimeout = (timer) => this.#source.clearTimeout(timer);

  /** Does the work, for which no time passes, and returns what it returns. It may do so within itself. */
  standStill(work) {
    if (this.#since !== null) return work();
    this.#since = this.#source.now();
    try {
      return work();
    } finally {
      this.#stood += this.#source.now() - this.#since;
      this.#since = null;
    }
  }
}

/** One for all conversations of the page, which share its thread. */
export const browserClock = /* @__PURE__ */ new StandingClock({
  now: () => performance.now(),
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (timer) => clearTimeout(timer),
});
