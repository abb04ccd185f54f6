import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { CoreLostError } from '../../../web/scan/core-client.js';
import { threadWith } from '../fixtures/core-thread.js';
import { serveCore } from '../../../web/scan/core-server.js';
import { fakeCore } from '../fixtures/fake-core.js';
import { FakeSocket, sentText } from '../fixtures/fake-socket.js';
import { tables } from '../fixtures/tables.js';
import { bridgeWordsOf } from '../../../web/transport/bridge-words.js';

const WHAT = { service: 'imaps', mode: 'implicit-tls', serverName: 'imap.example.test', port: 993 };
const GREETED = {
  steps: [
    { expect: '* OK ready\r\n', reply: 'a LOGOUT\r\n', phase: 'capability' },
    { expect: '* BYE\r\n' },
  ],
};

/** What was begun here is ended here: a port that is open keeps a process alive. */
const clients = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.end();
});

/** A WebSocket whose close() is heard of, as a browser's is. */
class ClosingSocket extends FakeSocket {
  close(code) {
    super.close(code);
    queueMicrotask(() => this.onclose?.({ code, reason: '' }));
  }
}

function thread(script = GREETED, options = {}) {
  const core = fakeCore((given) =>
    structuredClone(typeof script === 'function' ? script(given) : script),
  );
  const made = threadWith(
    async (module, roots, _tables, tls12) => Object.assign(core, { roots, tls12 }),
    options,
  );
  clients.push(made.client);
  return { ...made, core };
}

function begin({ client }, more = {}) {
  const socket = new ClosingSocket();
  const phases = [];
  const result = client.converse({
    start: WHAT,
    open: () => socket,
    bridgeWords: bridgeWordsOf(tables.closes),
    onPhase: (phase) => phases.push(phase),
    ...more,
  });
  result.catch(() => {});
  return { socket, phases, result };
}

/** Until what was posted has arrived, and what that leads to. */
async function settle() {
  await new Promise((wake) => setTimeout(wake, 20));
  // A message takes a round or two of the loop, however slow the machine is.
  for (let round = 0; round < 100; round++) await new Promise((wake) => setImmediate(wake));
}

test('a conversation is held over there, and its socket is here', async () => {
  const there = thread();
  const { socket, phases, result } = begin(there);
  await settle();
  assert.equal(socket.binaryType, 'arraybuffer');
  socket.status('192.0.2.10', 7, undefined, { resolver: 'ok' });
  socket.deliver(Buffer.from('* OK ready\r\n'));
  await settle();
  assert.equal(sentText(socket), 'a LOGOUT\r\n');
  socket.deliverWhole(Buffer.from('* BYE\r\n'));
  const { report, bridge, followUps } = await result;
  assert.deepEqual(report.findings, []);
  assert.equal(report.target.name, 'imap.example.test');
  assert.deepEqual(bridge, { ip: '192.0.2.10', connect_ms: 7 });
  assert.deepEqual(followUps, []);
  await settle();
  assert.equal(socket.closedWith, 1000);
  assert.ok(there.core.probes[0].freed);
  assert.deepEqual(phases, ['connect', 'greeting', 'capability']);
});

test('nothing is sent into a socket that is being closed, which a browser would complain of', async () => {
  const there = thread();
  const { socket, result } = begin(there);
  await settle();
  socket.status();
  socket.deliverWhole(Buffer.from('* OK ready\r\n'));
  socket.readyState = 2;
  await settle();
  assert.equal(sentText(socket), '');
  const { code } = tables.closes.find(({ finding }) => finding === 'connect-reset');
  socket.end(code);
  assert.equal((await result).report.findings[0].id, 'connect-reset');
});

test('what the bridge says of its own network is told', async () => {
  const there = thread();
  const told = [];
  const { socket } = begin(there, { onTested: (tested) => told.push(tested) });
  await settle();
  const tested = { seconds_ago: 1, resolver: 'ok', ports: {} };
  socket.status('192.0.2.10', 7, undefined, tested);
  await settle();
  assert.equal(told.length, 1);
  assert.equal(told[0].resolver, 'ok');
});

test('the close of a socket, and one that cannot be opened, are what they are without a thread', async () => {
  const there = thread();
  const lost = begin(there);
  await settle();
  const { code } = tables.closes.find(({ finding }) => finding === 'connect-refused');
  lost.socket.end(code);
  assert.equal((await lost.result).report.findings[0].id, 'connect-refused');
  const open = () => {
    throw new Error('blocked by a policy');
  };
  const [unopened] = (await begin(there, { open }).result).report.findings;
  assert.equal(unopened.id, 'bridge-unreachable');
  assert.equal(unopened.args.detail.close, 'blocked by a policy');
});

