import assert from 'node:assert/strict';
import { test } from 'node:test';
import dnsPacket from 'dns-packet';
import { Resolver } from '../../../web/discover/dns.js';
import { FakeSocket } from '../fixtures/fake-socket.js';
import { tables } from '../fixtures/tables.js';

/** A resolver whose sockets are at hand. */
function setUp({ timeoutMs = 2000, ids = 100 } = {}) {
  const sockets = [];
  const later = [];
  const heard = [];
  const resolver = new Resolver({
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    closes: tables.closes,
    timeoutMs,
    randomId: () => ids,
    onTested: (tested) => heard.push(tested),
    later: (callback, ms) => later.push({ callback, ms }),
  });
  return { resolver, sockets, later, heard };
}

function queries(socket) {
  return socket.sent.map((bytes) => dnsPacket.streamDecode(Buffer.from(bytes)));
}

function answer(query, answers, more = {}) {
  return dnsPacket.streamEncode({
    type: 'response',
    id: query.id,
    flags: dnsPacket.RECURSION_DESIRED | dnsPacket.RECURSION_AVAILABLE | (more.flags ?? 0),
    questions: more.questions ?? query.questions,
    answers,
    additionals: more.additionals ?? [],
  });
}

const A = (name, data) => ({ type: 'A', name, ttl: 60, data });
const CNAME = (name, data) => ({ type: 'CNAME', name, ttl: 60, data });

test('all queries leave at once over one socket, and answers are matched by id', async () => {
  const { resolver, sockets } = setUp();
  const one = resolver.resolve('imap.example.test', 'A');
  const two = resolver.resolve('smtp.example.test', 'A');
  assert.equal(sockets.length, 1);
  sockets[0].open();
  const [first, second] = queries(sockets[0]);
  assert.equal(first.questions[0].name, 'imap.example.test');
  assert.notEqual(first.id, second.id);
  sockets[0].status();
  sockets[0].deliver(answer(second, [A('smtp.example.test', '192.0.2.2')]));
  sockets[0].deliver(answer(first, [A('imap.example.test', '192.0.2.1')]));
  assert.deepEqual((await one).records, ['192.0.2.1']);
  assert.deepEqual((await two).records, ['192.0.2.2']);
  resolver.close();
  assert.equal(sockets[0].closedWith, 1000);
});

test('two answers in one message are two answers', async () => {
  const { resolver, sockets } = setUp();
  const both = [resolver.resolve('a.test', 'A'), resolver.resolve('b.test', 'A')];
  sockets[0].open();
  const [one, two] = queries(sockets[0]);
  sockets[0].deliverWhole(
    Buffer.concat([
      answer(one, [A('a.test', '192.0.2.1')]),
      answer(two, [A('b.test', '192.0.2.2')]),
    ]),
  );
  assert.deepEqual(
    (await Promise.all(both)).map(({ records }) => records[0]),
    ['192.0.2.1', '192.0.2.2'],
  );
  resolver.close();
});

test('an alias chain in one answer is followed, whatever the case and order', async () => {
  const { resolver, sockets } = setUp();
  const asked = resolver.resolve('imap.example.test', 'A');
  sockets[0].open();
  const [query] = queries(sockets[0]);
  sockets[0].deliver(
    answer(query, [
      A('real.example.net', '192.0.2.9'),
      CNAME('MID.example.net', 'real.example.net'),
      CNAME('imap.example.test', 'mid.Example.net'),
      A('other.example.net', '192.0.2.66'),
    ]),
  );
  const { records, aliases } = await asked;
  assert.deepEqual(records, ['192.0.2.9']);
  assert.deepEqual(aliases, ['mid.example.net', 'real.example.net']);
  resolver.close();
});

test('an alias whose target is not in the answer is asked for', async () => {
  const { resolver, sockets } = setUp();
  const asked = resolver.resolve('imap.example.test', 'A');
  sockets[0].open();
  sockets[0].deliver(
    answer(queries(sockets[0])[0], [CNAME('imap.example.test', 'real.example.net')]),
  );
  await Promise.resolve();
  await new Promise(setImmediate);
  const next = queries(sockets[0])[1];
  assert.equal(next.questions[0].name, 'real.example.net');
  sockets[0].deliver(
    answer(next, [
      CNAME('real.example.net', 'more.example.org'),
      A('more.example.org', '192.0.2.9'),
    ]),
  );
  const { records, aliases } = await asked;
  assert.deepEqual(records, ['192.0.2.9']);
  assert.deepEqual(aliases, ['real.example.net', 'more.example.org']);
  resolver.close();
});

