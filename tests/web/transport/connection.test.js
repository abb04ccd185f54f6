import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StandingClock } from '../../../web/transport/clock.js';
import { bridgeWordsOf } from '../../../web/transport/bridge-words.js';
import { converse } from '../../../web/transport/connection.js';
import { FakeClock } from '../fixtures/fake-clock.js';
import { fakeCore } from '../fixtures/fake-core.js';
import { FakeSocket, sentText } from '../fixtures/fake-socket.js';
import { tables } from '../fixtures/tables.js';

const GREETED = {
  steps: [
    { expect: '* OK ready\r\n', reply: 'a LOGOUT\r\n', phase: 'capability' },
    { expect: '* BYE\r\n' },
  ],
};
const WHAT = {
  service: 'imaps',
  mode: 'implicit-tls',
  serverName: 'imap.example.test',
  address: '192.0.2.10',
  port: 993,
};

/** Starts a conversation; the socket, the core and the clock are at hand. */
function setUp(script = GREETED, { bring, ...more } = {}) {
  const socket = new FakeSocket();
  const clock = new FakeClock();
  const core = fakeCore(() => structuredClone(script));
  const phases = [];
  const result = converse({
    start: (now) => {
      const probe = core.probe({ ...WHAT, now });
      return bring ? Object.assign(probe, { bring }) : probe;
    },
    open: () => socket,
    bridgeWords: bridgeWordsOf(tables.closes),
    clock,
    onPhase: (phase) => phases.push(phase),
    ...more,
  });
  return { socket, clock, core, phases, result };
}

test('bytes go through one at a time, answers go out, the end closes politely', async () => {
  const { socket, core, phases, result } = setUp();
  assert.equal(socket.binaryType, 'arraybuffer');
  socket.status('192.0.2.10', 7);
  socket.deliver(Buffer.from('* OK ready\r\n'));
  assert.equal(sentText(socket), 'a LOGOUT\r\n');
  assert.equal(socket.closedWith, null);
  socket.deliver(Buffer.from('* BYE\r\n'));
  const { report, bridge, followUps } = await result;
  assert.deepEqual(report.findings, []);
  assert.deepEqual(bridge, { ip: '192.0.2.10', connect_ms: 7 });
  assert.deepEqual(followUps, []);
  assert.equal(socket.closedWith, 1000);
  assert.ok(core.probes[0].freed);
  assert.deepEqual(phases, ['connect', 'greeting', 'capability']);
});

test('what the core takes to compute is not the silence of the server', async () => {
  const source = new FakeClock();
  const { socket, core, result } = setUp(GREETED, { clock: new StandingClock(source) });
  socket.status();
  const [probe] = core.probes;
  const times = [];
  const receive = probe.receive.bind(probe);
  probe.receive = (bytes, now) => {
    times.push(now);
    source.time += 12_000; // a judgement on a slow machine
    receive(bytes, now);
  };
  source.time += 20;
  socket.deliver(Buffer.from('* OK ready\r\n'));
  socket.deliver(Buffer.from('* BYE\r\n'));
  await result;
  assert.deepEqual([...new Set(times)], [1020]);
});

test('our own address of the connection is for the conversation, not for the report', async () => {
  const { socket, core, result } = setUp();
  socket.status('192.0.2.10', 7, '2001:db8::5');
  assert.equal(core.probes[0].localAddress, '2001:db8::5');
  socket.deliver(Buffer.from('* OK ready\r\n* BYE\r\n'));
  socket.end(1000);
  assert.deepEqual((await result).bridge, { ip: '192.0.2.10', connect_ms: 7 });
});

test('an older bridge does not tell our address, a strange one no text', () => {
  for (const local of [undefined, 5, null, ['192.0.2.1'], '1'.repeat(46)]) {
    const { socket, core } = setUp();
    socket.status('192.0.2.10', 7, local);
    assert.equal(core.probes[0].localAddress, '');
  }
});

