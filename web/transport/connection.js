/**
 * One conversation: pumps bytes, time and the bridge's words between a WebSocket and a probe of the
 * core. This is the only loop; what anything means is decided in the core, or in verdict.js.
 */
import { browserClock } from './clock.js';
import { hangUp, partFrom } from './hang-up.js';
import { onAbort } from './on-abort.js';

/**
 * From the first attempt to the bridge's word that the server is reached. The bridge gives up on a
 * server much earlier and says so; browsers open sockets to one host in series, hence the margin.
 */
const CONNECT_DEADLINE_MS = 45_000;
/** setTimeout takes no more. */
const LONGEST_TIMER_MS = 0x7fffffff;

/** Of a socket whose messages and closes somebody else has understood already: `data` is a status, `why` what is said. */
export const UNDERSTOOD = { status: (status) => status, close: ({ why }) => why };

/**
 * @param {object} options
 * @param {(now: number) => object} options.start makes the probe
 * @param {() => WebSocket} options.open makes a socket to the target; may throw
 * @param {object} options.bridgeWords how what the bridge says is understood, see bridge-words.js
 * @param {AbortSignal} [options.signal] ends the conversation
 * @param {(tested: object) => void} [options.onTested] what the bridge says of its own network
 * @param {(phase: string) => void} [options.onPhase]
 * @param {(probe: object) => void} [options.onEvidence] called with the probe when TLS bytes of a
 *   server came, and when it is done: what a follow-up connection has to tell
 * @param {(start: (now: number) => object, onEvidence: (probe: object) => void,
 *   signal: AbortSignal) => Promise<object>} [options.followUp] holds a follow-up connection to the
 *   same address, at the wish of the probe; it may be called again when that one is done
 * @param {object} [options.clock] as in clock.js: it stands still while the probe works
 * @param {number} [options.connectDeadlineMs]
 * @returns {Promise<{report: object, bridge: {ip: string, connect_ms: number}|null,
 *   followUps: Promise<object>[]}>} `followUps`: those that proved something. Rejects only for a fault of
 *   our own
 */
