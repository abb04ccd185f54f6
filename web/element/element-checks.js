/**
 * The element's checks: one at a time, and after it the TLS version scans of its ports. What they find
 * goes into the element's state as it comes.
 */
import { GRACE_MS, TIME_LIMIT_MS, newSocketLimit, unlessAborted } from '../check/beforehand.js';
import { mailboxOf } from '../input/address.js';
import { askAbout } from '../transport/about.js';
import { RESOLVER, chooseBridge, chooseSecond, socketUrl } from '../transport/bridge.js';
import { closeFinding } from '../transport/closes.js';
import { SocketsAhead } from '../transport/sockets-ahead.js';
import { nextTask } from '../transport/next-task.js';
import { ClockAhead, askClock } from '../transport/wall-clock.js';
import { Countdown, Refusals } from './countdown.js';
import { Introductions } from './introductions.js';
import { RUNNING, beforeCheck, emptySignIn, withProgress, withSlow } from './state.js';
import { UnreachableError } from './unreachable-error.js';

const TICK_MS = 1000;
/** Ports go from step to step faster than anybody reads, and each drawing is time that they wait. */
const LIVE_MS = 100;
/** As long as the words of sign-in-locked say to wait. */
const PAUSE_MS = 15 * 60_000;

export class ElementChecks {
  #host;
  #tables;
  #base;
  /** The check under way. */
  #run = null;
  /** What the last check was made with. */
  #means = null;
  /** Ends what is asked for after a check. */
  #later = new AbortController();
  /** Server → until when no password is tried there; another check changes nothing about it. */
  #paused = new Map();
  /** Ends a sign-in under way. */
  #signingIn = new AbortController();
  #introductions = new Introductions();
  #countdown;
  #ahead;
  #clockAhead;

  /**
   * @param {object} host the element, as far as a check concerns it
   * @param {() => object} host.state
   * @param {(change: object, wait?: number) => void} host.update `wait`: ms by which it may be shown later
   * @param {(key: string, args?: object) => string} host.say
   * @param {(change: object, target: object) => void} host.begin the same for a check that begins
   * @param {(change: object, heading: string) => Promise<void>} host.end the same for one that has ended, until it
   *   is shown; the id is that of the result's heading
   * @param {(event: string) => void} host.tell gives the report away
   * @param {(domain: string) => string} host.linkTo the whole page with this domain in it
   * @param {(change: object) => Promise<void>} host.whole settles once all is here that it takes to show the
   *   state with this change; rejects with an UnreachableError where that does not come
   * @param {() => Promise<{core: object, config: object}>} host.loadResources
   * @param {() => Promise<{config: object}>} host.loadConfig
   * @param {(name: string) => Promise<object>} host.part what is fetched when it is wanted, by its name in parts.js
   * @param {() => Promise<object|null>} host.preset
   * @param {() => {attribute: string|null, base: string, ticket: string|null}} host.bridge as
   *   chooseBridge() takes it
   * @param {(url: string, protocols: string[]) => WebSocket} host.openSocket
   * @param {object} tables
   * @param {string} base URL of the folder with config.json
   */
  constructor(host, tables, base) {
    this.#host = host;
    this.#tables = tables;
    this.#base = base;
    this.#ahead = new SocketsAhead((url, protocols) => host.openSocket(url, protocols));
    this.#clockAhead = new ClockAhead(() => askClock(base));
    this.#countdown = new Countdown((again) => host.update({ again }));
  }

