/** Trying a password, asked for after a check: the conversations that worked, held once more with a sign-in. */
import { saslPrep } from '../input/sasl-prep.js';
import { targetOf } from '../transport/bridge.js';
import { converse as converseOverSocket } from '../transport/connection.js';
import { wallClockOf } from '../transport/wall-clock.js';
import { attemptOf, endsTrying, signInFinding } from '../verdict/sign-in.js';

/**
 * One server after the other, until one does not let the person in. The password is handed to the core, which wipes
 * it when it is done; nothing here keeps it. The core sends it only where everything on the way is in order, whatever
 * is asked of it.
 *
 * @param {object} options
 * @param {import('../verdict/sign-in.js').SignInSide[]} options.sides
 * @param {{user: string, password: string}} options.credentials
 * @param {object[]} options.rows of the check's result
 * @param {object} options.resources of the check, see check.js
 * @param {() => Promise<object>} options.askClock certificates are judged anew, by the time of now
 * @param {(target: string) => WebSocket} options.openSocket
 * @param {AbortSignal} options.signal
 * @param {(tried: {side: string, finding: {id: string, args: object}}) => void} options.onTried
 * @returns {Promise<void>}
 */
export async function signIn({ sides, askClock, signal, onTried, ...how }) {
  for (const to of sides) {
    const { wallClock } = wallClockOf(await askClock());
    const finding = await signInTo(to, { ...how, wallClock, signal });
    if (signal.aborted) return;
    // A conversation that ended in the middle of a sign-in, and says nothing of it, is a fault of our own.
    if (!finding) throw new Error(`The sign-in with ${to.setting.server} ended without a word.`);
    onTried({ side: to.side, finding });
    if (endsTrying(finding)) return;
  }
}

async function signInTo(to, how) {
  const { credentials, rows, resources, openSocket, signal, wallClock } = how;
  const { converse = converseOverSocket } = how;
  const { core, tables, sockets, clientName } = resources;
  const { setting } = to;
  const { host, address, report } = attemptOf(to, rows, tables);
  const release = await sockets.acquire();
  try {
    const held = await converse({
      start: (now) =>
        core.probe({
          service: setting.service,
          mode: report.target.mode,
          serverName: host,
          address,
          port: setting.port,
          time: wallClock(),
          clientName,
          credentials: prepared(credentials),
          now,
        }),
      open: () => openSocket(targetOf(address, setting.port)),
      closes: tables.closes,
      signal,
    });
    return signInFinding(held.report);
  } finally {
    release();
  }
}

function prepared({ user, password }) {
  const both = { preparedUser: saslPrep(user), preparedPassword: saslPrep(password) };
  return { user, password, ...(both.preparedUser && both.preparedPassword ? both : {}) };
}
