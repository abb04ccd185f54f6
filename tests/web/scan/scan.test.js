import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { scan } from '../../../web/scan/scan.js';
import { catalogue } from '../../../web/verdict/findings.js';
import { reportOf } from '../fixtures/reports.js';
import { tables } from '../fixtures/tables.js';

const SEVEN = tables.services.map(({ name }) => name);

/**
 * Runs a scan of candidates against a world: a function from {service, mode, serverName, address} to
 * the findings of that conversation, or to a whole report.
 */
async function run({
  candidates,
  world = () => [],
  names = {},
  only = SEVEN,
  vouching = { domain: 'example.test', aliases: [] },
  ...more
}) {
  const held = [];
  const outcomes = await scan({
    known: catalogue(tables),
    tables: { ...tables, services: tables.services.filter(({ name }) => only.includes(name)) },
    discovery: {
      plans: new Map(
        SEVEN.map((name) => [
          name,
          Promise.resolve({
            service: name,
            candidates: typeof candidates === 'function' ? candidates(name) : candidates,
            undecided: () => false,
            elsewhere: [],
            declared: false,
            finding: null,
          }),
        ]),
      ),
      addresses: async (host) =>
        names[host] ?? { v4: [], v6: [], finding: { id: 'name-not-found', args: {} } },
      vouching: { wholly: async () => vouching },
    },
    core: null,
    openSocket: () => {
      throw new Error('no sockets here');
    },
    signal: new AbortController().signal,
    converse: async ({ start, onPhase }) => {
      const probe = start;
      held.push(probe);
      onPhase?.('greeting');
      await new Promise(setImmediate);
      const result = await world(probe);
      const report = Array.isArray(result) ? reportOf({ ...probe, findings: result }) : result;
      return { report, bridge: { ip: probe.address, connect_ms: 1 }, followUps: [] };
    },
    sleep: async () => {},
    ...more,
  });
  return { outcomes, held, of: (name) => outcomes.find(({ service }) => service.name === name) };
}

const at = (host, ...v4) => ({ host, source: 'usual', v4, v6: [], finding: null });
const finding = (id, args = {}) => [{ id, args }];
const tried = (held) =>
  held.map(({ serverName, address, mode }) => `${serverName} ${address} ${mode}`);

test('every service is tried once where the best candidate works', async () => {
  const { held, outcomes } = await run({
    candidates: [at('mail.example.test', '192.0.2.1'), at('example.test', '192.0.2.2')],
  });
  assert.equal(held.length, 7);
  assert.deepEqual(
    outcomes.map(({ service }) => service.name),
    SEVEN,
  );
  assert.ok(held.every(({ serverName }) => serverName === 'mail.example.test'));
  assert.ok(
    held.every(
      ({ mode, service }) => tables.services.find(({ name }) => name === service).mode === mode,
    ),
  );
});

test('a name without an address and a refusal lead to the next candidate', async () => {
  const { held, of } = await run({
    only: ['imaps'],
    candidates: [
      {
        host: 'imap.example.test',
        source: 'usual',
        v4: [],
        v6: [],
        finding: { id: 'name-not-found', args: {} },
      },
      at('a.example.test', '192.0.2.1'),
      at('b.example.test', '192.0.2.2'),
      at('c.example.test', '192.0.2.3'),
    ],
    world: ({ serverName }) => (serverName === 'a.example.test' ? finding('connect-refused') : []),
  });
  assert.deepEqual(
    held.map(({ serverName }) => serverName),
    ['a.example.test', 'b.example.test'],
  );
  assert.equal(of('imaps').missing.length, 1);
  assert.equal(of('imaps').attempts.length, 2);
});

test('an address that was refused is not tried again under another name', async () => {
  const { held } = await run({
    only: ['imaps'],
    candidates: [at('a.example.test', '192.0.2.1'), at('b.example.test', '192.0.2.1')],
    world: () => finding('connect-refused'),
  });
  assert.equal(held.length, 1);
});

test('the next address of a name is tried, IPv4 first', async () => {
  const candidate = { ...at('mail.example.test', '192.0.2.1', '192.0.2.2'), v6: ['2001:db8::1'] };
  const { held } = await run({
    only: ['imaps'],
    candidates: [candidate],
    world: ({ address }) => (address === '2001:db8::1' ? [] : finding('connect-refused')),
  });
  assert.deepEqual(
    held.map(({ address }) => address),
    ['192.0.2.1', '192.0.2.2', '2001:db8::1'],
  );
});

