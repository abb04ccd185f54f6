/**
 * `<mail-port-check>`: enter an address, see which settings work.
 *
 * Attributes: address (an e-mail address or a domain), bridge (URL), lang (see language.js), dir,
 * preset (see preset.js), color-scheme (light or dark, else as the page is), allow-sign-in, autostart, compact (the settings first, all else folded),
 * guide (the document has the anchors that verdict/advice.js names). Method start(), property report, events
 * mail-port-check-done and mail-port-check-update (they bubble, are composed, and their detail is the
 * report), and mpc-contact, where the preset asks for it. The attribute state (idle, running, done) is set by the element.
 * custom-elements.json lists them with the slots, parts and custom properties.
 *
 * It keeps attributes, lifecycle, focus and rendering; check/ does the checking. The class has no side
 * effects; mail-port-check.js registers it. Children are the text for readers without scripts.
 */
import { html, render } from 'lit/html.js';
import english from '#english';
import { PARTS } from '#parts';
import tables from '#tables';
import { bringProviders } from '../check/beforehand.js';
import { platformOf } from '../config/platform.js';
import { PRESET_ID } from '../config/preset-id.js';
import { mailboxOf, shareable } from '../input/address.js';
import { permalink } from '../input/permalink.js';
import { emptyDetails, namesEntered, readUserInput } from '../input/user-input.js';
import { writeBegun } from '../report/begun-check.js';
import { Absent } from '../i18n/absent.js';
import { arrived, late, lateIfHere } from '../view/late.js';
import { nextTask } from '../transport/next-task.js';
import { view } from '../view/view.js';
import { createActions } from './actions.js';
import { isAtHome, isFirst, originsAround, seen } from './autostart.js';
import { ElementChecks } from './element-checks.js';
import { addStyles, sheetOf, styles } from './element-styles.js';
import { ElementWords } from './element-words.js';
import { MessageReading } from './message-reading.js';
import { loadConfig, loadPreset, loadResources, programUrl } from './resources.js';
import { Screen } from './screen.js';
import { beforeCheck, initialState } from './state.js';
import { bringAllNames, bringNames } from './names.js';
import { TabMemory } from './tab-memory.js';
import { UnreachableError } from './unreachable-error.js';

/** Once for all elements on a page. */
const parts = new Map();

const BASE = new URL('.', import.meta.url).href;
const HOME = new URL(BASE).origin;
/** A tab that nobody looks at for so long forgets a password. */
const HIDDEN_LIMIT_MS = 60_000;

export class MailPortCheckElement extends HTMLElement {
  static observedAttributes = [
    'address',
    'allow-sign-in',
    'autostart',
    'compact',
    'dir',
    'guide',
    'lang',
    'preset',
  ];