  /** Asks what a check is made with, which somebody is about to need. */
  prepare() {
    this.#clockAhead.prepare();
    this.#introduce().catch(() => {
      // The check will say what is wrong.
    });
    this.#host.loadResources().catch(() => {});
    this.#host.part('check').catch(() => {});
  }

  /** What can be checked is being typed: the first sockets of the check are opened, and the clock is asked. */
  async openAhead() {
    // The one under way has its own, and whoever ends it has not to wait for long.
    if (this.#run) return;
    this.#clockAhead.prepare();
    try {
      const { bridge, protocols } = await this.#introduce();
      // It may have begun meanwhile.
      if (!this.#run) this.#ahead.prepare(bridge.url, protocols, RESOLVER);
    } catch {
      // The check will say what is wrong.
    }
  }

  /** Whether the bridge's operator lists these origins. @returns {Promise<boolean>} never rejects */
  async lists(origins) {
    try {
      return (await askAbout(await this.#chooseBridge(), origins)).listed;
    } catch {
      // Without a bridge nobody is listed; a check will say what is wrong.
      return false;
    }
  }

  /** Ends what is going on; a check reports what it has found so far. */
  stop() {
    this.#run?.controller.abort();
    this.#later.abort();
    this.#later = new AbortController();
    this.stopSignIn();
  }

  /** … and nothing that came of a sign-in is kept. */
  stopSignIn() {
    this.#signingIn.abort();
    this.#host.update({ signIn: emptySignIn() });
  }

  /** Whether this is what is being checked just now; the mailbox makes no difference. */
  isChecking(target) {
    const run = this.#run;
    return run !== null && !run.controller.signal.aborted && sameTarget(run.target, target);
  }

  /** Ends it without a report. */
  abandon() {
    this.stop();
    this.#ahead.drop();
    const ended = [...this.#host.state().versions].filter(([, found]) => found !== RUNNING);
    this.#host.update({ versions: new Map(ended), comparing: null });
    this.#countdown.stop();
    if (!this.#run) return;
    this.#run = null;
    this.#host.update({ phase: 'idle' });
  }

  /**
   * @param {import('../input/user-input.js').Target} target
   * @returns {Promise<object|null>} the report; null when there is none, or when another check was begun
   */
  async start(target) {
    this.stop();
    this.#countdown.stop();
    const host = this.#host;
    const run = this.#begin(target);
    const current = () => this.#run === run;
    const ticking = setInterval(() => current() && this.#tick(run), TICK_MS);
    const quote = host.state().details.pasted;
    let result = null;
    try {
      const { signal } = run.controller;
      // Those of the ports become open while the core comes, and while names are looked up.
      const openSockets = ({ bridge, protocols }, first = null) => {
        if (current() && !signal.aborted) this.#ahead.prepare(bridge.url, protocols, first);
      };
      const onMet = (met) => openSockets(met, RESOLVER);
      const ready = Promise.all([this.#makeMeans(onMet), host.preset(), host.part('check')]);
      const prepared = await unlessAborted(ready, signal, { graceMs: GRACE_MS });
      if (!current()) return null;
      const stoppedEarly = () => {
        host.end({ phase: 'idle', alert: host.say('running.stoppedEarly') }, 'address');
        return null;
      };
      if (!prepared) return stoppedEarly();
      const [means, preset, { runCheck }] = prepared;
      this.#means = means;
      // Those that have closed since, where the core took long; who waits for it hears why it does not come.
      means.resources.core.then(
        () => openSockets(means),
        () => {},
      );
      host.update({ vantage: means.bridge, second: means.second?.vantage ?? null });
      const onUpdate = (change) => {
        if (!current()) return;
        run.refusals.see(change.rows ?? [], performance.now());
        if (change.report) result = change;
        else this.#show(change);
      };
      await nextTask();
      if (!current()) return null;
      const report = await runCheck({ ...means, target, preset, signal, onUpdate });
      await nextTask();
      if (!current()) return null;
      if (!report) return stoppedEarly();
      const ended = { ...result, pasted: result.pasted && { ...result.pasted, quote } };
      const lack = await lackOf(host.whole({ ...ended, comparing: null, phase: 'done' }));
      await nextTask();
      if (!current()) return null;
      if (lack) {
        // Nobody can be shown it now; the report is whole, and after a reload the tab shows it.
        host.update({ ...ended, comparing: null, phase: 'idle' });
        host.tell('mail-port-check-done');
        this.fail(lack, {}, isAllOurs(ended.rows) ? 'page.restarted' : undefined);
        return report;
      }
      await this.#finish(ended, current);
      if (!current()) return null;
      const until = run.refusals.until(result.rows);
      if (until !== null) this.#countdown.start(until);
      return report;
    } catch (error) {
      if (!current()) return null;
      this.fail(error, { phase: 'idle' });
      return null;
    } finally {
      clearInterval(ticking);
      if (current()) this.#end();
    }
  }

  /**
   * The TLS version scan of a row. What it finds joins the report: a new one, since whoever was given
   * the old one may have kept it.
   */
  async checkVersions(row) {
    const { signal } = this.#later;
    const { state, update, tell, part } = this.#host;
    const { port } = row.service;
    const set = (value) => update({ versions: new Map(state().versions).set(port, value) });
    set(RUNNING);
    try {
      // After a reload there was no check of this page yet.
      this.#means ??= await this.#makeMeans();
      const { bridge, resources } = this.#means;
      const clock = askClock(this.#base);
      const { openSocket } = await this.#prepare(bridge);
      const { checkVersions, withProbe } = await part('versions');
      const probe = await checkVersions({
        row,
        resources: { ...resources, clock },
        openSocket,
        signal,
      });
      if (!probe) return;
      set(probe);
      update({ report: withProbe(state().report, probe) });
      tell('mail-port-check-update');
    } catch (error) {
      if (signal.aborted) return;
      set(null);
      this.fail(error);
    }
  }

  /** Asks the second place about every port that it was not asked about yet. */
  async askElsewhere() {
    const { signal } = this.#later;
    const { state, update, tell, part } = this.#host;
    const { resources, second } = this.#means;
    update({ comparing: second.vantage.name });
    try {
      const clock = askClock(this.#base);
      const result = state();
      const { askElsewhere } = await part('elsewhere');
      const change = await askElsewhere({
        result,
        resources: { ...resources, clock },
        second,
        signal,
      });
      if (signal.aborted) return;
      update({ ...change, comparing: null });
      if (change) tell('mail-port-check-update');
    } catch (error) {
      if (signal.aborted) return;
      this.fail(error, { comparing: null });
    }
  }

  /**
   * Tries a user name and a password, with one server after the other until one refuses them.
   * @param {string} user
   * @param {object} credentials what bytesOf() returned; wiped when all is over
   * @param {object[]} sides see verdict/sign-in.js
   */
  async signIn(user, credentials, sides) {
    this.#signingIn.abort();
    this.#signingIn = new AbortController();
    const { signal } = this.#signingIn;
    const { state, update, part } = this.#host;
    const set = (change) => update({ signIn: { ...state().signIn, ...change } });
    // It has shown the form.
    const { signIn, wantsPause, wipe } = await part('sign-in');
    set({ running: true, error: null, user, tried: [] });
    try {
      if (sides.some(({ setting }) => this.#paused.get(setting.server) > performance.now())) {
        set({ error: 'paused' });
        return;
      }
      const { bridge, resources } = this.#means;
      const { openSocket } = await this.#prepare(bridge);
      await signIn({
        sides,
        credentials,
        rows: state().rows,
        resources,
        askClock: () => askClock(this.#base),
        openSocket,
        signal,
        onTried: (one) => {
          const { setting } = sides.find(({ side }) => side === one.side);
          if (wantsPause(one.finding))
            this.#paused.set(setting.server, performance.now() + PAUSE_MS);
          set({ tried: [...state().signIn.tried, one] });
        },
      });
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    } finally {
      wipe(credentials);
      if (!signal.aborted) set({ running: false });
    }
  }

  #end() {
    this.#run = null;
    this.#ahead.drop();
  }

  #begin(target) {
    const { address } = target;
    const run = {
      controller: new AbortController(),
      began: performance.now(),
      target,
      refusals: new Refusals(),
    };
    this.#run = run;
    const { state, begin, linkTo } = this.#host;
    const begun = {
      ...beforeCheck(),
      phase: 'running',
      target: address.shown,
      domain: address.domain,
      mailbox: mailboxOf(state().address),
      begun: state().address,
      link: linkTo(address.host ?? address.domain),
    };
    begin(begun, target);
    return run;
  }

  /**
   * What a check is made with, as runCheck() takes it, and the bridge. The core may still be on its way.
   * @param {(met: {bridge: object, protocols: string[]}) => void} [onMet] called once it is known which bridge,
   *   and what it wants of sockets
   */
  async #makeMeans(onMet = () => {}) {
    const { say, loadConfig, loadResources, bridge: choice } = this.#host;
    const clock = this.#clockAhead.take();
    const meeting = this.#introduce().then((met) => (onMet(met), met));
    const core = loadResources().then((loaded) => loaded.core);
    core.catch(() => {
      // Who waits for it hears why.
    });
    const [{ config }, met] = await Promise.all([loadConfig(), meeting]);
    const { bridge, clientName, protocols, tested } = met;
    const vantage = placeOf(bridge, say);
    const sockets = newSocketLimit();
    const resources = { core, tables: this.#tables, vantage, clock, clientName, tested, sockets };
    const other = chooseSecond({ ...choice(), base: this.#base, config, first: bridge });
    const second = other && { vantage: placeOf(other, say), prepare: () => this.#prepare(other) };
    return { bridge, protocols, resources, openSocket: this.#opener(bridge, protocols), second };
  }

  /** What a bridge wants to be asked for before the first socket; `tested` is still a promise. */
  async #prepare(bridge) {
    const { tested, ...asked } = this.#introductions.to(bridge, TIME_LIMIT_MS);
    const [clientName, protocols] = await Promise.all([asked.clientName, asked.protocols]);
    return { clientName, protocols, tested, openSocket: this.#opener(bridge, protocols) };
  }

  async #introduce() {
    const bridge = await this.#chooseBridge();
    return { bridge, ...(await this.#prepare(bridge)) };
  }

  async #chooseBridge() {
    const { loadConfig, bridge: choice } = this.#host;
    const { config } = await loadConfig();
    return chooseBridge({ ...choice(), config });
  }

  /** Opens sockets through the bridge, with what belongs to a ticket if it wants one. */
  #opener(bridge, told) {
    const admission = this.#introductions.admission(bridge, told, TIME_LIMIT_MS);
    const hear = ({ code, reason }) => {
      const [, said] = closeFinding(this.#tables.closes, code, reason, false);
      admission.hear(said);
    };
    return (to) => {
      const { protocols } = admission;
      const socket =
        this.#ahead.take(bridge.url, protocols, to) ??
        this.#host.openSocket(socketUrl(bridge, to), protocols);
      socket.addEventListener('close', hear);
      return socket;
    };
  }

  #show({ progress, ...change }) {
    const { state, update } = this.#host;
    if (!progress) return update(change);
    const { live } = state();
    const next = withProgress(live, progress, performance.now());
    if (next !== live) update({ live: next }, LIVE_MS);
  }

  #tick({ began }) {
    const now = performance.now();
    const { state, update } = this.#host;
    update({ elapsed: Math.floor((now - began) / 1000), live: withSlow(state().live, now) });
  }

  async #finish(result, current) {
    const { end, tell } = this.#host;
    const { checked, pasted } = result;
    const first = checked.length > 0 ? 'typed' : pasted ? 'pasted' : 'answer';
    await end({ ...result, comparing: null, phase: 'done' }, `${first}-title`);
    if (current()) tell('mail-port-check-done');
  }

  /** Something is wrong with the page, and not with what was checked. */
  fail(error, change = {}, key = wordsOf(error)) {
    console.error(error);
    const { say, update } = this.#host;
    update({ ...change, alert: say(key, { message: error.message }) });
  }
}

function wordsOf(error) {
  return error instanceof UnreachableError ? 'page.unreachable' : 'page.error';
}

/** The bridge ended, and what shows its findings lies on the same host: that is one trouble, and not the reader's. */
function isAllOurs(rows) {
  return rows.length > 0 && rows.every(({ findings: [first] }) => first?.id.startsWith('bridge-'));
}

/** The error of a promise, or null. */
function lackOf(promise) {
  return promise.then(
    () => null,
    (error) => error,
  );
}

function placeOf({ name, local }, say) {
  return { name: local ? say('place.local') : name, local };
}

function sameTarget(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