test('a stop is heard, before and after the beginning', async () => {
  const there = thread();
  const before = new AbortController();
  before.abort();
  const never = () => assert.fail('nothing is opened any more');
  await begin(there, { signal: before.signal, open: never }).result;
  const after = new AbortController();
  const { socket, result } = begin(there, { signal: after.signal });
  await settle();
  socket.status();
  after.abort();
  await result;
  await settle();
  assert.equal(socket.closedWith, 1000);
  assert.deepEqual(
    there.core.probes.map(({ stopped, freed }) => [stopped, freed]),
    [
      [true, true],
      [true, true],
    ],
  );
});

test('a follow-up is begun by the probe that asks for it, and hears for it', async () => {
  const there = thread({ ...GREETED, followUpAfterMs: 1 });
  there.core.probe = ((probe) =>
    function (options) {
      const made = probe.call(this, options);
      const begun = { steps: [], tlsMark: '\x16' };
      made.startFollowUp = () => {
        made.wantsFollowUp = false;
        return probe.call({ ...this }, { ...options, mode: 'other', script: begun });
      };
      return made;
    })(there.core.probe);
  const other = new ClosingSocket();
  const followUp = async (start, onEvidence, signal) => {
    assert.deepEqual(Object.keys(start), ['of', 'at'], 'plain data');
    const held = there.client.converse({
      start,
      open: () => other,
      bridgeWords: bridgeWordsOf(tables.closes),
      onEvidence,
      signal,
    });
    await settle();
    other.status();
    return { attempt: await held };
  };
  const { socket, result } = begin(there, { followUp });
  await settle();
  socket.status();
  await settle();
  await settle();
  // It never says a word; the first hears when it is over.
  other.end(1000);
  await settle();
  assert.equal(there.core.probes[0].followUpSaid, false);
  socket.deliverWhole(Buffer.from('* OK ready\r\n'));
  socket.deliverWhole(Buffer.from('* BYE\r\n'));
  const { followUps } = await result;
  const [{ attempt }] = await Promise.all(followUps);
  assert.equal(attempt.report.target.mode, 'other');
});

test('a password arrives, is wiped over there, and is still the caller\u2019s here', async () => {
  const there = thread();
  const seen = [];
  const given = [];
  const { probe } = there.core;
  there.core.probe = function (options) {
    seen.push(new TextDecoder().decode(options.credentials.password));
    given.push(options.credentials.password);
    return probe.call(this, options);
  };
  const password = new TextEncoder().encode('demo-password');
  begin(there, { start: { ...WHAT, credentials: { password } } });
  await settle();
  assert.deepEqual(seen, ['demo-password']);
  assert.deepEqual([...given[0]], Array(13).fill(0));
  assert.equal(new TextDecoder().decode(password), 'demo-password');
  const begun = there.threads[0].told.find(({ type }) => type === 'begin');
  assert.equal(begun.start.credentials.password.length, 0, 'it was moved, and not copied');
});

test('trust anchors come from here, and what does not come is told as it was here', async () => {
  const lost = new Error('roots.bin: HTTP status 404');
  const asked = [];
  const anchors = {
    bring: async (names, add) => {
      asked.push(names);
      if (names.includes('bad')) throw lost;
      add(new Uint8Array([1, 2]));
    },
  };
  const there = thread(GREETED, { anchors });
  const added = [];
  await there.client.ready();
  await there.core.roots.bring(['good'], (packed) => added.push([...packed]));
  assert.deepEqual(asked, [['good']]);
  assert.deepEqual(added, [[1, 2]]);
  const { probe } = there.core;
  there.core.probe = function (options) {
    const made = probe.call(this, options);
    made.waits = true;
    made.bring = () => there.core.roots.bring(['bad'], () => {});
    return made;
  };
  const { socket, result } = begin(there);
  await settle();
  socket.open();
  await assert.rejects(result, (error) => error === lost);
  await settle();
  assert.equal(socket.closedWith, 1000);
});

test('what is no word of our bridge is said of it, first or later, and its close is understood here', async () => {
  const said = async (tell) => {
    const { socket, result } = begin(thread());
    await settle();
    socket.open();
    tell(socket);
    const { report } = await result;
    return report.findings.map(({ id, args }) => [id, args.close]);
  };
  const notOurs = [['bridge-unreachable', 'not-our-bridge']];
  assert.deepEqual(await said((socket) => socket.text('hello')), notOurs);
  assert.deepEqual(await said((socket) => socket.deliver(Buffer.from('*'))), notOurs);
  assert.deepEqual(await said((socket) => (socket.status(), socket.status())), notOurs);
  const ends = await said((socket) => (socket.status(), socket.end(1001, 'retry=5')));
  assert.deepEqual(ends, [['bridge-busy', 'draining']]);
});

test('the second module of a core in two comes from here, and why it does not', async () => {
  const lost = new Error('core-tls12.wasm: HTTP status 404');
  const tls12 = async () => {
    if (there.core.wants === 'bad') throw lost;
    return 'a module';
  };
  const there = thread(GREETED, { tls12 });
  await there.client.ready();
  assert.equal(await there.core.tls12(), 'a module');
  there.core.wants = 'bad';
  await assert.rejects(there.core.tls12(), { message: lost.message, lost: true });
  const whole = thread(GREETED);
  await whole.client.ready();
  assert.equal(whole.core.tls12, null);
});

