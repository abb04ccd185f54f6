/** The element's state, with each of its defaults once. */
import { emptyResult } from '../check/beforehand.js';
import { emptyDetails } from '../input/user-input.js';
import { RUNNING } from '../report/running.js';

export { RUNNING };

/**
 * @param {string} platform as platformOf() tells it
 * @param {string|null} [program] URL of what tests a reader's own network, where it can be downloaded
 */
export function initialState(platform, program = null) {
  return {
    platform,
    program,
    phase: 'idle',
    /** Another number is another screen: what the person saw before is not kept in place. */
    screen: 0,
    // What the person entered and chose.
    address: '',
    /** What the check was begun with: another address in the field is one to check. */
    begun: '',
    details: emptyDetails(),
    /** Null: the first of the reader's platform. */
    app: null,
    // What the embedder and the operator set.
    preset: null,
    dir: null,
    compact: false,
    guide: false,
    /** Readers may try their password. */
    allowSignIn: false,
    examples: [],
    // What is going on in the page.
    copied: null,
    dropping: false,
    /** What parts of the view lack: what is being fetched, and what did not come. */
    coming: new Set(),
    missing: new Set(),
    /** Names of folds that were opened, whatever was in them: it is fetched then. */
    unfolded: new Set(),
    ...beforeCheck(),
  };
}

/** What each check begins with; nothing of the one before is left. */
export function beforeCheck() {
  return {
    ...emptyResult(),
    error: null,
    /** Domains that were perhaps meant by an address without an ending. */
    meant: [],
    fieldErrors: [],
    fileError: null,
    alert: null,
    /** The id of a copy button and its text, where the reader has to copy it. */
    byHand: null,
    /** {seconds, from} until the bridge may be asked again; null where it did not refuse. */
    again: null,
    /** The domain of a check that would have begun by itself, and waits for a click. */
    offered: null,
    target: '',
    domain: '',
    /** The whole address that was entered: for the page's own fields only. */
    mailbox: null,
    vantage: { name: '', local: false },
    /** The second place that can be asked, {name, local}, or null. */
    second: null,
    /** Its name while it is being asked. */
    comparing: null,
    /** Of the page with the domain in it, to be passed on. */
    link: '',
    /** {drawn, failed}: the link as a QR code, once somebody wants it, or that it could not be drawn. */
    code: null,
    /** The person was busy when the check ended, and has not seen the result. */
    offer: false,
    /** The table of ports was being read when the check ended, and is not folded. */
    portsStay: false,
    live: new Map(),
    elapsed: 0,
    open: new Set(),
    /** Port → RUNNING, or the report of its TLS version scan. */
    versions: new Map(),
    signIn: emptySignIn(),
    /** Its card was opened. */
    signInOpen: false,
    /** The name of the file whose report is shown; null where a check of our own is. */
    saved: null,
    /** The result is one that the tab kept from before a reload. */
    restored: false,
    /** Servers in the saved report that nobody vouches for. */
    strangers: [],
  };
}

/**
 * The password check; the password itself is in its field, and nowhere else.
 * `user` is the name that was tried, `tried` what came of it, `confirmed` the servers that the person knows.
 */
export function emptySignIn() {
  return { running: false, shown: false, error: null, user: null, tried: [], confirmed: new Set() };
}

/** A server that says nothing for this long is called slow. */
const SLOW_MS = 10_000;

/** What the ports are doing, with one that has gone on; the same map where it has not. */
export function withProgress(live, { service, ...now }, time) {
  const before = live.get(service);
  if (before?.phase === now.phase && before.address === now.address) return live;
  return new Map(live).set(service, { ...now, since: time, slow: false });
}

/** The same a moment later: who is slow. */
export function withSlow(live, time) {
  return new Map(
    [...live].map(([service, one]) => [service, { ...one, slow: time - one.since > SLOW_MS }]),
  );
}