  #state = initialState(platformOf(navigator), programUrl(BASE));
  #root = this.attachShadow({ mode: 'open' });
  #words = new ElementWords({
    english,
    base: BASE,
    // Both are sentences of the language before.
    onChange: () => this.#update({ error: null, alert: null }),
  });
  /** What the parts of the element need of it. */
  #host = {
    state: () => this.#state,
    update: (change, wait) => this.#update(change, wait),
    say: (key, args) => this.#say(key, args),
  };
  #checks = new ElementChecks(
    {
      ...this.#host,
      begin: (change, target) => {
        this.#memory.write(writeBegun(this.#state.address, target, Date.now()));
        this.#screen.begin(change);
      },
      end: (change, id) => {
        // Stopped before there was a result. What failed is still kept: a reload is the way to try again, and
        // makes all that is being fetched fail.
        if (change.phase === 'idle') this.#memory.write(null);
        return this.#screen.end(change, id);
      },
      tell: (event) => {
        this.#memory.write(late('check').writeKept(this.#state));
        this.#tell(event);
      },
      linkTo: (domain) => this.#linkTo(domain),
      part: bringPart,
      whole: (change) => this.#whole(change),
      loadResources: () => this.loadResources(),
      loadConfig: () => loadConfig(BASE),
      preset: () => this.#preset ?? this.#findPreset(),
      bridge: () => this.#bridge(),
      openSocket: (url, protocols) => this.openSocket(url, protocols),
    },
    tables,
    BASE,
  );
  #message = new MessageReading(this.#host, tables.services);
  #actions = createActions({
    ...this.#host,
    message: this.#message,
    prefetch: () => this.#checks.prepare(),
    openAhead: () => {
      this.#checks.openAhead();
      // What does not come is told when it is needed.
      bringNames(namesEntered(this.#state)).catch(() => {});
    },
    start: () => this.#startForPerson(),
    stop: () => this.#stopForPerson(),
    startOver: () => this.#startOver(),
    goToResult: () => this.#screen.goToResult(),
    checkVersions: (row) => this.#checks.checkVersions(row),
    askElsewhere: () => this.#checks.askElsewhere(),
    openReport: (files) => this.#openReport(files),
    closeReport: () => this.#closeReport(),
    showSignIn: () => this.#showSignIn(),
    signIn: (credentials) => this.#signIn(credentials),
    leaveSignIn: () => this.#leaveSignIn(),
    copyByHand: (id, text) => this.#copyByHand(id, text),
    bring: (absent) => this.#bringForPart(absent),
    bringDetails: () => {
      // What does not come is told when it is needed.
      PARTS.asked().catch(() => {});
      this.#bringAhead('typed', 'typed');
    },
    bringAhead: (part, section) => this.#bringAhead(part, section),
    worded: (make) => this.#worded(make),
    tell: (event, detail) => this.#tell(event, detail),
  });
  /** The promise of what readPreset() returned; null before the element is in a document. */
  #preset = null;
  /** The attribute color-scheme, where it came from the preset. */
  #presetScheme = null;
  /** Whether the pages beside the script have a preset of their own. */
  #operatorsPreset = false;
  #memory = new TabMemory(this, BASE);
  /** Ends the waiting for a moment to begin by itself; null before there was one. */
  #autostarting = null;
  #unwatch = () => {};
  /** What is shown is not what the state says. */
  #stale = false;
  /** … and how long that may be so, in ms. */
  #wait = 0;
  /** The style sheets that the element has, and those of its preset. */
  #dressed = null;
  #colours = [];
  /** What the view wants and does not have yet: until it has come, and is drawn. */
  #awaiting = null;
  #screen = new Screen({
    ...this.#host,
    element: this,
    root: this.#root,
    draw: () => this.#draw(),
  });

  constructor() {
    super();
    this.#dress();
    this.#drawSlot();
  }

  connectedCallback() {
    this.setAttribute('state', this.#state.phase);
    this.#chooseWords();
    // What does not come is told when it is needed.
    bringPart('check').catch(() => {});
    this.#restore();
    this.#render();
    this.#prepare();
    this.#autostart();
    this.#unwatch = this.#watchVisibility();
  }

  disconnectedCallback() {
    this.#autostarting?.abort();
    this.#unwatch();
    this.#leaveSignIn();
    this.#screen.leave();
    this.#checks.abandon();
  }

  attributeChangedCallback(name, before, value) {
    if (before === value) return;
    if (name === 'address') this.#state.address = value ?? '';
    if (['address', 'autostart'].includes(name)) this.#state.offered = null;
    if (name === 'lang') this.#chooseWords();
    if (name === 'compact' || name === 'guide') this.#state[name] = value !== null;
    if (name === 'allow-sign-in') this.#state.allowSignIn = value !== null;
    if (name === 'dir') this.#state.dir = ['ltr', 'rtl'].includes(value) ? value : null;
    if (name === 'preset' && this.#preset) {
      // The result was another element's, as it were.
      if (this.#state.restored) this.#update({ phase: 'idle', ...beforeCheck() });
      this.#prepare();
    }
    this.#autostart();
    this.#render();
  }

  /** The address or domain to check, as entered or set. */
  get address() {
    return this.#state.address;
  }

  set address(value) {
    this.setAttribute('address', value);
  }

  /** What of the address a URL may hold: the domain or the server, never what is before the @; else empty. */
  get shareable() {
    return shareable(this.#state.address);
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
    const input = await this.#readInput();
    if (!input) return null;
    this.#screen.asked = false;
    if (input.target) return this.#checks.start(input.target);
    this.#checks.abandon();
    this.#memory.write(null);
    this.#complain(input, { phase: 'idle' });
    return null;
  }

  /** Enter, or a button: another address is checked at once, the same one goes on. */
  async #startForPerson() {
    const input = await this.#readInput();
    if (!input) return;
    if (!input.target) {
      const running = this.#state.phase === 'running';
      this.#complain(input, running ? {} : { phase: 'idle' });
      return;
    }
    if (this.#checks.isChecking(input.target)) {
      this.#update({ begun: this.#state.address, mailbox: mailboxOf(this.#state.address) });
      return;
    }
    this.#screen.asked = true;
    await this.#checks.start(input.target);
  }

  #stopForPerson() {
    this.#screen.stopped();
    this.#checks.stop();
  }

  /** @returns {Promise<object|null>} see readUserInput(); null where it cannot be told whose the names are */
  async #readInput() {
    // Words that did not come are tried again, but no longer waited for.
    if (this.#words.failed) this.#chooseWords();
    else await this.#words.awaited;
    await this.#message.ended;
    const { address, details } = this.#state;
    let reader;
    try {
      const names = namesEntered({ address, details });
      // What else the check wants comes beside it.
      if (names.length > 0) this.#checks.prepare();
      await bringNames(names);
      reader = await this.#settingsReader();
    } catch (error) {
      this.#checks.fail(error);
      return null;
    }
    return readUserInput({ address, details, tables, ...reader });
  }

  /** What reads the settings below the address, where somebody wants that. @throws {UnreachableError} */
  async #settingsReader() {
    if (!this.#state.details.open) return {};
    const { readAppSettings } = await PARTS.asked();
    return { readAppSettings };
  }

  /** Makes the core and its settings; tests may replace it. */
  loadResources() {
    return loadResources(BASE, tables);
  }

  /** Opens a socket; tests may replace it. @param {string} url @param {string[]} protocols */
  openSocket(url, protocols) {
    return new WebSocket(url, protocols);
  }

  /** Says at the fields what is wrong with them, and leads to the first. */
  #complain({ addressError, fieldErrors, reading }, change) {
    const { id, args } = addressError ?? {};
    const wanted = reading && id === 'empty' ? 'address.needed' : `address.${id}`;
    const error = addressError && this.#say(wanted, args);
    this.#update({ ...change, error, fieldErrors, meant: [] });
    if (id === 'no-dot') this.#askWhatWasMeant(args.name);
    const [first] = fieldErrors;
    this.#focus(addressError ? 'address' : `${first.side}-${first.field}`);
  }

  /** A question below the complaint, where what it takes comes while that is shown. */
  async #askWhatWasMeant(name) {
    const { error } = this.#state;
    try {
      const [{ likelyDomains }] = await Promise.all([PARTS.slips(), bringProviders()]);
      const meant = likelyDomains(name).map(({ domain }) => domain);
      if (error && this.#state.error === error) this.#update({ meant });
    } catch (lack) {
      console.error(lack);
    }
  }

  /** Starts once there is an address to start with; a moment later, so that all attributes are set. */
  #autostart() {
    queueMicrotask(() => {
      if (this.#autostarting || !this.isConnected) return;
      if (!this.hasAttribute('autostart') || !this.getAttribute('address')) return;
      this.#autostarting = new AbortController();
      const around = originsAround(window, HOME);
      if (isAtHome(window, HOME) && isFirst()) this.start();
      else this.#autostartOnceSeen(around, this.#autostarting.signal);
    });
  }

  /** Offers the check in one button; it begins by itself where that is wanted, and can be seen. */
  async #autostartOnceSeen(around, signal) {
    const offered = await this.#offer();
    if (offered === null) return;
    if (around.length > 0 && !(await this.#checks.lists(around))) return;
    await seen(this, signal);
    if (signal.aborted || this.#state.offered !== offered || !isFirst()) return;
    this.start();
  }

  /** One button for the check of what was entered or set. @returns {Promise<string|null>} what it is the check of */
  async #offer() {
    const reader = await this.#settingsReader().catch((error) => console.error(error));
    const { address, details } = this.#state;
    const { target } = reader ? readUserInput({ address, details, tables, ...reader }) : {};
    const offered = target?.address.shown ?? null;
    this.#update({ offered });
    return offered;
  }

  /** Which bridge the embedder wishes, as chooseBridge() takes it. */
  #bridge() {
    const attribute = this.getAttribute('bridge');
    const ticket = this.getAttribute('ticket');
    return { attribute, ticket, base: attribute || ticket ? document.baseURI : BASE };
  }

  /** Gives the report away, or what else an event is about. */
  #tell(name, detail = this.#state.report) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }

  /** What is wanted before the first check: the examples, and the preset with its colours. */
  #prepare() {
    const finding = this.#findPreset();
    this.#preset = finding;
    finding.then((preset) => {
      if (this.#preset !== finding) return;
      this.#colours = preset?.rules ? [sheetOf(preset.rules)] : [];
      this.#dress();
      this.#reflectScheme(preset);
      this.#update({ preset });
    });
  }

  /** With the style sheets that there are. */
  #dress() {
    this.#dressed = styles();
    this.#root.adoptedStyleSheets = [...this.#dressed, ...this.#colours];
  }

  /** A preset's colour scheme becomes the attribute, which the frame's page sees, too. One that was set stays. */
  #reflectScheme(preset) {
    if (this.getAttribute('color-scheme') !== this.#presetScheme) return;
    this.#presetScheme = preset?.colorScheme ?? null;
    if (this.#presetScheme) this.setAttribute('color-scheme', this.#presetScheme);
    else this.removeAttribute('color-scheme');
  }

  /** The whole page, to be passed on: with the domain and the preset's name, and nothing of the reader's. */
  #linkTo(domain, chosen = {}) {
    const preset = this.getAttribute('preset');
    return permalink(BASE, domain, { preset: PRESET_ID.test(preset) ? preset : null, ...chosen });
  }

  /** The same for the reader himself, who stays in his language and colours. */
  #fullPage() {
    const { target, address } = this.#state;
    return this.#linkTo(target || address, this.#readers());
  }

  /** The page that is nobody's, for a domain that is not the embedder's; null where there is none. */
  #neutralPage({ answer }) {
    if (answer?.key !== 'foreign' || !this.hasAttribute('preset') || this.#operatorsPreset)
      return null;
    return permalink(BASE, this.#state.target, this.#readers());
  }

  #readers() {
    return {
      lang: this.#words.current.lang,
      'color-scheme': this.getAttribute('color-scheme'),
    };
  }

  /** A mistake of the embedder's is told to the embedder, and the page is whole without. */
  async #findPreset() {
    const complain = ({ message }) => console.warn(`mail-port-check: ${message}`);
    const config = await loadConfig(BASE).then((loaded) => loaded.config, complain);
    if (config) this.#update({ examples: config.examples });
    this.#operatorsPreset = Boolean(config?.preset);
    const value = this.getAttribute('preset') ?? config?.preset ?? null;
    return loadPreset(value, BASE, tables.services).catch((error) => {
      complain(error);
      return null;
    });
  }

  /** Shows the report in a file, in place of what was there; a file that cannot be shown changes nothing. */
  async #openReport(files) {
    const running = () => this.#state.phase === 'running';
    if (running() || files.length === 0) return;
    const reader = await bringPart('report-reader').catch((error) => {
      console.error(error);
      this.#update({ fileError: this.#say('page.unreachable') });
      return null;
    });
    if (!reader) return;
    let report;
    try {
      report = await reader.readFiles(files, tables);
      await bringAllNames([report.domain]);
    } catch (error) {
      await this.#sayFileError(() => reader.fileErrorWords(error, this.#words.current));
      return;
    }
    if (running()) return;
    this.#checks.stop();
    const named = report.host ?? report.domain;
    const shown = {
      ...beforeCheck(),
      phase: 'done',
      screen: this.#state.screen + 1,
      saved: files[0].name,
      address: named,
      begun: named,
      // What stands in the fold is about another check.
      details: { ...this.#state.details, open: false },
      link: this.#linkTo(named),
      ...reader.stateOfReport(report, tables),
    };
    try {
      await this.#whole(shown);
    } catch (error) {
      await this.#sayFileError(() => reader.fileErrorWords(error, this.#words.current));
      return;
    }
    if (running()) return;
    this.#update(shown);
    this.#focus('saved-title');
  }

  async #sayFileError(words) {
    const fileError = await this.#worded(words).catch(() => this.#say('page.unreachable'));
    this.#update({ fileError });
  }

  /**
   * Shows again what the tab kept of the last check, unless there is something to show or to check. An address
   * that was set wants the result for itself, or none.
   */
  async #restore() {
    const { address: entered } = this.#state;
    const wanted = () =>
      this.#state.phase === 'idle' &&
      this.#state.address === entered &&
      !this.hasAttribute('autostart');
    const text = wanted() ? this.#memory.read() : null;
    if (text === null) return;
    // Where it does not come, the result is there again after the next reload.
    const reader = await bringPart('report-reader').catch((error) => console.error(error));
    if (!reader || !wanted() || this.#memory.read() !== text) return;
    const begun = reader.readBegun(text, tables, Date.now());
    if (begun) {
      this.#beginAgain(begun);
      return;
    }
    let kept;
    try {
      const { report, ...rest } = reader.keptIn(text, tables);
      await bringAllNames([report.domain]);
      if (!wanted() || this.#memory.read() !== text) return;
      kept = reader.stateOfKept({ report, ...rest }, tables);
    } catch (error) {
      if (!(error instanceof UnreachableError)) this.#memory.write(null);
      if (!(error instanceof reader.ReportFileError)) console.error(error);
      return;
    }
    const { host, domain } = kept.report;
    const named = host ?? domain;
    const set = this.getAttribute('address');
    if (set !== null && shareable(set) !== named) return;
    const address = set ?? named;
    this.#update({
      ...beforeCheck(),
      ...kept,
      phase: 'done',
      restored: true,
      screen: this.#state.screen + 1,
      ...{ address, begun: address, mailbox: mailboxOf(address) },
      link: this.#linkTo(named),
    });
  }

  /**
   * The page was left in the middle of a check. On its own site it goes on where somebody just reloaded it; in
   * anybody else's page, or later, it waits for a click. The same holds for the address as in #restore().
   */
  #beginAgain({ address, details, recent }) {
    const wanted = this.getAttribute('address');
    if (wanted !== null && shareable(wanted) !== address) return;
    this.#update({ address: wanted ?? address, details });
    queueMicrotask(() => {
      if (!this.isConnected || this.#state.phase !== 'idle') return;
      if (recent && isAtHome(window, HOME) && isFirst()) this.start();
      else this.#offer();
    });
  }

  /** As if nobody had been here. */
  #startOver() {
    this.#checks.abandon();
    this.#memory.write(null);
    this.#update({
      phase: 'idle',
      ...beforeCheck(),
      ...{ address: '', begun: '', details: emptyDetails() },
    });
    this.#focus('address');
  }

  #closeReport() {
    this.#update({ phase: 'idle', ...beforeCheck() });
    this.#focus('address');
  }

  #showSignIn() {
    const fold = this.#root.getElementById('sign-in-title').closest('details');
    fold.open = true;
    fold.querySelector('summary').focus();
  }

  #signIn(credentials) {
    const { signIn } = this.#state;
    if (signIn.running) return;
    const { bytesOf, signInError } = late('sign-in');
    const { sides } = late('check').present(this.#state, tables).signInTest;
    const error = signInError(credentials, sides, signIn.confirmed, tables);
    if (error) this.#update({ signIn: { ...signIn, error, user: credentials.user } });
    else this.#checks.signIn(credentials.user, bytesOf(credentials), sides);
  }

  /** Nothing of a password stays in the page when its card is left. */
  #leaveSignIn() {
    const field = this.#root.getElementById('sign-in-password');
    if (field) field.value = '';
    this.#checks.stopSignIn();
  }

  /** Somebody else may sit down at a tab that was left. */
  #watchVisibility() {
    const forget = () => this.#leaveSignIn();
    let timer = null;
    const watch = () => {
      clearTimeout(timer);
      if (document.hidden) timer = setTimeout(forget, HIDDEN_LIMIT_MS);
    };
    document.addEventListener('visibilitychange', watch);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', watch);
    };
  }

  /** Where the clipboard is closed to us: the text selected, and copied as a reader would copy it. */
  #copyByHand(id, text) {
    const button = this.#root.activeElement;
    this.#update({ byHand: { id, text } });
    this.#draw();
    const field = this.#root.getElementById('by-hand');
    field.focus();
    field.select();
    const copied = document.execCommand('copy');
    if (copied) button?.focus();
    return copied;
  }

  #chooseWords() {
    if (this.isConnected) this.#words.choose(this, navigator.languages);
  }

  /** What `make` returns, once all that it wants is here. @throws {UnreachableError} */
  async #worded(make) {
    for (;;) {
      try {
        return make();
      } catch (error) {
        await this.#bring(error);
      }
    }
  }

  /** Fetches what a part of the view lacks, which says so meanwhile (onceHere() in view/parts.js). */
  #bringForPart(absent) {
    const { coming, missing } = this.#state;
    const { key } = absent;
    if (coming.has(key)) return;
    coming.add(key);
    missing.delete(key);
    const ended = (error) => {
      coming.delete(key);
      if (error) {
        console.error(error);
        missing.add(key);
      }
      this.#render();
    };
    this.#bring(absent).then(() => ended(null), ended);
    this.#render();
  }

  /** Both at once, where the view would ask for one after the other. */
  #bringAhead(part, section) {
    this.#bringForPart(new Absent('part', part));
    if (!this.#words.has(section)) this.#bringForPart(new Absent('words', section));
  }

  /** Once all is here that is wanted to show the state with this change. @throws {UnreachableError} */
  #whole(change) {
    return this.#worded(() => this.#view({ ...this.#state, ...change }));
  }

  /** Brings what an error says is absent; any other is thrown. */
  #bring(error) {
    if (!(error instanceof Absent)) throw error;
    return error.kind === 'words' ? this.#words.bring(error.name) : bringPart(error.name);
  }

  #say(key, args) {
    return this.#words.current.say(key, args);
  }

  /** @param {number} [wait] ms by which it may be shown later, while a check runs */
  #update(change, wait) {
    Object.assign(this.#state, change);
    if (change.phase) this.setAttribute('state', change.phase);
    this.#render(wait);
  }

  #render(wait = 0) {
    // What is on its way already is soon enough.
    if (this.#stale && wait >= this.#wait) return;
    this.#stale = true;
    this.#wait = wait;
    const draw = () => this.#draw();
    // At first the script has just been read, which was a task in itself.
    if (!this.#root.querySelector('.root')) nextTask().then(draw);
    // While a check runs, what servers have said by then has its turn first.
    else queueMicrotask(() => (this.#state.phase === 'running' ? setTimeout(draw, wait) : draw()));
  }

  /** What stands in the element for readers without scripts. */
  #drawSlot() {
    render(html`<slot></slot>`, this.#root);
  }

  /**
   * What is shown stays as it is while something is fetched that the view wants.
   * @returns {Promise<void>|null} until it is drawn; null where it is
   */
  #draw() {
    if (!this.#stale) return this.#awaiting;
    this.#stale = false;
    if (this.#words.awaited && !this.#root.querySelector('.root')) {
      this.#drawSlot();
      return null;
    }
    let drawn;
    try {
      drawn = this.#view(this.#state);
    } catch (error) {
      this.#awaiting ??= this.#drawLater(error);
      return this.#awaiting;
    }
    if (this.#dressed !== styles()) this.#dress();
    render(drawn, this.#root);
    return null;
  }

  async #drawLater(absent) {
    try {
      await this.#bring(absent);
    } catch (error) {
      this.#awaiting = null;
      if (error === absent) throw error;
      // A check under way goes on; when it ends, this is tried again.
      if (this.#state.phase === 'running') return;
      // Nothing is shown without its words; what a form says is always here.
      const details = { ...this.#state.details, open: false };
      this.#checks.fail(error, { ...beforeCheck(), phase: 'idle', dropping: false, details });
      return;
    }
    this.#awaiting = null;
    this.#stale = true;
    await this.#draw();
  }

  #view(state) {
    const [words, actions] = [this.#words.current, this.#actions];
    const { phase, meant } = state;
    const result =
      phase === 'idle'
        ? { meant, rows: new Map() }
        : late('check').present(state, tables, {
            ...lateIfHere('details'),
            ...lateIfHere('typed'),
            ...lateIfHere('problems'),
          });
    const links = { fullPage: this.#fullPage(), neutralPage: this.#neutralPage(result) };
    return view({ state, result, words, actions, tables, ...links });
  }

  #focus(id) {
    const focus = () => this.#root.getElementById(id)?.focus();
    const drawn = this.#draw();
    if (drawn) drawn.then(focus);
    else focus();
  }
}

/**
 * A part, with the style sheets that it brings along.
 * @returns {Promise<object>} what it exports @throws {UnreachableError} asked again, it tries again
 */
function bringPart(name) {
  if (!parts.has(name)) {
    const coming = PARTS[name]().then(({ css = [], ...part }) => {
      addStyles(css);
      arrived(name, part);
      return part;
    });
    parts.set(name, coming);
    coming.catch(() => parts.delete(name));
  }
  return parts.get(name);
}
