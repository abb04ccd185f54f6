/** Our reader and writer of DNS messages, held against dns-packet; and what hostile messages come to. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import dnsPacket from 'dns-packet';
import { DnsMessageError, readMessage, writeQuery } from '../../../web/discover/dns-message.js';
import { ipLiteral } from '../../../web/input/address.js';

/** The same numbers in every run. */
function randomFrom(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const LABELS = [
  'example',
  'test',
  'imap',
  '_imaps',
  '_tcp',
  'mx',
  'a'.repeat(63),
  'xn--bcher-kva',
  'x',
];

function randomName(random) {
  return Array.from({ length: 1 + random(4) }, () => LABELS[random(LABELS.length)])
    .join('.')
    .slice(0, 253);
}

function randomRecord(random) {
  const name = randomName(random);
  const hex = () => random(65536).toString(16);
  const all = [
    { type: 'A', data: Array.from({ length: 4 }, () => random(256)).join('.') },
    { type: 'AAAA', data: Array.from({ length: 8 }, hex).join(':') },
    { type: 'AAAA', data: `2001:db8::${hex()}` },
    { type: 'CNAME', data: randomName(random) },
    { type: 'MX', data: { preference: random(65536), exchange: randomName(random) } },
    {
      type: 'SRV',
      data: {
        priority: random(65536),
        weight: random(65536),
        port: random(65536),
        target: randomName(random),
      },
    },
    { type: 'TXT', data: ['v=spf1 -all'] },
    { type: 'NS', data: randomName(random) },
  ];
  return { name, ttl: random(86400), class: 'IN', ...all[random(all.length)] };
}

function randomMessage(random) {
  const records = (most) => Array.from({ length: random(most) }, () => randomRecord(random));
  const type = ['A', 'AAAA', 'MX', 'SRV'][random(4)];
  const extended = Buffer.concat([
    Buffer.from([0, random(25)]),
    Buffer.from('not a public address'),
  ]);
  const opt = { type: 'OPT', name: '.', udpPayloadSize: 1232, flags: 0 };
  return dnsPacket.encode({
    type: 'response',
    id: random(65536),
    flags: dnsPacket.RECURSION_AVAILABLE | random(11),
    questions: [{ type, name: randomName(random), class: 'IN' }],
    answers: records(6),
    authorities: records(3),
    additionals: [
      ...records(2),
      ...(random(2) ? [{ ...opt, options: [{ code: 15, data: extended }] }] : []),
    ],
  });
}

/** What dns-packet reads of a message, in our words. */
function second(bytes) {
  const packet = dnsPacket.decode(Buffer.from(bytes));
  const known = ['A', 'AAAA', 'CNAME', 'MX', 'SRV'];
  const fields = {
    MX: ({ preference, exchange }) => ({ preference, exchange }),
    SRV: ({ priority, weight, port, target }) => ({ priority, weight, port, target }),
    AAAA: ipLiteral,
  };
  return {
    id: packet.id,
    response: packet.type === 'response' && packet.opcode === 'QUERY',
    truncated: packet.flag_tc,
    rcode: packet.rcode,
    question: packet.questions
      .slice(0, 1)
      .map(({ name, type }) => ({ name: name === '.' ? '' : name, type }))[0],
    answers: packet.answers
      .filter(({ type, class: of, flush }) => known.includes(type) && of === 'IN' && !flush)
      .map(({ name, type, data }) => ({
        name: name === '.' ? '' : name,
        type,
        data: (fields[type] ?? ((value) => value))(data),
      })),
    extendedErrors: packet.additionals
      .filter(({ type }) => type === 'OPT')
      .flatMap(({ options }) => options)
      .filter(({ code, data }) => code === 15 && data.length >= 2)
      .map(({ data }) => ({
        code: data.readUInt16BE(0),
        text: data.subarray(2).toString('latin1'),
      })),
  };
}

function ours(bytes) {
  const read = readMessage(bytes);
  const answers = read.answers.map((one) =>
    one.type === 'AAAA' ? { ...one, data: ipLiteral(one.data) } : one,
  );
  return { ...read, answers };
}

test('a query is what dns-packet writes', () => {
  for (const type of ['A', 'AAAA', 'MX', 'SRV']) {
    for (const name of [
      'example.test',
      '_imaps._tcp.example.test',
      'x',
      `${'a'.repeat(63)}.test.`,
    ]) {
      const questions = [{ name, type }];
      const flags = dnsPacket.RECURSION_DESIRED;
      const theirs = dnsPacket.streamEncode({ type: 'query', id: 4660, flags, questions });
      assert.deepEqual(Buffer.from(writeQuery({ id: 4660, name, type })), theirs);
    }
  }
});

test('a name that DNS cannot have is not asked for', () => {
  const long = Array.from({ length: 4 }, () => 'a'.repeat(62)).join('.');
  assert.ok(writeQuery({ id: 1, name: long, type: 'A' }));
  for (const name of [
    '',
    '.',
    'a..b',
    '.a',
    `${'a'.repeat(64)}.test`,
    `${long}.xyz`,
    'a b',
    'b\u00fc.test',
    'a\u0000',
  ]) {
    assert.equal(writeQuery({ id: 1, name, type: 'A' }), null, name);
  }
});

test('messages are read as dns-packet reads them', () => {
  const random = randomFrom(1);
  for (let run = 0; run < 2000; run += 1) {
    const bytes = randomMessage(random);
    assert.deepEqual(ours(bytes), second(bytes));
  }
});

test('damaged messages are refused, or read as dns-packet reads them', () => {
  const random = randomFrom(2);
  let [both, refused] = [0, 0];
  for (let run = 0; run < 8000; run += 1) {
    const bytes = Uint8Array.from(randomMessage(random));
    for (let change = 0; change <= random(3); change += 1)
      bytes[random(bytes.length)] = random(256);
    const cut = random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
    let read;
    try {
      read = ours(cut);
    } catch (error) {
      assert.ok(error instanceof DnsMessageError, error);
      refused += 1;
      continue;
    }
    let theirs;
    try {
      theirs = second(cut);
    } catch {
      continue; // in a record of a kind that we do not read
    }
    // Our names are printed so that no byte of a label can be taken for a dot, and classes of questions count.
    const plain = /^(?:[!-[\]-~]|\\\\)*$/;
    const named = JSON.stringify([read, theirs]).match(/\\\\\d{3}|[^ -~]/);
    if (named || read.question === null || !plain.test(read.question.name)) continue;
    assert.deepEqual(read, theirs);
    both += 1;
  }
  assert.ok(both > 1000 && refused > 1000, `${both} were read by both, ${refused} refused`);
});

// --- hostile messages -----------------------------------------------------------------------------

const number = (value) => [value >> 8, value & 0xff];
const header = ({
  questions = 1,
  answers = 1,
  authorities = 0,
  additionals = 0,
  flags = 0x8180,
} = {}) => [1, flags, questions, answers, authorities, additionals].flatMap(number);
const QUESTION = [1, 0x78, 0, 0, 1, 0, 1]; // x, at 12
const record = (type, data, { name = [0xc0, 12], length = data.length } = {}) => [
  ...name,
  ...[type, 1, 0, 0, length].flatMap(number),
  ...data,
];
const message = (counts, ...parts) =>
  Uint8Array.from([...header(counts), ...QUESTION, ...parts.flat()]);

test('what hostile messages are refused for', () => {
  const A = record(1, [192, 0, 2, 1]);
  assert.equal(readMessage(message({}, A)).answers[0].data, '192.0.2.1');
  for (const [why, bytes, reason] of [
    ['counts of 65535', message({ answers: 65535 }, A), /too early/],
    [
      'counts of 65535 in all sections',
      message({ questions: 65535, answers: 65535, authorities: 65535, additionals: 65535 }),
      /./,
    ],
    ['a name that is its own end', message({}, record(5, [0xc0, 31])), /leads nowhere/],
    ['a name that leads on', message({}, record(5, [0xc0, 60], {}), A), /leads nowhere/],
    [
      'two names that lead to each other',
      message({ answers: 2 }, record(5, [0xc0, 45]), record(5, [0xc0, 31])),
      /leads nowhere/,
    ],
    ['a name in the header', message({}, record(5, [0xc0, 2])), /leads nowhere/],
    ['a label of a kind that nobody uses', message({}, record(5, [0x41, 0x78, 0])), /unknown kind/],
    ['an address of three bytes', message({}, record(1, [192, 0, 2])), /too early|another length/],
    ['an address of five bytes', message({}, record(1, [192, 0, 2, 1, 0])), /another length/],
    ['an AAAA of four', message({}, record(28, [1, 2, 3, 4])), /too early|another length/],
    [
      'data that ends in the middle of its name',
      message({}, record(15, [0, 1, 1, 0x78, 0], { length: 4 })),
      /another length/,
    ],
    [
      'data that reaches past the end',
      message({}, record(1, [192, 0, 2, 1], { length: 65535 })),
      /too early/,
    ],
    [
      'a name behind the length of its data',
      message({}, record(5, [1, 0x78, 0, 0, 0])),
      /another length/,
    ],
    ['more than was promised', message({}, A, [0]), /after the end/],
    [
      'an option past its record',
      message({ answers: 0, additionals: 1 }, [0, ...[41, 1232, 0, 0, 4, 15, 9].flatMap(number)]),
      /too early|another length/,
    ],
    ['nothing', new Uint8Array(0), /too early/],
    ['eleven bytes', new Uint8Array(11), /too early/],
  ]) {
    assert.throws(
      () => readMessage(bytes),
      (error) => error instanceof DnsMessageError && reason.test(error.message),
      why,
    );
  }
});

test('a name of more than 255 bytes is none, however few bytes it takes', () => {
  const label = [63, ...Array(63).fill(0x61)];
  const long = record(16, [...label, ...label, ...label, 0]); // at 19, its data at 31
  const name = (labels) => record(5, [...labels, 0xc0, 31]);
  assert.equal(
    readMessage(message({ answers: 2 }, long, name([30, ...Array(30).fill(0x62)]))).answers.length,
    1,
  );
  assert.throws(() => readMessage(message({ answers: 2 }, long, name(label))), /too long/);
});

test('pointers to pointers are followed as often as a name can have labels', () => {
  const chain = (steps) => {
    // In a record that nobody reads: pointers, each to the one before; the first to the question.
    const start = 12 + QUESTION.length + 12;
    const pointers = Array.from({ length: steps }, (_, at) =>
      number(0xc000 | (at === 0 ? 12 : start + 2 * at - 2)),
    ).flat();
    return message(
      { answers: 2 },
      record(16, pointers),
      record(5, number(0xc000 | (start + 2 * steps - 2))),
    );
  };
  assert.equal(readMessage(chain(100)).answers[0].data, 'x');
  assert.throws(() => readMessage(chain(500)), /too many pieces/);
});

test('a dot inside a label is no end of it', () => {
  const odd = [4, ...Buffer.from('a.b\\'), 2, 0, 0xff, 0];
  assert.equal(readMessage(message({}, record(5, odd))).answers[0].data, 'a\\046b\\092.\\000\\255');
});

test('records of another class, and of other kinds, are none of ours', () => {
  const chaos = record(1, [192, 0, 2, 1]);
  chaos[5] = 3;
  assert.deepEqual(readMessage(message({}, chaos)).answers, []);
  assert.deepEqual(readMessage(message({}, record(16, [1, 0x78]))).answers, []);
  assert.equal(readMessage(message({ answers: 0, questions: 2 }, QUESTION)).question, null);
  assert.equal(
    readMessage(message({ answers: 0, flags: 0x8980 })).response,
    false,
    'another operation',
  );
});