test('what comes after the end is not heard any more', async () => {
  const { socket, result } = setUp();
  socket.status();
  socket.deliver(Buffer.from('* OK ready\r\n* BYE\r\n'.slice(0, 12)));
  socket.deliver(Buffer.from('* BYE\r\n'));
  socket.deliver(Buffer.from('more'));
  socket.onclose({ code: 1006, reason: '' });
  assert.deepEqual((await result).report.findings, []);
});

test('the server closing is told to the probe', async () => {
  const { socket, result } = setUp();
  socket.status();
  socket.end(1000, 'server-closed');
  assert.equal((await result).report.findings[0].id, 'connection-closed');
});

for (const row of tables.closes) {
  test(`close ${row.code} before the status is ${row.finding ?? 'the bridge'}`, async () => {
    const { socket, result } = setUp();
    socket.open();
    socket.end(row.code, `${row.id} retry=30`);
    const [finding] = (await result).report.findings;
    assert.equal(finding.id, row.finding ?? 'bridge-unreachable');
    // The core has it under `detail`; sentences are filled in with what stands beside it.
    for (const args of [finding.args, finding.args.detail]) {
      assert.deepEqual([args.close, args.retry], [row.id, 30]);
    }
  });
}

test('what the bridge says of its own network is handed on, and what it does not say is not', async () => {
  for (const [said, expected] of [
    [{ seconds_ago: 3, resolver: 'ok', ports: { 25: 'timed-out' } }, ['timed-out']],
    [undefined, []],
    ['fine', []],
  ]) {
    const heard = [];
    const { socket } = setUp(GREETED, { onTested: ({ ports }) => heard.push(ports.get(25)) });
    socket.status('192.0.2.10', 1, '', said);
    assert.deepEqual(heard, expected);
  }
});

test('the bridge lost in the middle never blames the server', async () => {
  const { socket, result } = setUp();
  socket.status();
  socket.deliver(Buffer.from('* OK'));
  socket.end(1006);
  const [{ id, args }] = (await result).report.findings;
  assert.deepEqual([id, args.close, args.reason], ['bridge-unreachable', '1006', 'lost']);
});

test('a socket that cannot be made is the bridge', async () => {
  const { result } = setUp(GREETED, {
    open: () => {
      throw new Error('blocked by the browser');
    },
  });
  const { report } = await result;
  assert.deepEqual(report.findings, [
    {
      id: 'bridge-unreachable',
      args: { close: 'blocked by the browser', detail: { close: 'blocked by the browser' } },
    },
  ]);
});

const IMPOSTORS = {
  'bytes before the status': (socket) => socket.deliver([1, 2, 3]),
  'a status that is no JSON': (socket) => socket.text('hello'),
  'a status without an address': (socket) => socket.text('{"connect_ms":1}'),
  'null as a status': (socket) => socket.text('null'),
  'a second text frame': (socket) => {
    socket.status();
    socket.text('{"ip":"192.0.2.1","connect_ms":1}');
  },
};
for (const [name, act] of Object.entries(IMPOSTORS)) {
  test(`${name}: this is not our bridge`, async () => {
    const { socket, result } = setUp();
    socket.open();
    act(socket);
    const [finding] = (await result).report.findings;
    assert.deepEqual(finding, {
      id: 'bridge-unreachable',
      args: { close: 'not-our-bridge', detail: { close: 'not-our-bridge' } },
    });
    assert.equal(socket.closedWith, 1000);
  });
}

test('a bridge that never answers ends at our own deadline', async () => {
  const { socket, clock, result } = setUp(GREETED, { connectDeadlineMs: 5000 });
  socket.open();
  clock.advance(4999);
  assert.equal(socket.closedWith, null);
  clock.advance(2);
  assert.equal((await result).report.findings[0].id, 'bridge-unreachable');
});

test('the deadline of the probe is kept', async () => {
  const { socket, clock, result } = setUp({ silenceMs: 60_000 });
  socket.status();
  clock.advance(59_000);
  assert.equal(socket.closedWith, null);
  clock.advance(1500);
  assert.equal((await result).report.findings[0].id, 'greeting-timeout');
  assert.equal(clock.timers.size, 0, 'no timer is left');
});