test('options that cannot be probed are a fault of ours, and the socket is closed', async () => {
  const there = thread(() => assert.fail('out of memory'));
  const { socket, result } = begin(there);
  await assert.rejects(result, /out of memory/);
  socket.open();
  assert.equal(socket.closedWith, 1000);
});

test('a fault of who listens ends the conversation', async () => {
  const there = thread();
  const { socket, result } = begin(there, { onPhase: () => assert.fail('a view with a fault') });
  await settle();
  socket.open();
  await assert.rejects(result, /a view with a fault/);
  await settle();
  assert.equal(socket.closedWith, 1000);
  assert.ok(there.core.probes[0].freed);
});

test('more roots are added over there, and their mistakes are told', async () => {
  const there = thread();
  there.core.addAnchors = (pem) => {
    if (pem === 'bad') throw new Error('Extra root 1 is not a certificate.');
    return 1;
  };
  assert.equal(await there.client.addAnchors('good'), 1);
  await assert.rejects(
    there.client.addAnchors('bad'),
    /^Error: Extra root 1 is not a certificate\.$/,
  );
});

test('a thread that breaks down is told as ours, and the next conversation has another, with all that it needs', async () => {
  const there = thread();
  const pems = [];
  there.core.addAnchors = (pem) => pems.push(pem);
  await there.client.addAnchors('root');
  const { socket, result } = begin(there);
  await settle();
  socket.status();
  there.threads[0].onerror({ message: 'out of memory' });
  await assert.rejects(
    result,
    (error) => error instanceof CoreLostError && /out of memory/.test(error),
  );
  assert.ok(there.threads[0].terminated);
  assert.equal(socket.closedWith, 1000);
  const next = begin(there);
  await settle();
  next.socket.status();
  next.socket.deliverWhole(Buffer.from('* OK ready\r\n'));
  next.socket.deliverWhole(Buffer.from('* BYE\r\n'));
  assert.deepEqual((await next.result).report.findings, []);
  assert.equal(there.threads.length, 2);
  assert.deepEqual(pems, ['root', 'root']);
});

/** Timers that are moved by hand. */
function handTimers() {
  const beats = new Set();
  const limits = new Set();
  return {
    beats,
    limits,
    setInterval: (beat) => (beats.add(beat), beat),
    clearInterval: (beat) => beats.delete(beat),
    setTimeout: (late) => (limits.add(late), late),
    clearTimeout: (late) => limits.delete(late),
  };
}

test('a thread that has died without a word is missed, one that lives is not', async () => {
  const timers = handTimers();
  const there = thread(GREETED, { timers });
  const { result } = begin(there);
  await settle();
  const beat = () => [...timers.beats].forEach((one) => one());
  for (let i = 0; i < 20; i++) {
    beat();
    await settle();
  }
  there.threads[0].end.onmessage = null;
  there.threads[0].end.close();
  for (let i = 0; i < 5; i++) beat();
  await assert.rejects(result, /no sign of life/);
  assert.equal(timers.beats.size, 0);
});

test('nothing beats where nothing is held', async () => {
  const timers = handTimers();
  const there = thread(GREETED, { timers });
  const { socket, result } = begin(there);
  await settle();
  socket.end(1006);
  await result;
  await settle();
  assert.equal(timers.beats.size, 0);
  assert.equal(timers.limits.size, 0);
});

test('a thread that does not start in time is given up', async () => {
  const timers = handTimers();
  const { client, threads } = threadWith(async () => null, { timers, serve: () => {} });
  const ready = client.ready();
  await settle();
  [...timers.limits].forEach((late) => late());
  await assert.rejects(ready, /did not start/);
  assert.ok(threads[0].terminated);
});

test('a deadline counts once this thread has said that it is awake', async () => {
  const there = thread({ ...GREETED, silenceMs: 1 });
  const { socket, result } = begin(there);
  await settle();
  const { postMessage } = there.threads[0];
  const asked = [];
  there.threads[0].postMessage = function (message, transfer) {
    if (message.type === 'awake') asked.push(message);
    else postMessage.call(this, message, transfer);
  };
  socket.status();
  await settle();
  await settle();
  assert.equal(asked.length, 1);
  assert.equal(there.core.probes[0].done, false, 'nobody was silent yet');
  postMessage.call(there.threads[0], asked[0], []);
  assert.equal((await result).report.findings[0].id, 'greeting-timeout');
});

test('while nobody waits the thread rehearses, until a conversation is asked for', async () => {
  const pauses = [];
  const went = [];
  const rehearse = async (core, another, layout, pause) => {
    pauses.push(pause);
    went.push(await pause());
  };
  const there = thread(GREETED, { serve: (port, load) => serveCore(port, load, rehearse) });
  await there.client.ready();
  while (went.length === 0) await settle();
  assert.deepEqual(went, [true]);
  begin(there);
  await settle();
  assert.equal(await pauses[0](), false);
});
