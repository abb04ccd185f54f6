/**
 * A handshake that was recorded, held again while nobody waits: browsers compile a function of WebAssembly when it is
 * first called, which makes the first handshake of a page cost ten times what the second does. Its server shows a
 * chain of both usual kinds, and nothing of it leaves the page.
 */

import { RECORDS } from './rehearsal-records.js';

/* What the recording depends on; nobody is connected to. */
const OPTIONS = {
  service: 'imaps',
  serverName: 'mail.example.test',
  time: Date.parse('2026-06-01T00:00:00Z'),
  now: 0,
};

/* Browsers compile for speed what was called a few times. */
const ROUNDS = 16;

/** The client of the recording. */
export function startRehearsal(core, { seed_bytes: length }) {
  const probe = core.probe({ ...OPTIONS, seed: new Uint8Array(length) });
  probe.connected(0);
  return probe;
}

/**
 * @param {object} core what loadCore() returned @param {object} layout `core` of tables.json
 * @param {() => Promise<boolean>} pause between two steps, of which each takes some milliseconds at most; false: the
 *   core is wanted
 * @returns {Promise<object|null>} the report; null where it was broken off
 */
export async function rehearse(core, layout, pause) {
  const probe = startRehearsal(core, layout);
  try {
    for (const record of RECORDS) {
      probe.output(0);
      if (!(await pause())) return null;
      probe.receive(
        Uint8Array.from(atob(record), (character) => character.charCodeAt(0)),
        0,
      );
      if (probe.wantsAnchors) probe.anchorsCame(0);
    }
    probe.output(0);
    probe.stop(0);
    return probe.report();
  } finally {
    probe.free();
  }
}

/** As often as it helps, or until the core is wanted. */
export async function rehearseAll(core, layout, pause) {
  for (let round = 0; round < ROUNDS; round++) {
    if (!(await pause()) || !(await rehearse(core, layout, pause))) return;
  }
}