test('a stop before, during and after', async () => {
  const before = new AbortController();
  before.abort();
  const early = setUp(GREETED, { signal: before.signal });
  assert.deepEqual((await early.result).report.findings, []);
  assert.equal(early.core.probes[0].stopped, true);

  const during = new AbortController();
  const running = setUp(GREETED, { signal: during.signal });
  running.socket.status();
  during.abort();
  await running.result;
  assert.equal(running.core.probes[0].stopped, true);
  assert.equal(running.socket.closedWith, 1000);
  during.abort();
});

test('a stop while the socket connects closes it once it is open', async () => {
  const stop = new AbortController();
  const { socket, result } = setUp(GREETED, { signal: stop.signal });
  stop.abort();
  await result;
  assert.equal(socket.closedWith, null);
  socket.open();
  assert.equal(socket.closedWith, 1000);
});

test('a silent server gets a follow-up connection; TLS seen there ends the first', async () => {
  let tell;
  let end;
  let followUpSignal;
  const { socket, clock, core, result } = setUp(
    { followUpAfterMs: 3000 },
    {
      followUp: (start, onEvidence, signal) => {
        assert.equal(start(clock.now()), 'follow-up probe');
        tell = onEvidence;
        followUpSignal = signal;
        return new Promise((resolve) => (end = resolve));
      },
    },
  );
  socket.status();
  clock.advance(3001);
  assert.ok(tell, 'it is called');
  tell({ sawTls: true, done: false });
  const held = await result;
  assert.equal(held.report.findings[0].id, 'tls-expected');
  assert.equal(core.probes[0].followUpSaid, true);
  assert.equal(followUpSignal.aborted, false, 'the proof may go on');
  end({ proof: true });
  assert.deepEqual(await Promise.all(held.followUps), [{ proof: true }]);
});

test('a follow-up that saw no TLS lets the first go on waiting', async () => {
  const { socket, clock, core, result } = setUp(
    { ...GREETED, followUpAfterMs: 3000 },
    {
      followUp: async (start, onEvidence) => {
        start(clock.now());
        onEvidence({ sawTls: false, done: true });
      },
    },
  );
  socket.status();
  clock.advance(3001);
  await new Promise(setImmediate);
  assert.equal(core.probes[0].followUpSaid, false);
  socket.deliver(Buffer.from('* OK ready\r\n'));
  socket.deliver(Buffer.from('* BYE\r\n'));
  assert.deepEqual((await result).report.findings, []);
});

test('a follow-up that cannot be held is asked for once, and the first goes on alone', async () => {
  let calls = 0;
  const { socket, clock, core, result } = setUp(
    { ...GREETED, followUpAfterMs: 3000 },
    {
      followUp: () => {
        calls += 1;
        return Promise.reject(new Error('no socket left'));
      },
    },
  );
  socket.status();
  clock.advance(3001);
  await new Promise(setImmediate);
  assert.equal(core.probes[0].followUpSaid, undefined);
  socket.deliver(Buffer.from('* OK ready\r\n'));
  socket.deliver(Buffer.from('* BYE\r\n'));
  const { report, followUps } = await result;
  assert.deepEqual(report.findings, []);
  assert.equal(calls, 1);
  assert.deepEqual(followUps, []);
});

test('a follow-up that is not needed any more is told to stop', async () => {
  let signal;
  const { socket, clock, result } = setUp(
    { ...GREETED, followUpAfterMs: 3000 },
    {
      followUp: (start, onEvidence, given) => {
        signal = given;
        return new Promise((resolve) => given.addEventListener('abort', () => resolve(null)));
      },
    },
  );
  socket.status();
  clock.advance(3001);
  socket.deliver(Buffer.from('* OK ready\r\n'));
  socket.deliver(Buffer.from('* BYE\r\n'));
  await result;
  assert.equal(signal.aborted, true);
});

test('after a failed handshake the end waits for what the follow-ups tell', async () => {
  const asked = [];
  const { socket, result } = setUp(
    { steps: [{ expect: '\x15', endsAfterFollowUps: 2 }] },
    {
      followUp: (start, onEvidence, signal) => {
        start(0);
        const number = asked.push(signal);
        return new Promise((resolve) => {
          setImmediate(() => {
            onEvidence({ sawTls: true, done: true });
            resolve({ number });
          });
        });
      },
    },
  );
  socket.status();
  socket.deliver(Buffer.from('\x15'));
  const { followUps } = await result;
  assert.deepEqual(await Promise.all(followUps), [{ number: 1 }, { number: 2 }]);
  assert.ok(
    asked.every(({ aborted }) => !aborted),
    'who is done is not told to stop',
  );
});

