/**
 * The servers to try for one service, best first, as DNS tells them.
 *
 * Every source is asked at once. The best source goes first, but no answer that is slow holds back
 * a server that is known already: it is waited for a moment, once, and comes in when it comes.
 */

/** Sources that name a server for this very service; other names are only our guess. */
export const NAMED = ['typed', 'preset', 'published'];

/** How long a better source, or a better name, may keep a server waiting whose address is known. */
export const PATIENCE_MS = 250;

/** Wakes all who wait whenever an answer has come. */
export class Signal {
  #waiting = [];

  emit() {
    const woken = this.#waiting.splice(0);
    for (const wake of woken) wake();
  }

  next() {
    return new Promise((wake) => this.#waiting.push(wake));
  }
}

/**
 * @typedef {{host: string, source: 'typed'|'preset'|'published'|'related'|'provider'|'usual'|'mx',
 *   priority: number|null, v4: string[], v6: string[],
 *   finding: {id: string, args: object}|null}} Candidate
 *   `related` is a published server of another service; `priority` is the one its record gives;
 *   `finding` says why a name has no address. Addresses of the other family may still come: ask
 *   for them by name.
 */
export class Plan {
  #sources = [];
  #given = new Set();
  #addresses;
  #changed;
  #sleep;
  #patient = false;
  #patienceOver = false;

  /**
   * @param {object} options
   * @param {object} options.service row of the table
   * @param {Array<[string, object[]|Promise<object[]>]>} options.sources in order of trust, each
   *   with its servers: {host, priority}
   * @param {(host: string) => {v4: string[]|null, v6: string[]|null, finding: object|null}}
   *   options.addresses what is known of a name so far; null: not answered yet
   * @param {Signal} options.changed
   * @param {(ms: number) => Promise<void>} options.sleep
   */
  constructor({ service, sources, addresses, changed, sleep }) {
    this.service = service;
    /** The domain publishes that it deliberately does not offer this service. */
    this.declared = false;
    /** What kept us from knowing a server at all. */
    this.finding = null;
    /** Servers that the domain publishes on ports which are not among the mail ports. */
    this.elsewhere = [];
    this.#addresses = addresses;
    this.#changed = changed;
    this.#sleep = sleep;
    for (const [source, servers] of sources) {
      const entry = { source, servers: Array.isArray(servers) ? servers : null };
      this.#sources.push(entry);
      if (entry.servers) continue;
      servers.then((known) => {
        entry.servers = known;
        changed.emit();
      });
    }
  }

  /** One after the other, each as soon as it is its turn. @returns {AsyncGenerator<Candidate>} */
  get candidates() {
    return this.#inTurn();
  }

  /** Somebody may still name a server that was not given away yet. */
  undecided() {
    return this.#ranked().some(({ source }) => NAMED.includes(source));
  }

  async *#inTurn() {
    for (;;) {
      const ranked = this.#ranked();
      if (ranked.length === 0) return;
      const next = this.#pick(ranked);
      if (next) {
        this.#given.add(next.host);
        yield next;
      } else await this.#changed.next();
    }
  }

  #pick([first, ...rest]) {
    if (first.decided) return first;
    const usable = [first, ...rest].find(({ v4, v6 }) => v4?.length > 0 || v6?.length > 0);
    if (!usable) return null;
    if (this.#patienceOver) return usable;
    if (this.#patient) return null;
    this.#patient = true;
    this.#sleep(PATIENCE_MS).then(() => {
      this.#patienceOver = true;
      this.#changed.emit();
    });
    return null;
  }

  /** What was not given away yet, in order of trust; a source without an answer stands as itself. */
  #ranked() {
    const ranked = [];
    const seen = new Set(this.#given);
    for (const { source, servers } of this.#sources) {
      // What is published as not offered is not looked for under names that we guess.
      if (this.declared && !NAMED.includes(source)) continue;
      if (servers === null) ranked.push({ source, host: null, decided: false });
      for (const { host, priority = null } of servers ?? []) {
        if (seen.has(host)) continue;
        seen.add(host);
        const { v4, v6, finding } = this.#addresses(host);
        // IPv4 goes first, so IPv6 need not be known.
        const decided = v4?.length > 0 || (v4 !== null && v6?.length > 0) || finding !== null;
        ranked.push({ host, source, priority, v4: v4 ?? [], v6: v6 ?? [], finding, decided });
      }
    }
    return ranked;
  }
}
