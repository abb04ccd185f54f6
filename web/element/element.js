/**
 * `<mail-port-check>`: type an address, see which settings work.
 *
 * Attributes: address (an e-mail address or a domain), bridge (URL), lang (see language.js), dir,
 * preset (see preset.js), allow-sign-in, autostart, compact (the settings first, all else folded),
 * guide (the document has the anchors that verdict/findings.js names). Method start(), property report, events
 * mail-port-check-done and mail-port-check-update (they bubble, are composed, and their detail is the
 * report). The attribute state (idle, running, done) is set by the element.
 * custom-elements.json lists them with the slots, parts and custom properties.
 *
 * The class has no side effects; mail-port-check.js registers it. Children are the text for readers
 * without scripts.
 */
import { html, render } from 'lit';
import en from '#english';
import tables from '#tables';
import { permalink } from '../input/address-in-url.js';
import { typedMailbox } from '../input/address.js';
import { chooseBridge, socketUrl } from '../transport/bridge.js';
import { deepCheck } from '../scan/version-scan.js';
import { discover } from '../discover/discover.js';
import { Resolver } from '../discover/dns.js';
import { sheetOf, styles } from './element-styles.js';
import { Gate } from '../scan/semaphore.js';
import { canonical, chooseLanguage, completed, FALLBACK, languagesOf } from '../i18n/language.js';
import { MESSAGE_LIMIT, readError } from '../input/pasted-error.js';
import { colourRules } from '../config/preset-colours.js';
import { weighError } from '../verdict/error-message-verdict.js';
import { catalogue } from '../verdict/findings.js';
import { noticesOf } from '../verdict/notices.js';
import { noticed, problems } from '../verdict/problems.js';
import {
  FILE_LIMIT_BYTES,
  ReportFileError,
  readReportFile,
  tooLarge,
} from '../report/report-file.js';
import { buildReport } from '../report/report.js';
import { emptyDetails, filledIn, readRequest } from '../input/user-input.js';
import { LOCALES, loadConfig, loadLocale, loadPreset, loadResources } from './resources.js';
import { stateOfReport } from '../report/saved-report.js';
import { SOCKET_LIMIT, scan } from '../scan/scan.js';
import { proveSettings } from '../verdict/settings.js';
import { tryTyped } from '../check/trials.js';
import { concludeTyped } from '../verdict/app-settings-verdict.js';
import { judge } from '../verdict/port-results.js';
import { view } from '../view/view.js';
import { askClock } from '../transport/wall-clock.js';
import { createWords } from '../i18n/words.js';

/** A server that says nothing for this long is called slow. */
const SLOW_MS = 10_000;
/** No check goes on longer; what is left then counts as not tested. */
const OVERALL_LIMIT_MS = 180_000;
/** Of a port whose versions of TLS are being asked for. */
const RUNNING = 'running';
const NO_SETTINGS = { incoming: null, outgoing: null, alternatives: [] };

export class MailPortCheckElement extends HTMLElement {
  static observedAttributes = ['address', 'autostart', 'compact', 'dir', 'guide', 'lang', 'preset'];

