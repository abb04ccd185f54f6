/** A clock that stands still until it is told to go on. */
export class FakeClock {
  time = 1000;
  timers = new Map();
  #next = 1;

  now = () => this.time;

  setTimeout = (callback, ms) => {
    const id = this.#next++;
    this.timers.set(id, { at: this.time + ms, callback });
    return id;
  };

  clearTimeout = (id) => this.timers.delete(id);

  /** Work takes no time here. */
  standStill = (work) => work();

  /** Moves on and fires what is due, in order. */
  advance(ms) {
    const end = this.time + ms;
    for (;;) {
      const due = [...this.timers].filter(([, timer]) => timer.at <= end);
      if (due.length === 0) break;
      const [id, { at, callback }] = due.sort(([, a], [, b]) => a.at - b.at)[0];
      this.timers.delete(id);
      this.time = Math.max(this.time, at);
      callback();
    }
    this.time = end;
  }
}