test('silence on port 25 is waited for once, elsewhere on every address', async () => {
  const candidate = at('mail.example.test', '192.0.2.1', '192.0.2.2', '192.0.2.3');
  const { held } = await run({
    only: ['smtp', 'imaps'],
    candidates: [candidate],
    world: () => finding('connect-timeout'),
  });
  assert.equal(held.filter(({ service }) => service === 'smtp').length, 1);
  assert.equal(held.filter(({ service }) => service === 'imaps').length, 3);
});

test('what our side could not do is not tried on other servers', async () => {
  const { held } = await run({
    only: ['imaps'],
    candidates: [at('a.example.test', '192.0.2.1'), at('b.example.test', '192.0.2.2')],
    world: () => finding('bridge-unreachable'),
  });
  assert.equal(held.length, 1);
});

test('a busy bridge is asked again once, when it says so soon', async () => {
  let calls = 0;
  const naps = [];
  const { of } = await run({
    only: ['imaps'],
    candidates: [at('a.example.test', '192.0.2.1')],
    world: () => (calls++ === 0 ? finding('bridge-busy', { close: 'rate', retry: 2 }) : []),
    sleep: async (ms) => naps.push(ms),
  });
  assert.deepEqual(naps, [2000]);
  assert.deepEqual(of('imaps').attempts[0].report.findings, []);

  const late = await run({
    only: ['imaps'],
    candidates: [at('a.example.test', '192.0.2.1')],
    world: () => finding('bridge-busy', { close: 'rate', retry: 600 }),
  });
  assert.equal(late.held.length, 1);
});

const GONE = {
  'a bridge that ends': ['bridge-busy', { close: 'draining' }],
  'a bridge that was lost': ['bridge-unreachable', { close: '1006', reason: 'lost' }],
};
for (const [what, [id, args]] of Object.entries(GONE)) {
  test(`${what} gets a second try with a new socket, and no third`, async () => {
    const naps = [];
    const options = {
      only: ['imaps'],
      candidates: [at('a.example.test', '192.0.2.1'), at('b.example.test', '192.0.2.2')],
      sleep: async (ms) => naps.push(ms),
    };
    let calls = 0;
    const back = await run({ ...options, world: () => (calls++ === 0 ? finding(id, args) : []) });
    assert.deepEqual(naps, [2000]);
    assert.equal(back.held.length, 2);
    assert.deepEqual(back.of('imaps').attempts[0].report.findings, []);

    const again = await run({ ...options, world: () => finding(id, args) });
    assert.equal(again.held.length, 2);
    assert.deepEqual(again.of('imaps').attempts[0].report.findings, [{ id, args }]);

    // Nobody listens there any more: that it was restarted is what the reader is told.
    calls = 0;
    const refused = () => finding('bridge-unreachable', { close: '1006' });
    const away = await run({
      ...options,
      world: () => (calls++ === 0 ? finding(id, args) : refused()),
    });
    assert.equal(away.held.length, 2);
    assert.deepEqual(away.of('imaps').attempts[0].report.findings, [{ id, args }]);
  });
}

test('a bridge that was never there is not asked again', async () => {
  const { held } = await run({
    only: ['imaps'],
    candidates: [at('a.example.test', '192.0.2.1')],
    world: () => finding('bridge-unreachable', { close: '1006' }),
    sleep: async () => assert.fail('waited'),
  });
  assert.equal(held.length, 1);
});

test('starttls-expected is proved with STARTTLS on the same address', async () => {
  const { held, of } = await run({
    only: ['imaps'],
    candidates: [at('mail.example.test', '192.0.2.1')],
    world: ({ mode }) => (mode === 'implicit-tls' ? finding('starttls-expected') : []),
  });
  assert.deepEqual(tried(held), [
    'mail.example.test 192.0.2.1 implicit-tls',
    'mail.example.test 192.0.2.1 starttls',
  ]);
  assert.deepEqual(
    of('imaps').attempts.map(({ role }) => role),
    ['main', 'other-mode'],
  );
});

test('tls-expected uses the follow-up connection as its proof', async () => {
  const proof = reportOf({ service: 'imap', port: 143, mode: 'implicit-tls' });
  const { of } = await run({
    only: ['imap'],
    candidates: [at('mail.example.test', '192.0.2.1')],
    converse: async ({ start, followUp }) => {
      const probe = start;
      if (probe === 'follow-up probe') return { report: proof, bridge: null, followUps: [] };
      const held = followUp('follow-up probe', () => {}, new AbortController().signal);
      return {
        report: reportOf({ ...probe, findings: finding('tls-expected') }),
        bridge: null,
        followUps: [held],
      };
    },
  });
  const roles = of('imap').attempts.map(({ role, report }) => `${role} ${report.target.mode}`);
  assert.deepEqual(roles, ['main starttls', 'other-mode implicit-tls']);
});