export function converse({
  start,
  open,
  bridgeWords,
  signal,
  onTested = () => {},
  onPhase = () => {},
  onEvidence = () => {},
  followUp: holdFollowUp,
  clock = browserClock,
  connectDeadlineMs = CONNECT_DEADLINE_MS,
}) {
  return new Promise((resolve, reject) => {
    const probe = start(clock.now());
    let socket = null;
    let bridge = null;
    const followUps = [];
    let opening = false;
    let phase = null;
    let sawTls = false;
    let over = false;
    let timer = null;
    /** What happens while the probe waits for what is fetched, which is no time of the server's. */
    let postponed = null;
    let unhear = null;
    let waited = 0;
    const now = () => clock.now() - waited;
    const connectDeadline = clock.now() + connectDeadlineMs;

    /** Every way in: do one thing to the probe, then see what it wants. */
    const enter = (step) => {
      if (over) return;
      if (postponed) {
        postponed.push(step);
        return;
      }
      try {
        clock.standStill(() => {
          step();
          pump();
        });
      } catch (error) {
        fail(error);
      }
    };

    const fail = (error) => {
      leave({ keepFollowUps: false });
      reject(error);
    };

    const pump = () => {
      if (postponed) return;
      if (probe.waits) return awaitWhatIsWanted();
      const bytes = probe.output(now());
      if (bytes && socket && bridge) socket.send(bytes);
      if (probe.done || (probe.sawTls && !sawTls)) {
        sawTls = true;
        onEvidence(probe);
      }
      if (probe.done) return finish();
      if (probe.phase !== phase) onPhase((phase = probe.phase));
      if (probe.wantsFollowUp && !opening && holdFollowUp) startFollowUp();
      clock.clearTimeout(timer);
      // Until the server is reached the clock runs for the bridge, not for the server.
      const deadline = bridge ? probe.nextDeadline : connectDeadline;
      if (deadline === Infinity) return;
      const wait = Math.min(Math.max(1, deadline - now()), LONGEST_TIMER_MS);
      timer = clock.setTimeout(() => enter(expire), wait);
    };

    const awaitWhatIsWanted = () => {
      const coming = probe.bring();
      if (!coming) {
        probe.came(now());
        return pump();
      }
      clock.clearTimeout(timer);
      const since = clock.now();
      const waiting = [];
      postponed = waiting;
      const goOn = () => {
        // A stop has taken the place of what was awaited.
        if (postponed !== waiting) return;
        postponed = null;
        waited += clock.now() - since;
        enter(() => probe.came(now()));
        for (const step of waiting) enter(step);
      };
      coming.then(goOn, (error) => postponed === waiting && fail(error));
    };

    const expire = () => {
      if (bridge) probe.tick(now());
      else if (now() >= connectDeadline) lose('bridge-unreachable', { close: 'no-status' });
    };

    const startFollowUp = () => {
      const followUp = { stop: new AbortController(), done: false };
      const begin = (moment) => {
        opening = false;
        return probe.startFollowUp(moment);
      };
      const hear = (other) => {
        followUp.done ||= other.done;
        enter(() => probe.heard(other, now()));
      };
      opening = true;
      followUp.held = holdFollowUp(begin, hear, followUp.stop.signal);
      // Without it the first goes on alone; who awaits it hears why it failed.
      followUp.held.catch(() => {});
      followUps.push(followUp);
    };

    const finish = () => {
      const report = withClose(probe.report());
      // That the port speaks TLS is known before that conversation is over, and its rest is the proof.
      const proving = report.findings.some(({ id }) => id === 'tls-expected');
      leave({ keepFollowUps: proving, politely: probe.phase === 'close' });
      const kept = followUps.filter(({ done }) => done || proving);
      resolve({ report, bridge, followUps: kept.map(({ held }) => held) });
    };

    const leave = ({ keepFollowUps, politely = false }) => {
      over = true;
      postponed = null;
      clock.clearTimeout(timer);
      unhear?.();
      for (const { stop, done } of followUps) if (!done && !keepFollowUps) stop.abort();
      probe.free();
      if (!socket) return;
      if (politely && !signal?.aborted) partFrom(socket, clock, signal);
      else hangUp(socket);
    };

    const lose = (finding, args) => probe.transportFailed(finding, args, now());

    const stop = () => {
      postponed = null;
      enter(() => probe.stop(now()));
    };

    enter(() => {
      if (signal?.aborted) return probe.stop(now());
      unhear = signal && onAbort(signal, stop);
      try {
        socket = open();
      } catch (error) {
        return lose('bridge-unreachable', { close: error.message });
      }
      socket.binaryType = 'arraybuffer';
      socket.onerror = () => {};
      socket.onmessage = ({ data }) => enter(() => receive(data));
      socket.onclose = (event) => enter(() => closed(event));
    });

    const receive = (data) => {
      if (bridge && isBytes(data)) return take(new Uint8Array(data));
      const status = bridge ? null : bridgeWords.status(data);
      if (!status) return lose('bridge-unreachable', { close: 'not-our-bridge' });
      bridge = status.bridge;
      if (status.tested) onTested(status.tested);
      probe.connected(now(), status.local);
    };

    /** What comes behind that for which the probe waits comes after it. */
    const take = (bytes) => {
      const taken = probe.receive(bytes, now());
      if (!probe.waits || taken === bytes.length) return;
      pump();
      enter(() => take(bytes.subarray(taken)));
    };

    const closed = (event) => {
      socket = null;
      const why = bridgeWords.close(event, bridge !== null);
      if (why === null) return probe.peerClosed(now());
      lose(...why);
    };
  });
}

/**
 * The same with a core that is here; core-client.js does it with one in another thread.
 * @param {object} core
 * @param {object} how as converse() takes it, but
 * @param {object|Function} how.start options of a probe, or what `followUp` was called with first
 */
export function converseWith(core, { start, ...how }) {
  const begin = typeof start === 'function' ? start : (now) => core.probe({ ...start, now });
  return converse({ start: begin, ...how });
}

function isBytes(data) {
  return data instanceof ArrayBuffer || ArrayBuffer.isView(data);
}

/** Of a connection that the bridge ended: what it said is said of the finding, too, beside the core's own words. */
function withClose(report) {
  const findings = report.findings.map(({ id, args }) => {
    const told = typeof args?.detail === 'object' ? args.detail : {};
    return { id, args: { ...told, ...args } };
  });
  return { ...report, findings };
}