test('an alias loop ends, in one answer and over several', async () => {
  const { resolver, sockets } = setUp();
  const inside = resolver.resolve('a.test', 'A');
  const across = resolver.resolve('c.test', 'A');
  sockets[0].open();
  const [one, two] = queries(sockets[0]);
  sockets[0].deliver(answer(one, [CNAME('a.test', 'b.test'), CNAME('b.test', 'a.test')]));
  sockets[0].deliver(answer(two, [CNAME('c.test', 'd.test')]));
  await new Promise(setImmediate);
  sockets[0].deliver(answer(queries(sockets[0])[2], [CNAME('d.test', 'c.test')]));
  for (const asked of [inside, across]) {
    const { outcome, args } = await asked;
    assert.equal(outcome, 'malformed');
    assert.equal(args.reason, 'alias-loop');
  }
  resolver.close();
});

test('service records keep their order of trust; a target of "." stays one', async () => {
  const { resolver, sockets } = setUp();
  const srv = resolver.resolve('_imaps._tcp.example.test', 'SRV');
  const none = resolver.resolve('_pop3._tcp.example.test', 'SRV');
  const mx = resolver.resolve('example.test', 'MX');
  sockets[0].open();
  const [one, two, three] = queries(sockets[0]);
  const record = (name, port, target) => ({
    type: 'SRV',
    name,
    data: { priority: 0, weight: 1, port, target },
  });
  sockets[0].deliver(answer(one, [record('_imaps._tcp.example.test', 993, 'Imap.Example.test')]));
  sockets[0].deliver(answer(two, [record('_pop3._tcp.example.test', 0, '.')]));
  sockets[0].deliver(
    answer(three, [{ type: 'MX', name: 'example.test', data: { preference: 10, exchange: '.' } }]),
  );
  assert.deepEqual((await srv).records, [
    { priority: 0, weight: 1, port: 993, host: 'imap.example.test' },
  ]);
  assert.equal((await none).records[0].host, '.');
  assert.deepEqual((await mx).records, [{ preference: 10, host: '.' }]);
  resolver.close();
});

const RCODES = [
  [3, 'name-not-found'],
  [0, 'no-data'],
  [2, 'resolver-failed'],
  [5, 'resolver-failed'],
];
for (const [rcode, outcome] of RCODES) {
  test(`rcode ${rcode} without records is ${outcome}`, async () => {
    const { resolver, sockets } = setUp();
    const asked = resolver.resolve('x.test', 'A');
    sockets[0].open();
    sockets[0].deliver(answer(queries(sockets[0])[0], [], { flags: rcode }));
    assert.equal((await asked).outcome, outcome);
    resolver.close();
  });
}

/** Hostile answers: each makes a frame from the query; none may throw, hang or be believed. */
const HOSTILE = {
  'a cut message': (query) => frame(answer(query, [A('x.test', '192.0.2.1')]).subarray(2, 30)),
  'a pointer to itself': (query) => {
    const bytes = answer(query, []).subarray(2);
    bytes[7] = 1;
    return frame(Buffer.concat([bytes, Buffer.from([0xc0, bytes.length, 0, 1, 0, 1])]));
  },
  'counts without records': (query) => {
    const bytes = Buffer.from(answer(query, []).subarray(2));
    bytes.writeUInt16BE(0xffff, 6);
    return frame(bytes);
  },
  'another question': (query) =>
    answer(query, [A('evil.test', '192.0.2.66')], {
      questions: [{ type: 'A', name: 'evil.test' }],
    }),
  'a query in place of a response': (query) => dnsPacket.streamEncode({ ...query, type: 'query' }),
  'the truncated flag': (query) => answer(query, [A('x.test', '192.0.2.1')], { flags: 1 << 9 }),
  'more than any real answer': (query) => {
    const many = Array.from({ length: 600 }, (_, n) => A('x.test', `192.0.2.${n % 250}`));
    return answer(query, many);
  },
};
for (const [name, make] of Object.entries(HOSTILE)) {
  test(`${name} is malformed`, async () => {
    const { resolver, sockets } = setUp();
    const asked = resolver.resolve('x.test', 'A');
    const next = resolver.resolve('y.test', 'A');
    sockets[0].open();
    const [query, other] = queries(sockets[0]);
    sockets[0].deliverWhole(make(query));
    assert.equal((await asked).outcome, 'malformed');
    sockets[0].deliver(answer(other, [A('y.test', '192.0.2.3')]));
    assert.deepEqual((await next).records, ['192.0.2.3'], 'the stream is still in step');
    resolver.close();
  });
}

