/**
 * `<mail-port-check>`: type an address, see which settings work.
 *
 * Attributes: address (an e-mail address or a domain), bridge (URL), lang, preset (see preset.js),
 * allow-sign-in, autostart. Method start(), property report, event mail-port-check-done (bubbles,
 * composed, detail = the report). The attribute state (idle, running, done) is set by the element.
 *
 * The class has no side effects; mail-port-check.js registers it. Children are the text for readers
 * without scripts.
 */
import { render } from 'lit';
import tables from '#tables';
import { chooseBridge, socketUrl } from './bridge.js';
import { discover } from './discover.js';
import { Resolver } from './dns.js';
import { styles } from './element-styles.js';
import { Gate } from './gate.js';
import en from './locales/en.json';
import { MESSAGE_LIMIT, readError, weighError } from './pasted-error.js';
import { readPreset } from './preset.js';
import { problems } from './problems.js';
import { buildReport } from './report.js';
import { emptyDetails, filledIn, readRequest } from './request.js';
import { loadConfig, loadResources } from './resources.js';
import { SOCKET_LIMIT, scan } from './scan.js';
import { proveSettings } from './settings.js';
import { tryTyped } from './trials.js';
import { concludeTyped } from './typed-verdict.js';
import { judge } from './verdict.js';
import { view } from './view.js';
import { createWords } from './words.js';

const LOCALES = { en };
/** A server that says nothing for this long is called slow. */
const SLOW_MS = 10_000;
/** No check goes on longer; what is left then counts as not tested. */
const OVERALL_LIMIT_MS = 180_000;
const NO_SETTINGS = { incoming: null, outgoing: null, alternatives: [] };

export class MailPortCheckElement extends HTMLElement {
  static observedAttributes = ['address', 'autostart', 'lang'];

