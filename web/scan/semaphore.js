/** At most `limit` holders at once; the others wait in line, the urgent ones at its head. */
export class Semaphore {
  #free;
  #line = [];

  constructor(limit) {
    this.#free = limit;
  }

  /** @returns {Promise<() => void>} resolves with the release, to be called exactly once */
  acquire({ urgent = false } = {}) {
    return new Promise((admit) => {
      const turn = () => admit(() => this.#release());
      if (this.#free > 0) {
        this.#free -= 1;
        turn();
      } else if (urgent) this.#line.unshift(turn);
      else this.#line.push(turn);
    });
  }

  /**
   * Holds one while something goes on.
   * @template T @param {() => Promise<T>} go @param {{urgent?: boolean}} [how]
   * @returns {Promise<T>}
   */
  async during(go, how) {
    const release = await this.acquire(how);
    try {
      return await go();
    } finally {
      release();
    }
  }

  #release() {
    const next = this.#line.shift();
    if (next) next();
    else this.#free += 1;
  }
}