test('records of other names and hosts that are no host names are not used', async () => {
  const { resolver, sockets } = setUp();
  const a = resolver.resolve('x.test', 'A');
  const mx = resolver.resolve('x.test', 'MX');
  sockets[0].open();
  const [one, two] = queries(sockets[0]);
  sockets[0].deliver(answer(one, [A('evil.test', '192.0.2.66')]));
  sockets[0].deliver(
    answer(two, [
      { type: 'MX', name: 'x.test', data: { preference: 1, exchange: 'a b<script>.test' } },
      { type: 'MX', name: 'x.test', data: { preference: 2, exchange: 'mx.x.test' } },
    ]),
  );
  assert.equal((await a).outcome, 'no-data');
  assert.deepEqual((await mx).records, [{ preference: 2, host: 'mx.x.test' }]);
  resolver.close();
});

test('an answer nobody asked for is passed over', async () => {
  const { resolver, sockets } = setUp();
  const asked = resolver.resolve('x.test', 'A');
  sockets[0].open();
  const [query] = queries(sockets[0]);
  sockets[0].deliver(answer({ ...query, id: query.id ^ 1 }, [A('x.test', '192.0.2.66')]));
  sockets[0].deliver([0, 3, 1, 2, 3]);
  sockets[0].deliver(answer(query, [A('x.test', '192.0.2.1')]));
  assert.deepEqual((await asked).records, ['192.0.2.1']);
  resolver.close();
});

test('a resolver that closes after an answer is asked again for the rest', async () => {
  const { resolver, sockets } = setUp();
  const one = resolver.resolve('a.test', 'A');
  const two = resolver.resolve('b.test', 'A');
  sockets[0].open();
  const [first, second] = queries(sockets[0]);
  sockets[0].deliver(answer(first, [A('a.test', '192.0.2.1')]));
  sockets[0].end(1000);
  assert.equal(sockets.length, 2);
  sockets[1].open();
  assert.deepEqual(
    queries(sockets[1]).map(({ id }) => id),
    [second.id],
  );
  sockets[1].deliver(answer(second, [A('b.test', '192.0.2.2')]));
  assert.deepEqual((await one).records, ['192.0.2.1']);
  assert.deepEqual((await two).records, ['192.0.2.2']);
  resolver.close();
});

test('a resolver that takes one question per connection gets one at a time', async () => {
  const { resolver, sockets } = setUp();
  const names = ['a.test', 'b.test', 'c.test'];
  const asked = names.map((name) => resolver.resolve(name, 'A'));
  sockets[0].open();
  assert.equal(queries(sockets[0]).length, 3);
  // It read one question and left; the rest of them reset the connection, the answer was lost.
  sockets[0].end(4505);
  for (let turn = 1; turn <= 3; turn += 1) {
    const socket = sockets[turn];
    socket.open();
    const [query, ...more] = queries(socket);
    assert.deepEqual(more, []);
    socket.deliver(answer(query, [A(query.questions[0].name, `192.0.2.${turn}`)]));
    if (turn < 3) socket.end(1000);
  }
  const answers = await Promise.all(asked);
  assert.deepEqual(
    answers.map(({ records }) => records),
    [['192.0.2.1'], ['192.0.2.2'], ['192.0.2.3']],
  );
  resolver.close();
});

const CLOSES = [
  [1000, 'resolver-failed'],
  [4502, 'resolver-failed'],
  [4503, 'resolver-failed'],
  [4504, 'resolver-failed'],
  [4407, 'bridge-denied'],
  [4429, 'bridge-busy'],
  [4413, 'bridge-budget'],
];
for (const [code, outcome] of CLOSES) {
  test(`close ${code} before any answer is ${outcome}`, async () => {
    const { resolver, sockets } = setUp();
    const asked = resolver.resolve('x.test', 'A');
    sockets[0].open();
    sockets[0].end(code);
    assert.equal((await asked).outcome, outcome);
    assert.equal(sockets.length, 1, 'no second try');
  });
}

for (const code of [1001, 1006]) {
  test(`close ${code}: what has no answer yet is asked once more of a new socket, not twice`, async () => {
    const { resolver, sockets, later } = setUp();
    const asked = ['a.test', 'b.test'].map((name) => resolver.resolve(name, 'A'));
    sockets[0].open();
    const [first] = queries(sockets[0]);
    sockets[0].deliver(answer(first, [A('a.test', '192.0.2.1')]));
    sockets[0].end(code);
    assert.equal((await asked[0]).outcome, 'answer');
    assert.deepEqual(
      later.map(({ ms }) => ms),
      [2000],
    );
    later[0].callback();
    sockets[1].open();
    const [again, ...more] = queries(sockets[1]);
    assert.deepEqual([again.questions[0].name, more.length], ['b.test', 0]);
    sockets[1].end(code);
    const { outcome, args } = await asked[1];
    assert.equal(outcome, code === 1001 ? 'bridge-busy' : 'bridge-unreachable');
    assert.equal(args.reason ?? args.close, code === 1001 ? 'draining' : 'lost');
    assert.deepEqual([sockets.length, later.length], [2, 1]);
  });
}