  #state = {
    phase: 'idle',
    typed: '',
    details: emptyDetails(),
    error: null,
    fieldErrors: [],
    alert: null,
    target: '',
    rows: [],
    live: new Map(),
    settings: NO_SETTINGS,
    problems: [],
    provider: null,
    checked: [],
    pasted: null,
    report: null,
    examples: [],
    vantage: { name: '', local: false },
    elapsed: 0,
    stopped: false,
    app: 'thunderbird',
    open: new Set(),
    copied: null,
  };
  #words = createWords(en, 'en');
  #root = this.attachShadow({ mode: 'open' });
  #queued = false;
  #run = null;
  #autostarted = false;
  #base = new URL('.', import.meta.url).href;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = styles();
  }

  connectedCallback() {
    this.setAttribute('state', this.#state.phase);
    this.#render();
    this.#readExamples();
    this.#autostart();
  }

  disconnectedCallback() {
    if (!this.#run) return;
    this.#run.controller.abort();
    this.#run = null;
    this.#update({ phase: 'idle' });
  }

  attributeChangedCallback(name, before, value) {
    if (before === value) return;
    if (name === 'address') this.#state.typed = value ?? '';
    if (name === 'lang') {
      const lang = (value ?? 'en').split('-')[0];
      this.#words = createWords(LOCALES[lang] ?? en, LOCALES[lang] ? value : 'en');
    }
    this.#autostart();
    this.#render();
  }

  /** The address or domain to check, as typed or set. */
  get address() {
    return this.#state.typed;
  }

  set address(value) {
    this.setAttribute('address', value);
  }

  /** The report of the last check that ended, or null. */
  get report() {
    return this.#state.report;
  }

  /**
   * Checks the current address; a check under way is stopped first.
   * @returns {Promise<object|null>} the report, or null when nothing could be checked
   */
  async start() {
    this.#run?.controller.abort();
    const { typed: address, details } = this.#state;
    const asked = readRequest({ address, details, tables });
    if (asked.typed) return this.#check(asked);
    this.#complain(asked);
    return null;
  }

  /** Says at the fields what is wrong with them, and leads to the first. */
  #complain({ addressError, fieldErrors, reading }) {
    const { id, args } = addressError ?? {};
    const wanted = reading && id === 'empty' ? 'pasted.needAddress' : `address.${id}`;
    this.#update({
      phase: 'idle',
      error: addressError && this.#words.say(wanted, args),
      fieldErrors,
    });
    const [first] = fieldErrors;
    this.#focus(addressError ? 'address' : `${first.side}-${first.field}`);
  }

  /** Starts once there is an address to start with; a moment later, so that all attributes are set. */
  #autostart() {
    queueMicrotask(() => {
      if (this.#autostarted || !this.isConnected) return;
      if (!this.hasAttribute('autostart') || !this.getAttribute('address')) return;
      this.#autostarted = true;
      this.start();
    });
  }

  /** Makes the core and its settings; tests may replace it. */
  loadResources() {
    return loadResources(this.#base);
  }

  /** Opens a socket; tests may replace it. @param {string} url */
  openSocket(url) {
    return new WebSocket(url);
  }

  async #check({ typed, sides, reading }) {
    const run = { controller: new AbortController(), began: performance.now() };
    this.#run = run;
    const current = () => this.#run === run;
    const { signal } = run.controller;
    const hadFocus = this.#hasFocus();
    this.#update({
      phase: 'running',
      error: null,
      fieldErrors: [],
      alert: null,
      target: typed.host ?? typed.domain,
      rows: [],
      live: new Map(),
      settings: NO_SETTINGS,
      problems: [],
      provider: null,
      checked: [],
      pasted: null,
      report: null,
      elapsed: 0,
      stopped: false,
      open: new Set(),
    });
    if (hadFocus) this.#focus('running-title');
    const ticking = setInterval(() => current() && this.#tick(run), 1000);
    const limit = setTimeout(() => run.controller.abort(), OVERALL_LIMIT_MS);
    let resolver = null;
    try {
      const { core, config, clockOffset } = await this.loadResources();
      if (!current()) return null;
      const attribute = this.getAttribute('bridge');
      const bridge = chooseBridge({
        attribute,
        config,
        base: attribute ? document.baseURI : this.#base,
      });
      this.#update({ vantage: bridge });
      const openSocket = (target) => this.openSocket(socketUrl(bridge, target));
      resolver = new Resolver({ open: () => openSocket('resolver'), closes: tables.closes });
      signal.addEventListener('abort', () => resolver.close());
      if (signal.aborted) resolver.close();
      const discovery = discover({
        typed,
        preset: readPreset(this.getAttribute('preset') ?? config.preset),
        services: tables.services,
        resolver,
      });
      const ended = [];
      let summary = null;
      const retell = () => {
        if (!current()) return;
        const rows = judge({ tables, outcomes: inOrder(ended), summary, domain: typed.domain });
        this.#update({
          rows,
          settings: proveSettings({ tables, rows }),
          problems: problems(rows, tables),
        });
      };
      const means = {
        core,
        openSocket,
        wallClock: () => Date.now() + clockOffset,
        gate: new Gate(SOCKET_LIMIT),
      };
      const scanning = scan({
        ...means,
        tables,
        discovery,
        signal,
        onProgress: (service, live) => current() && this.#progress(service, live),
        onOutcome: (outcome) => {
          ended.push(outcome);
          retell();
        },
      });
      const trying = sides.map((side) =>
        tryTyped({ typed: side, tables, discovery, scanned: scanning, signal, means }),
      );
      const [outcomes, ...trials] = await Promise.all([scanning, ...trying]);
      summary = await discovery.summary;
      if (!current()) return null;
      retell();
      const checked = sides.map((side, index) => {
        const { exact, further } = trials[index];
        const others = [...further, ...outcomes];
        const tried = { typed: side, tables, exact, outcomes: others, summary };
        return {
          conclusion: concludeTyped({ ...tried, domain: typed.domain }),
          outcomes: [exact, ...further].filter(Boolean),
        };
      });
      return this.#finish({ run, typed, checked, reading, outcomes, summary, bridge, clockOffset });
    } catch (error) {
      if (!current()) return null;
      console.error(error);
      const alert = this.#words.say('page.error', { message: error.message });
      this.#update({ phase: 'idle', alert });
      return null;
    } finally {
      clearInterval(ticking);
      clearTimeout(limit);
      resolver?.close();
      run.controller.abort();
      if (current()) this.#run = null;
    }
  }

  #finish({ run, typed, checked, reading, outcomes, summary, bridge, clockOffset }) {
    const { rows, settings, details } = this.#state;
    const conclusions = checked.map(({ conclusion }) => conclusion);
    const pasted = reading && {
      ...weighError({ reading, rows, typed: conclusions }),
      reading,
      quote: details.pasted,
    };
    const found = problems(rows, tables);
    const notices = [];
    if (clockOffset !== 0) {
      notices.push({ id: 'clock-wrong', args: { seconds: Math.round(clockOffset / 1000) } });
      const { status, act, who } = tables.diagnoses.find(({ id }) => id === 'clock-wrong');
      found.unshift({ id: 'clock-wrong', args: {}, rows: [], status, act, who });
    }
    const report = buildReport({
      domain: typed.domain,
      host: typed.host,
      started: new Date(Date.now() + clockOffset - (performance.now() - run.began)).toISOString(),
      vantages: [
        { name: bridge.local ? this.#words.say('vantage.local') : bridge.name, rows, outcomes },
      ],
      settings: { ...settings },
      notices,
      typed: checked,
      pasted,
    });
    const hadFocus = this.#hasFocus();
    this.#update({
      phase: 'done',
      report,
      problems: found,
      checked: conclusions,
      pasted,
      provider: summary.provider,
      stopped: run.controller.signal.aborted,
    });
    const first = conclusions.length > 0 ? 'typed' : pasted ? 'pasted' : 'answer';
    if (hadFocus) this.#focus(`${first}-title`);
    this.dispatchEvent(
      new CustomEvent('mail-port-check-done', { bubbles: true, composed: true, detail: report }),
    );
    return report;
  }

  #progress(service, live) {
    const before = this.#state.live.get(service.name);
    if (before?.phase === live.phase && before.address === live.address) return;
    const next = new Map(this.#state.live);
    next.set(service.name, { ...live, since: performance.now(), slow: false });
    this.#update({ live: next });
  }

  #tick(run) {
    const now = performance.now();
    const live = new Map(
      [...this.#state.live].map(([name, row]) => [
        name,
        { ...row, slow: now - row.since > SLOW_MS },
      ]),
    );
    this.#update({ elapsed: Math.floor((now - run.began) / 1000), live });
  }

  /** Examples are wanted before the first check; without them the page is whole. */
  async #readExamples() {
    try {
      const { config } = await loadConfig(this.#base);
      this.#update({ examples: config.examples });
    } catch (error) {
      console.warn(`mail-port-check: ${error.message}`);
    }
  }

  #actions = {
    // The core is fetched when somebody is about to need it.
    ready: () => this.loadResources().catch(() => {}),
    type: (event) => {
      this.#state.typed = event.target.value;
      if (this.#state.error) this.#update({ error: null });
    },
    submit: (event) => {
      event.preventDefault();
      this.start();
    },
    toggleDetails: ({ target }) => {
      this.#state.details = { ...this.#state.details, open: target.open };
    },
    typeSetting: (side, field, value) => {
      const { details, fieldErrors } = this.#state;
      const settings = structuredClone(details.settings);
      settings[side][field] = value;
      this.#update({
        details: { ...details, settings },
        fieldErrors: fieldErrors.filter((error) => error.side !== side || error.field !== field),
      });
    },
    paste: (text) => {
      const { details } = this.#state;
      const pasted = text.slice(0, MESSAGE_LIMIT);
      const reading = readError(pasted, tables.services);
      const settings = filledIn(details.settings, reading);
      const filled = settings !== details.settings || (details.filled && reading !== null);
      this.#update({ details: { ...details, pasted, reading, settings, filled } });
    },
    example: (domain) => {
      // The settings and the message in the fold are about another domain.
      this.#update({ typed: domain, details: { ...this.#state.details, open: false } });
      this.start();
    },
    stop: () => this.#run?.controller.abort(),
    chooseApp: (app) => this.#update({ app }),
    toggle: (port) => {
      const open = new Set(this.#state.open);
      if (!open.delete(port)) open.add(port);
      this.#update({ open });
    },
    showSignIn: () => {
      const fold = this.#root.querySelector('.fold');
      fold.open = true;
      fold.querySelector('summary').focus();
    },
    copy: async (id, text) => {
      try {
        await navigator.clipboard.writeText(typeof text === 'function' ? text() : text);
        this.#update({ copied: id, alert: null });
      } catch {
        this.#update({ alert: this.#words.say('answer.copyFailed') });
        return;
      }
      setTimeout(() => this.#state.copied === id && this.#update({ copied: null }), 2000);
    },
    download: () => {
      const { report } = this.#state;
      const file = new Blob([JSON.stringify(report, null, 2)], { type: 'application/json' });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = `mail-port-check-${report.domain.replace(/[^a-z0-9.-]/gi, '_')}.json`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    },
    print: () => window.print(),
  };

  #update(change) {
    Object.assign(this.#state, change);
    if (change.phase) this.setAttribute('state', change.phase);
    this.#render();
  }

  #render() {
    if (this.#queued) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      this.#draw();
    });
  }

  #draw() {
    const context = { state: this.#state, words: this.#words, actions: this.#actions, tables };
    render(view(context), this.#root);
  }

  /** Only a reader who is in here already is moved on. */
  #hasFocus() {
    return this.#root.activeElement !== null;
  }

  #focus(id) {
    this.#draw();
    this.#root.getElementById(id)?.focus();
  }
}

function inOrder(outcomes) {
  const order = tables.services.map(({ name }) => name);
  return [...outcomes].sort(
    (a, b) => order.indexOf(a.service.name) - order.indexOf(b.service.name),
  );
}