test('evidence is told at the first TLS bytes and at the end, while the probe lives', async () => {
  const told = [];
  const { socket, result } = setUp(
    { steps: [{ expect: '\x16\x03\x03ok' }], tlsMark: '\x16\x03' },
    { onEvidence: (probe) => told.push(`${probe.sawTls} ${probe.done} ${probe.freed}`) },
  );
  socket.status();
  socket.deliver(Buffer.from('\x16\x03\x03ok'));
  await result;
  assert.deepEqual(told, ['true false false', 'true true false']);
});

test('a fault of the core is our own: it rejects, frees and closes', async () => {
  const { socket, core, result } = setUp();
  core.probes[0].receive = () => {
    throw new Error('unreachable');
  };
  socket.status();
  socket.deliver([1]);
  await assert.rejects(result, /unreachable/);
  assert.ok(core.probes[0].freed);
  assert.equal(socket.closedWith, 1000);
});

const JUDGED = {
  steps: [
    { expect: 'flight', reply: 'a LOGOUT\r\n', phase: 'certificate', anchors: true },
    { expect: '* BYE\r\n' },
  ],
};

test('what comes while trust anchors are awaited is met afterwards, and that time is not the server’s', async () => {
  let come;
  const coming = new Promise((resolve) => (come = resolve));
  const { socket, clock, core, result } = setUp(JUDGED, { bring: () => coming });
  socket.status();
  socket.deliver(Buffer.from('flight'));
  assert.equal(sentText(socket), '', 'nothing is said to a server that is not judged');
  clock.advance(100_000);
  socket.deliver(Buffer.from('* BYE\r\n'));
  assert.equal(core.probes[0].freed, false);
  come();
  await coming;
  await Promise.resolve();
  const { report } = await result;
  assert.deepEqual(report.findings, []);
  assert.equal(core.probes[0].cameAt - core.probes[0].connectedAt, 0);
  assert.equal(sentText(socket), 'a LOGOUT\r\n');
});

test('trust anchors that are here are not waited for', async () => {
  const { socket, result } = setUp(JUDGED);
  socket.status();
  socket.deliver(Buffer.from('flight'));
  assert.equal(sentText(socket), 'a LOGOUT\r\n');
  socket.deliver(Buffer.from('* BYE\r\n'));
  await result;
});

test('trust anchors that do not come are a fault of ours', async () => {
  const { socket, core, result } = setUp(JUDGED, {
    bring: () => Promise.reject(new Error('offline')),
  });
  socket.status();
  socket.deliver(Buffer.from('flight'));
  await assert.rejects(result, /offline/);
  assert.ok(core.probes[0].freed);
  assert.equal(socket.closedWith, 1000);
});

test('a stop does not wait for trust anchors', async () => {
  const stop = new AbortController();
  const { socket, core, result } = setUp(JUDGED, {
    bring: () => new Promise(() => {}),
    signal: stop.signal,
  });
  socket.status();
  socket.deliver(Buffer.from('flight'));
  core.probes[0].waits = false; // as the core does when it is stopped
  stop.abort();
  await result;
  assert.ok(core.probes[0].freed);
});

test('a server whom we told that we leave may answer, and nobody waits for that', async () => {
  const steps = [{ expect: '* OK ready\r\n', reply: 'a LOGOUT\r\n', phase: 'close' }];
  const { socket, clock, core, result } = setUp({ steps });
  socket.status();
  socket.deliver(Buffer.from('* OK ready\r\n'));
  await result;
  assert.ok(core.probes[0].freed);
  assert.equal(sentText(socket), 'a LOGOUT\r\n');
  assert.equal(socket.closedWith, null);
  clock.advance(3000);
  assert.equal(socket.closedWith, 1000);
});