test('a bridge that ends is not waited for when nobody waits any more', async () => {
  const { resolver, sockets, later } = setUp();
  const asked = resolver.resolve('a.test', 'A');
  sockets[0].open();
  sockets[0].end(1001);
  resolver.close();
  later[0].callback();
  assert.equal((await asked).outcome, 'resolver-failed');
  assert.equal(sockets.length, 1);
});

test('a refusal tells whose limit it was, and when to come back', async () => {
  const { resolver, sockets } = setUp();
  const asked = resolver.resolve('x.test', 'A');
  sockets[0].open();
  sockets[0].end(4429, 'rate retry=40 of=client-resolver');
  assert.deepEqual(await asked, {
    outcome: 'bridge-busy',
    records: [],
    args: { close: 'rate', retry: 40, of: 'client' },
    aliases: [],
  });
});

test('the first message tells of the bridge\u2019s own network', () => {
  const { resolver, sockets, heard } = setUp();
  resolver.resolve('x.test', 'A');
  sockets[0].status('resolver', 1, '', { seconds_ago: 1, resolver: 'failed', ports: {} });
  assert.deepEqual(
    heard.map((one) => one.resolver),
    ['failed'],
  );
  sockets[0].text('not ours');
  resolver.close();
});

/** An OPT record with an extended error (RFC 8914). */
const remark = (code, words = '') => ({
  type: 'OPT',
  name: '.',
  udpPayloadSize: 1232,
  flags: 0,
  options: [{ code: 15, data: Buffer.concat([Buffer.from([0, code]), Buffer.from(words)]) }],
});

const REMARKS = [
  [15, '', 'withheld', 'filtered'],
  [16, 'constructor', 'withheld', 'filtered'],
  [17, '', 'withheld', 'filtered'],
  [18, '', 'withheld', 'filtered'],
  [17, 'not a public address', 'withheld', 'not-public'],
  [18, 'opted out', 'withheld', 'opted-out'],
  [6, 'opted out', 'name-not-found', undefined],
];
for (const [code, words, outcome, reason] of REMARKS) {
  test(`a remark ${code} ${words} on no such name is ${outcome} ${reason ?? ''}`, async () => {
    const { resolver, sockets } = setUp();
    const asked = resolver.resolve('x.test', 'A');
    sockets[0].open();
    const [query] = queries(sockets[0]);
    const additionals = [remark(code, words)];
    sockets[0].deliver(answer(query, [], { flags: 3, additionals }));
    const found = await asked;
    assert.deepEqual([found.outcome, found.args.reason], [outcome, reason]);
    assert.equal(resolver.answered, false);
    resolver.close();
  });
}

test('what is told beside a remark counts, and so does the alias that leads to what is not', async () => {
  const { resolver, sockets } = setUp();
  const [some, none] = ['x.test', 'y.test'].map((name) => resolver.resolve(name, 'A'));
  sockets[0].open();
  const [first, second] = queries(sockets[0]);
  const additionals = [remark(17, 'not a public address')];
  sockets[0].deliver(answer(first, [A('x.test', '192.0.2.1')], { additionals }));
  sockets[0].deliver(answer(second, [CNAME('y.test', 'z.test')], { additionals }));
  assert.deepEqual((await some).records, ['192.0.2.1']);
  assert.deepEqual((await none).args, { alias: 'z.test', reason: 'not-public' });
  assert.equal(resolver.answered, true);
  resolver.close();
});

test('a socket that cannot be made is the bridge', async () => {
  const resolver = new Resolver({
    open: () => {
      throw new Error('not allowed');
    },
    closes: tables.closes,
    randomId: () => 1,
  });
  const { outcome, args } = await resolver.resolve('x.test', 'A');
  assert.equal(outcome, 'bridge-unreachable');
  assert.equal(args.reason, 'not allowed');
});

test('silence ends as a timeout, silence before the socket opens as the bridge', async () => {
  const { resolver, sockets } = setUp({ timeoutMs: 30 });
  const before = await resolver.resolve('x.test', 'A');
  assert.equal(before.outcome, 'bridge-unreachable');
  sockets[0].open();
  const after = await resolver.resolve('x.test', 'A');
  assert.equal(after.outcome, 'timeout');
  resolver.close();
});

test('close() ends what is open and what is asked later', async () => {
  const { resolver, sockets } = setUp();
  const asked = resolver.resolve('x.test', 'A');
  sockets[0].open();
  resolver.close();
  assert.equal((await asked).outcome, 'resolver-failed');
  assert.equal((await resolver.resolve('y.test', 'A')).outcome, 'resolver-failed');
  assert.equal(sockets.length, 1);
});

function frame(bytes) {
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
}