test('hellos by hand are kept beside the conversation that they explain', async () => {
  const hello = { ...reportOf({ service: 'imaps', port: 993 }), hello: { highest: 'TLS 1.3' } };
  const { of } = await run({
    only: ['imaps'],
    candidates: [at('mail.example.test', '192.0.2.1')],
    converse: async ({ start, followUp }) => {
      const probe = start;
      if (probe === 'follow-up probe') return { report: hello, bridge: null, followUps: [] };
      const held = await followUp('follow-up probe', () => {}, new AbortController().signal);
      return {
        report: reportOf({ ...probe, findings: finding('tls13-only') }),
        bridge: null,
        followUps: [held],
      };
    },
  });
  assert.deepEqual(
    of('imaps').attempts.map(({ role }) => role),
    ['main', 'hello'],
  );
});

test('tls-expected without a follow-up connection is proved by a conversation of its own', async () => {
  const { held } = await run({
    only: ['imap'],
    candidates: [at('mail.example.test', '192.0.2.1')],
    world: ({ mode }) => (mode === 'starttls' ? finding('tls-expected') : []),
  });
  assert.deepEqual(
    held.map(({ mode }) => mode),
    ['starttls', 'implicit-tls'],
  );
});

test('a name on the certificate is tried when it resolves, the likeliest first', async () => {
  const names = {
    'mail.example.test': { v4: ['192.0.2.9'], v6: [], finding: null },
    'server7.hosting.test': { v4: ['192.0.2.8'], v6: [], finding: null },
  };
  const { held, of } = await run({
    only: ['imaps'],
    candidates: [at('imap.example.test', '192.0.2.1')],
    names,
    world: (probe) =>
      probe.serverName === 'imap.example.test'
        ? reportOf({
            ...probe,
            findings: finding('certificate-name-mismatch'),
            names: ['server7.hosting.test', '*.gone.test', 'bad name', 'mail.example.test'],
          })
        : [],
  });
  assert.deepEqual(tried(held).slice(1), ['mail.example.test 192.0.2.9 implicit-tls']);
  assert.equal(of('imaps').attempts[1].role, 'other-name');
});

test('of the names on a certificate only those are tried that somebody vouches for', async () => {
  const reachable = { v4: ['192.0.2.1'], v6: [], finding: null };
  const certificates = (...given) => ({
    only: ['imaps'],
    candidates: [at('imap.example.test', '192.0.2.1')],
    names: {
      'mail.evil-box.example': reachable,
      'imap.hostfix.net': reachable,
      'mail.hostfix.net': reachable,
      'mx7.hostfix.net': reachable,
    },
    world: (probe) =>
      probe.serverName === 'imap.example.test'
        ? reportOf({ ...probe, findings: finding('certificate-name-mismatch'), names: given })
        : [],
  });
  const asked = async (given, vouching) => {
    const { held } = await run({ ...certificates(...given), ...(vouching ? { vouching } : {}) });
    return held.slice(1).map(({ serverName }) => serverName);
  };
  const domain = 'example.test';
  assert.deepEqual(await asked(['mail.evil-box.example', '*.hostfix.net']), []);
  const entered = { domain, entered: ['mail.evil-box.example'], aliases: [] };
  assert.deepEqual(await asked(['mail.evil-box.example'], entered), ['mail.evil-box.example']);
  const aliases = ['mx7.hostfix.net'];
  assert.deepEqual(await asked(['*.hostfix.net'], { domain, aliases }), aliases);
  assert.deepEqual(await asked(['*.elsewhere.net'], { domain, aliases }), []);
});

test('on the relay port names are not followed', async () => {
  const { held } = await run({
    only: ['smtp'],
    candidates: [at('mx.example.test', '192.0.2.1')],
    names: { 'mail.example.test': { v4: ['192.0.2.9'], v6: [], finding: null } },
    world: (probe) =>
      reportOf({
        ...probe,
        findings: finding('certificate-name-mismatch'),
        names: ['mail.example.test'],
      }),
  });
  assert.equal(held.length, 1);
});