  #state = {
    phase: 'idle',
    typed: '',
    details: emptyDetails(),
    error: null,
    fieldErrors: [],
    alert: null,
    target: '',
    domain: '',
    /** The whole address that was typed: for the page's own fields only. */
    mailbox: null,
    summary: null,
    rows: [],
    live: new Map(),
    settings: NO_SETTINGS,
    problems: [],
    provider: null,
    checked: [],
    pasted: null,
    report: null,
    preset: null,
    dir: null,
    examples: [],
    vantage: { name: '', local: false },
    elapsed: 0,
    stopped: false,
    app: 'thunderbird',
    open: new Set(),
    versions: new Map(),
    copied: null,
    compact: false,
    guide: false,
    /** The name of the file whose report is shown; null where a check of our own is. */
    saved: null,
    /** Servers in the saved report that nobody vouches for. */
    strangers: [],
    fileError: null,
    dropping: false,
    /** Of the page with the domain in it, to be passed on. */
    link: '',
    fullPage: new URL('./', import.meta.url).href,
  };
  #words = createWords(en, FALLBACK);
  /** Settles once the words have come; null when none are awaited. */
  #speaking = null;
  /** The wished-for words did not come. */
  #wordless = false;
  #root = this.attachShadow({ mode: 'open' });
  #queued = false;
  #run = null;
  #deep = null;
  #autostarted = false;
  #preset = null;
  #base = new URL('.', import.meta.url).href;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = styles();
  }

  connectedCallback() {
    this.setAttribute('state', this.#state.phase);
    this.#speak();
    this.#render();
    this.#prepare();
    this.#autostart();
  }

  disconnectedCallback() {
    this.#deep?.controller.abort();
    const settled = [...this.#state.versions].filter(([, found]) => found !== RUNNING);
    this.#update({ versions: new Map(settled) });
    if (!this.#run) return;
    this.#run.controller.abort();
    this.#run = null;
    this.#update({ phase: 'idle' });
  }

  attributeChangedCallback(name, before, value) {
    if (before === value) return;
    if (name === 'address') this.#state.typed = value ?? '';
    if (name === 'lang') this.#speak();
    if (name === 'compact' || name === 'guide') this.#state[name] = value !== null;
    if (name === 'dir') this.#state.dir = ['ltr', 'rtl'].includes(value) ? value : null;
    if (name === 'preset' && this.#preset) this.#prepare();
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
    return this.#state.saved === null ? this.#state.report : null;
  }

  /**
   * Checks the current address; a check under way is stopped first.
   * @returns {Promise<object|null>} the report, or null when nothing could be checked
   */
  async start() {
    // Words that did not come are tried again, but no longer waited for.
    if (this.#wordless) this.#speak();
    else await this.#speaking;
    this.#run?.controller.abort();
    this.#deep?.controller.abort();
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

  /** Chooses the language. The first words are waited for; later ones come when they come. */
  #speak() {
    if (!this.isConnected) return;
    const wishes = languagesOf(this, navigator.languages);
    const own = this.getAttribute('lang');
    if (own && !canonical(own)) console.warn(`mail-port-check: lang="${own}" is no language tag`);
    const { name, tag } = chooseLanguage(wishes, LOCALES);
    const use = (words) => {
      this.#speaking = null;
      this.#words = words;
      // Both are sentences of the language before.
      this.#update({ error: null, alert: null });
    };
    if (name === FALLBACK) {
      this.#wordless = false;
      if (this.#words.lang !== tag || this.#speaking) use(createWords(en, tag));
      return;
    }
    const speaking = loadLocale(name, this.#base).then((locale) => {
      if (this.#speaking !== speaking) return;
      const again = this.#wordless;
      this.#wordless = locale === null;
      if (again && this.#wordless) {
        this.#speaking = null;
        return;
      }
      use(locale ? createWords(completed(locale, en), tag) : createWords(en, FALLBACK));
    });
    this.#speaking = speaking;
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
      target: typed.shown,
      domain: typed.domain,
      mailbox: typedMailbox(this.#state.typed),
      summary: null,
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
      versions: new Map(),
      saved: null,
      strangers: [],
      fileError: null,
      link: permalink(this.#base, typed.host ?? typed.domain),
    });
    if (hadFocus) this.#focus('running-title');
    const ticking = setInterval(() => current() && this.#tick(run), 1000);
    const limit = setTimeout(() => run.controller.abort(), OVERALL_LIMIT_MS);
    let resolver = null;
    try {
      const asking = askClock(this.#base);
      const { core, config } = await this.loadResources();
      const preset = await (this.#preset ?? this.#findPreset());
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
        servers: sides.map(({ server }) => server),
        preset,
        services: tables.services,
        resolver,
      });
      const ended = new Map();
      let summary = null;
      const retell = () => {
        if (!current()) return;
        const vouching = discovery.vouching.sofar();
        const rows = judge({
          tables,
          outcomes: inOrder(ended.values()),
          summary,
          domain: typed.domain,
          vouching,
        });
        this.#update({
          rows,
          settings: proveSettings({ tables, rows, vouching }),
          problems: problems(rows, tables),
        });
      };
      const clock = await asking;
      if (!current()) return null;
      const means = {
        core,
        known: catalogue(tables),
        openSocket,
        ...timeOf(clock),
        gate: new Gate(SOCKET_LIMIT),
      };
      this.#deep = { means, controller: new AbortController() };
      const scanning = scan({
        ...means,
        tables,
        discovery,
        signal,
        onProgress: (service, live) => current() && this.#progress(service, live),
        onOutcome: (outcome) => {
          ended.set(outcome.service.name, outcome);
          retell();
        },
      });
      const trying = sides.map((side) =>
        tryTyped({ typed: side, tables, discovery, scanned: scanning, signal, means }),
      );
      const [outcomes, ...trials] = await Promise.all([scanning, ...trying]);
      summary = await discovery.summary;
      const vouching = await discovery.vouching.wholly();
      if (!current()) return null;
      retell();
      const checked = sides.map((side, index) => {
        const { exact, further } = trials[index];
        const others = [...further, ...outcomes];
        const tried = { typed: side, tables, exact, outcomes: others, summary, vouching };
        return {
          conclusion: concludeTyped({ ...tried, domain: typed.domain }),
          outcomes: [exact, ...further].filter(Boolean),
        };
      });
      const found = { typed, preset, checked, outcomes, summary };
      return this.#finish({ run, ...found, reading, bridge, clock });
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

  #finish({ run, typed, preset, checked, reading, outcomes, summary, bridge, clock }) {
    const { rows, settings, details } = this.#state;
    const conclusions = checked.map(({ conclusion }) => conclusion);
    const pasted = reading && {
      ...weighError({ reading, rows, typed: conclusions }),
      reading,
      quote: details.pasted,
    };
    const found = problems(rows, tables);
    const notices = noticesOf({ clock, summary, domain: typed.domain, preset });
    found.unshift(...noticed(notices, tables));
    const report = buildReport({
      domain: typed.domain,
      host: typed.host,
      started: new Date(Date.now() + clock.offset - (performance.now() - run.began)).toISOString(),
      ms: Math.round(performance.now() - run.began),
      vantages: [
        {
          name: bridge.local ? this.#words.say('vantage.local') : bridge.name,
          local: Boolean(bridge.local),
          rows,
          outcomes,
        },
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
      summary,
      stopped: run.controller.signal.aborted,
    });
    const first = conclusions.length > 0 ? 'typed' : pasted ? 'pasted' : 'answer';
    if (hadFocus) this.#focus(`${first}-title`);
    this.#tell('mail-port-check-done');
    return report;
  }

  /**
   * The deep check of a row. What it finds joins the report: a new one, since whoever was given the old
   * one may have kept it.
   */
  async #checkVersions({ service, main }) {
    // It was stopped when the element left the document, and the element is back.
    if (this.#deep.controller.signal.aborted) this.#deep.controller = new AbortController();
    const { controller, means } = this.#deep;
    const { signal } = controller;
    const set = (value) =>
      this.#update({ versions: new Map(this.#state.versions).set(service.port, value) });
    set(RUNNING);
    try {
      const clock = await askClock(this.#base);
      if (signal.aborted) return;
      const probe = await deepCheck({
        ...means,
        ...timeOf(clock),
        service,
        attempt: main,
        closes: tables.closes,
        signal,
      });
      if (signal.aborted) return;
      set(probe);
      this.#update({ report: withProbe(this.#state.report, probe) });
      this.#tell('mail-port-check-update');
    } catch (error) {
      if (signal.aborted) return;
      console.error(error);
      set(null);
      this.#update({ alert: this.#words.say('page.error', { message: error.message }) });
    }
  }

  /** Gives the report away. */
  #tell(name) {
    const detail = this.#state.report;
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
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

  /** What is wanted before the first check: the examples, and the preset with its colours. */
  #prepare() {
    const finding = this.#findPreset();
    this.#preset = finding;
    finding.then((preset) => {
      if (this.#preset !== finding) return;
      const colours = preset?.colours.length ? [sheetOf(colourRules(preset.colours))] : [];
      this.#root.adoptedStyleSheets = [...styles(), ...colours];
      this.#update({ preset });
    });
  }

  /** A mistake of the embedder's is told to the embedder, and the page is whole without. */
  async #findPreset() {
    let configured = null;
    try {
      const { config } = await loadConfig(this.#base);
      configured = config.preset;
      this.#update({ examples: config.examples });
    } catch (error) {
      console.warn(`mail-port-check: ${error.message}`);
    }
    try {
      return await loadPreset(
        this.getAttribute('preset') ?? configured,
        this.#base,
        tables.services,
      );
    } catch (error) {
      console.warn(`mail-port-check: ${error.message}`);
      return null;
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
    checkVersions: (row) => this.#checkVersions(row),
    showSignIn: () => {
      const fold = this.#root.getElementById('sign-in-title').closest('details');
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
      const text = JSON.stringify(report, null, 2);
      this.#actions.save(`mail-port-check-${report.domain}.json`, 'application/json', text);
    },
    /** A file made in the page. */
    save: (name, type, text) => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([text], { type }));
      link.download = name.replace(/[^a-z0-9.-]/gi, '_');
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    },
    print: () => window.print(),
    openReport: (files) => this.#openReport([...files]),
    closeReport: () => {
      this.#update({ phase: 'idle', saved: null, report: null, fileError: null });
      this.#focus('address');
    },
    /** Whether a file is held over the page just now. */
    hover: (event, dropping) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      // Without this the browser would leave the page for the file.
      event.preventDefault();
      if (this.#state.phase === 'running') return;
      if (dropping !== this.#state.dropping) this.#update({ dropping });
    },
    drop: (event) => {
      const files = event.dataTransfer?.files;
      if (!files?.length) return;
      event.preventDefault();
      this.#update({ dropping: false });
      this.#openReport([...files]);
    },
  };

  /** Shows the report in a file, in place of what was there; a file that cannot be shown changes nothing. */
  async #openReport(files) {
    if (this.#state.phase === 'running' || files.length === 0) return;
    let report;
    try {
      report = await readFile(files);
    } catch (error) {
      this.#update({ fileError: this.#fileWords(error) });
      return;
    }
    if (this.#state.phase === 'running') return;
    this.#deep?.controller.abort();
    this.#update({
      phase: 'done',
      error: null,
      fieldErrors: [],
      fileError: null,
      alert: null,
      stopped: false,
      open: new Set(),
      saved: files[0].name,
      typed: report.host ?? report.domain,
      // What stands in the fold is about another check.
      details: { ...this.#state.details, open: false },
      link: permalink(this.#base, report.host ?? report.domain),
      ...stateOfReport(report, tables),
    });
    this.#focus('saved-title');
  }

  #fileWords(error) {
    if (!(error instanceof ReportFileError)) console.error(error);
    const { id, args } = error instanceof ReportFileError ? error : { id: 'unreadable', args: {} };
    const expected = args.expected && this.#words.say(`saved.expected.${args.expected}`, args);
    const reason = this.#words.say(`saved.errors.${id}`, { ...args, expected });
    return [this.#words.say('saved.failed'), reason].join(' ');
  }

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
    if (this.#speaking && !this.#root.querySelector('.root')) {
      // What stands in the element for readers without scripts.
      render(html`<slot></slot>`, this.#root);
      return;
    }
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

/** A report with one conversation more, of the first vantage point. */
function withProbe(report, probe) {
  const [{ probes, ...vantage }, ...others] = report.vantages;
  return { ...report, vantages: [{ ...vantage, probes: [...probes, probe] }, ...others] };
}

/** The clock as scan() and deepCheck() take it. */
function timeOf({ offset, confirmed }) {
  return { wallClock: () => Date.now() + offset, timeConfirmed: confirmed };
}

/** @throws {ReportFileError} */
async function readFile([file, ...more]) {
  if (more.length > 0) throw new ReportFileError('many');
  if (file.size > FILE_LIMIT_BYTES) throw tooLarge();
  return readReportFile(await file.text(), tables);
}

function inOrder(outcomes) {
  const order = tables.services.map(({ name }) => name);
  return [...outcomes].sort(
    (a, b) => order.indexOf(a.service.name) - order.indexOf(b.service.name),
  );
}
