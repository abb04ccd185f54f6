/** Trying a password, asked for after a check: the conversations that worked, held once more with a sign-in. */
import { saslPrep } from '../input/sasl-prep.js';
import { probeOptions } from '../scan/probe-options.js';
import { heldPatiently } from '../scan/second-try.js';
import { targetOf } from '../transport/bridge.js';
import { wallClockOf } from '../transport/wall-clock.js';
import { catalogue } from '../verdict/findings.js';
import { attemptOf, endsTrying } from '../verdict/sign-in.js';
import { cutShort, sentNothing, signInFinding } from '../verdict/sign-in-try.js';
import { bridgeWordsOf } from '../transport/bridge-words.js';

export { signInError, wantsPause } from '../verdict/sign-in-try.js';

/**
 * What was typed, as the core takes it. A text stays in a browser's memory until the browser has a use for that; bytes
 * can be wiped.
 * @param {{user: string, password: string}} typed
 * @returns {{user: Uint8Array, password: Uint8Array, preparedUser?: Uint8Array, preparedPassword?: Uint8Array}}
 */
export function bytesOf({ user, password }) {
  const [preparedUser, preparedPassword] = [saslPrep(user), saslPrep(password)];
  const prepared = preparedUser && preparedPassword ? { preparedUser, preparedPassword } : {};
  const texts = Object.entries({ user, password, ...prepared });
  return Object.fromEntries(texts.map(([key, text]) => [key, new TextEncoder().encode(text)]));
}

export function wipe(credentials) {
  for (const bytes of Object.values(credentials)) bytes.fill(0);
}

/**
 * One server after the other, until one does not let the person in. Where the bridge went away before anything secret
 * was sent, the same is tried once more; never after that. The password is handed to the core, which wipes
 * it when it is done; it is wiped here when all is over. The core sends it only where everything on the way is in
 * order, whatever is asked of it.
 *
 * @param {object} options
 * @param {import('../verdict/sign-in.js').SignInSide[]} options.sides
 * @param {object} options.credentials what bytesOf() returned
 * @param {object[]} options.rows of the check's result
 * @param {object} options.resources of the check, see check.js
 * @param {() => Promise<object>} options.askClock certificates are judged anew, by the time of now
 * @param {(target: string) => WebSocket} options.openSocket
 * @param {AbortSignal} options.signal
 * @param {(tried: {side: string, finding: {id: string, args: object}, cut: 'unsent'|'sent'|null}) => void}
 *   options.onTried `cut`: the bridge went away, see cutShort()
 * @param {(ms: number, signal: AbortSignal) => Promise<void>} [options.sleep]
 * @returns {Promise<void>}
 */
export async function signIn({ sides, credentials, askClock, signal, onTried, ...how }) {
  const done = () => wipe(credentials);
  signal.addEventListener('abort', done, { once: true });
  try {
    for (const to of sides) {
      const { wallClock } = wallClockOf(await askClock());
      if (signal.aborted) return;
      const report = await signInTo(to, { ...how, credentials, wallClock, signal });
      if (signal.aborted) return;
      const finding = signInFinding(report);
      // A conversation that ended in the middle of a sign-in, and says nothing of it, is a fault of our own.
      if (!finding) throw new Error(`The sign-in with ${to.setting.server} ended without a word.`);
      onTried({ side: to.side, finding, cut: cutShort(report) });
      if (endsTrying(finding)) return;
    }
  } finally {
    done();
  }
}

/** @returns {Promise<object>} the report */
async function signInTo(to, how) {
  const { credentials, rows, resources, openSocket, signal, wallClock, sleep } = how;
  const { core, tables, sockets, clientName } = resources;
  const { converse = async (held) => (await core).converse(held) } = how;
  const { setting } = to;
  const service = { name: setting.service, port: setting.port };
  const attempt = attemptOf(to, rows, tables);
  const hold = () =>
    converse({
      start: {
        ...probeOptions(service, attempt.report.target.mode, attempt, { wallClock, clientName }),
        credentials,
      },
      open: () => openSocket(targetOf(attempt.address, setting.port)),
      bridgeWords: bridgeWordsOf(tables.closes),
      signal,
    });
  const { report } = await heldPatiently(() => sockets.during(hold), {
    reportOf: (held) => held.report,
    known: catalogue(tables),
    signal,
    mayRepeat: sentNothing,
    sleep,
  });
  return report;
}