test('other addresses of a working name are looked at, of each family in turn', async () => {
  const candidate = {
    ...at('mail.example.test', '192.0.2.1', '192.0.2.2', '192.0.2.3'),
    v6: ['2001:db8::1', '2001:db8::2'],
  };
  const { held, of } = await run({
    only: ['imaps', 'smtp'],
    candidates: [candidate],
    names: { 'mail.example.test': candidate },
  });
  const imaps = held.filter(({ service }) => service === 'imaps').map(({ address }) => address);
  assert.deepEqual(imaps, ['192.0.2.1', '2001:db8::1', '192.0.2.2', '2001:db8::2']);
  assert.equal(held.filter(({ service }) => service === 'smtp').length, 1);
  assert.deepEqual(
    of('imaps').attempts.map(({ role }) => role),
    ['main', 'other-address', 'other-address', 'other-address'],
  );
});

test('no more than ten sockets are open at once', async () => {
  let open = 0;
  let most = 0;
  const candidate = { ...at('mail.example.test', '192.0.2.1', '192.0.2.2'), v6: ['2001:db8::1'] };
  await run({
    candidates: [candidate],
    names: { 'mail.example.test': candidate },
    world: async () => {
      open += 1;
      most = Math.max(most, open);
      await turn();
      open -= 1;
      return [];
    },
  });
  assert.ok(most <= 10, `${most} at once`);
  assert.ok(most >= 7, 'the ports are checked in parallel');
});

test('a stop ends every port, and nothing new is begun', async () => {
  const stop = new AbortController();
  const { outcomes, held } = await run({
    candidates: [at('a.example.test', '192.0.2.1'), at('b.example.test', '192.0.2.2')],
    signal: stop.signal,
    world: () => {
      stop.abort();
      return finding('connect-refused');
    },
  });
  assert.equal(outcomes.length, 7);
  assert.ok(outcomes.every(({ stopped }) => stopped));
  assert.ok(held.length <= 7);
});

test('why nothing could be tried: our side, the typed name, or nothing known', async () => {
  const missing = (source, id) => ({
    host: 'x.test',
    source,
    v4: [],
    v6: [],
    finding: { id, args: {} },
  });
  const why = async (candidates) =>
    (await run({ only: ['imaps'], candidates })).of('imaps').finding?.id;
  assert.equal(await why([missing('usual', 'resolver-failed')]), 'resolver-failed');
  assert.equal(
    await why([missing('usual', 'bridge-denied'), missing('usual', 'name-not-found')]),
    'bridge-denied',
  );
  assert.equal(await why([missing('typed', 'name-not-found')]), 'name-not-found');
  assert.equal(await why([missing('usual', 'name-not-found')]), undefined);
});

test('progress is told for the main conversation', async () => {
  const seen = [];
  await run({
    only: ['imaps'],
    candidates: [at('mail.example.test', '192.0.2.1')],
    onProgress: (service, { phase, host }) => seen.push(`${service.name} ${phase} ${host}`),
  });
  assert.deepEqual(seen, ['imaps resolve null', 'imaps greeting mail.example.test']);
});

test('a scan leaves nothing waiting for its end: no hedge, and no follow-up', async () => {
  const { signal } = new AbortController();
  await run({
    signal,
    // All addresses are refused, so that the names are looked up once more.
    candidates: [at('mail.example.test', '192.0.2.1')],
    converse: async ({ start, followUp }) => {
      const probe = start;
      if (probe === 'follow-up probe') return { report: reportOf({}), bridge: null, followUps: [] };
      await followUp('follow-up probe', () => {}, new AbortController().signal);
      const report = reportOf({ ...probe, findings: finding('connect-refused') });
      return { report, bridge: null, followUps: [] };
    },
  });
  assert.equal(getEventListeners(signal, 'abort').length, 0);
});

test('a fault of our own is not hidden', async () => {
  await assert.rejects(
    run({
      only: ['imaps'],
      candidates: [at('a.example.test', '192.0.2.1')],
      world: () => {
        throw new Error('the core fell');
      },
    }),
    /the core fell/,
  );
});

/** A hedge that ends when the test says so, or when the scan has no more use for it. */
function hedges() {
  const waiting = [];
  const hedge = (ms, signal) =>
    new Promise((wake) => {
      waiting.push(wake);
      signal.addEventListener('abort', wake);
    });
  return { hedge, over: () => waiting.splice(0).forEach((wake) => wake()) };
}

/** Everything that waits for nothing but promises goes on, and so does what that begins. */
async function turn() {
  for (let i = 0; i < 20; i += 1) await new Promise((wake) => setImmediate(wake));
}

