/**
 * A conversation that was recorded, held again while nobody waits: browsers compile a function of WebAssembly when it
 * is first called, and one of JavaScript, too, which makes the first handshake of a page cost ten times what the second
 * does. Its server shows a chain with each of the usual kinds of signatures, and nothing of it leaves the page.
 */

import { UNDERSTOOD, converse } from '../transport/connection.js';
import { ANCHOR, PIECES } from './rehearsal-records.js';

/* What the recording depends on; nobody is connected to. */
const OPTIONS = {
  service: 'submission',
  serverName: 'mail.example.test',
  time: Date.parse('2026-06-01T00:00:00Z'),
  leaveUnanswered: true,
};
export const REACHED = { bridge: { ip: '192.0.2.1', connect_ms: 1 }, local: '', tested: null };

/* Browsers compile for speed what was called a few times; forty rounds are no better. */
const ROUNDS = 16;

/* No time passes, and no deadline comes. */
const CLOCK = {
  now: () => 0,
  setTimeout: () => null,
  clearTimeout: () => {},
  standStill: (work) => work(),
};

const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** The client of the recording. @returns {Promise<object>} as converse() */
export function holdRehearsal(core, { seed_bytes: length }, socket, signal) {
  const start = (now) => core.probe({ ...OPTIONS, now, seed: new Uint8Array(length) });
  return converse({ start, open: () => socket, bridgeWords: UNDERSTOOD, signal, clock: CLOCK });
}

/**
 * @param {object} core what loadCore() returned @param {object} layout `core` of tables.json
 * @param {() => Promise<boolean>} pause between two steps, of which each takes some milliseconds at most; false: the
 *   core is wanted
 * @returns {Promise<object|null>} the report; null where it was broken off
 */
export async function rehearse(core, layout, pause) {
  const stop = new AbortController();
  const socket = { readyState: 1, send() {}, close() {} };
  const held = holdRehearsal(core, layout, socket, stop.signal);
  let goesOn = true;
  for (const said of [REACHED, ...PIECES.map(bytesOf)]) {
    goesOn &&= await pause();
    if (goesOn) socket.onmessage?.({ data: said });
  }
  stop.abort();
  const { report } = await held;
  return goesOn ? report : null;
}

/**
 * As often as it helps, or until the core is wanted. All but the last round are held with another core of the same
 * module, which alone trusts the root of the recording: what is compiled for one is compiled for both.
 * @param {object} core @param {(roots: object) => Promise<object>} another loadCore() of the same module
 * @param {object} layout @param {() => Promise<boolean>} pause as above
 */
export async function rehearseAll(core, another, layout, pause) {
  const stage = await another({ bring: () => null });
  stage.addPackedAnchors(bytesOf(ANCHOR));
  for (let round = 1; round <= ROUNDS; round++) {
    if (!(await rehearse(round < ROUNDS ? stage : core, layout, pause))) return;
  }
}