test('an address that is slow to connect gets company, and what it says comes late', async () => {
  const { hedge, over } = hedges();
  const candidate = at('mail.example.test', '192.0.2.1', '192.0.2.2', '192.0.2.3');
  const told = [];
  let answer;
  const running = run({
    only: ['imaps'],
    candidates: [candidate],
    names: { 'mail.example.test': candidate },
    hedge,
    onOutcome: ({ attempts }) => told.push(attempts.map(({ address }) => address)),
    converse: async ({ start, onPhase }) => {
      const probe = start;
      const silent = probe.address === '192.0.2.1';
      if (silent) await new Promise((wake) => (answer = wake));
      else onPhase('greeting');
      const findings = silent ? finding('connect-timeout') : [];
      return { report: reportOf({ ...probe, findings }), bridge: null, followUps: [] };
    },
  });
  await turn();
  assert.deepEqual(told, [], 'alone, it is waited for');
  over();
  await turn();
  assert.deepEqual(told, [['192.0.2.2']], 'the answer does not wait for the silent one');
  answer();
  const { of } = await running;
  assert.deepEqual(told.at(-1).sort(), ['192.0.2.1', '192.0.2.2', '192.0.2.3']);
  const roles = of('imaps').attempts.map(({ role, address }) => `${role} ${address}`);
  assert.ok(roles.includes('main 192.0.2.1') && roles.includes('other-address 192.0.2.3'));
});

test('an address beside the proved one that is silent on one port is not tried on the others', async () => {
  const candidate = at('mail.example.test', '192.0.2.1', '192.0.2.2');
  const { held, outcomes } = await run({
    candidates: [candidate],
    names: { 'mail.example.test': candidate },
    world: ({ address }) => (address === '192.0.2.2' ? finding('connect-timeout') : []),
  });
  const silent = held.filter(({ address }) => address === '192.0.2.2');
  assert.ok(silent.length <= 4, `${silent.length} waited for it at once`);
  assert.ok(outcomes.some(({ attempts }) => attempts.length === 2));
});

test('a guess that works is enough, unless a published name may still come', async () => {
  let late;
  const published = new Promise((wake) => (late = wake));
  const plan = {
    candidates: (async function* inTurn() {
      yield at('imap.example.test', '192.0.2.1');
      yield at('mail.example.test', '192.0.2.2');
      await published;
      yield { ...at('real.example.net', '192.0.2.3'), source: 'published', priority: 5 };
    })(),
    undecided: () => true,
    elsewhere: [],
    declared: false,
    finding: null,
  };
  const told = [];
  const held = [];
  const running = scan({
    known: catalogue(tables),
    tables: { ...tables, services: tables.services.filter(({ name }) => name === 'imaps') },
    discovery: {
      plans: new Map([['imaps', Promise.resolve(plan)]]),
      addresses: async () => ({ v4: [], v6: [], finding: null }),
    },
    core: null,
    openSocket: () => null,
    signal: new AbortController().signal,
    onOutcome: (outcome) => told.push(outcome),
    converse: async ({ start }) => {
      const probe = start;
      held.push(probe.serverName);
      return { report: reportOf(probe), bridge: null, followUps: [] };
    },
  });
  await turn();
  late();
  const [outcome] = await running;
  assert.deepEqual(held, ['imap.example.test', 'real.example.net'], 'no more guesses');
  assert.equal(outcome.attempts.at(-1).priority, 5);
});

test('a silent AAAA keeps no next server waiting', async () => {
  const { hedge, over } = hedges();
  const never = new Promise(() => {});
  const running = run({
    only: ['imaps'],
    candidates: [at('a.example.test', '192.0.2.1'), at('b.example.test', '192.0.2.2')],
    hedge,
    names: { 'a.example.test': never },
    world: ({ serverName }) => (serverName === 'a.example.test' ? finding('connect-refused') : []),
  });
  for (let step = 0; step < 5; step += 1) {
    await turn();
    over();
  }
  const { held } = await running;
  assert.deepEqual(
    held.map(({ serverName }) => serverName),
    ['a.example.test', 'b.example.test'],
  );
});

test('by a clock that nobody confirmed, no conversation calls a certificate expired', async () => {
  const world = () => finding('certificate-expired', { not_after: '2026-01-01' });
  const candidates = [at('imap.example.test', '192.0.2.10')];
  const ids = async (more) => {
    const { of } = await run({ candidates, world, only: ['imaps'], ...more });
    return of('imaps').attempts.map(({ report }) => report.findings.map(({ id }) => id));
  };
  assert.deepEqual(await ids({ timeConfirmed: true }), [['certificate-expired']]);
  assert.deepEqual(await ids({ timeConfirmed: false }), [['clock-unconfirmed']]);
});
