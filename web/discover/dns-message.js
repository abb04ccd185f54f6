/**
 * DNS messages (RFC 1035 4, RFC 3596, RFC 2782, RFC 6891, RFC 8914): one question, and what this check reads of
 * an answer. Pure, and strict: a message of which a part is wrong is none.
 *
 * Written by hand, although a library would do: dns-packet, with the Buffer that it needs, was a tenth of all
 * that the page loads. The tests hold every message against it.
 *
 * A message that its caller has limited in length is read in time that grows with that length: records and
 * labels take bytes of it, whatever the counts say, and compression leads backwards only, few times for a name.
 */

const HEADER = 12;
const CLASS_IN = 1;
const TYPES = { A: 1, CNAME: 5, MX: 15, AAAA: 28, SRV: 33, OPT: 41 };
const TYPE_NAMES = new Map(Object.entries(TYPES).map(([name, number]) => [number, name]));
/** RFC 1035 4.1.1, RFC 2136 2.2: by their numbers. */
const RCODES = [
  ...['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'],
  ...['YXDOMAIN', 'YXRRSET', 'NXRRSET', 'NOTAUTH', 'NOTZONE'],
];
const FLAG_RESPONSE = 0x8000;
const OPCODE = 0x7800;
const FLAG_TRUNCATED = 0x0200;
const FLAG_RECURSION_DESIRED = 0x0100;
/** RFC 1035 2.3.4. */
const LABEL_MAX = 63;
const NAME_MAX = 255;
/** As many as a name can have labels: each step of a compression that is meant well adds one. */
const POINTERS_MAX = 127;
/** The option of EDNS with which an answer says more of why it is as it is (RFC 8914). */
const EXTENDED_ERROR = 15;

/** What the bytes are not: a message that can be relied upon. */
export class DnsMessageError extends Error {}

/**
 * A query for TCP, its length in front (RFC 1035 4.2.2).
 * @param {{id: number, name: string, type: 'A'|'AAAA'|'MX'|'SRV'}} question
 * @returns {Uint8Array|null} null for a name that DNS cannot have
 */
export function writeQuery({ id, name, type }) {
  const labels = name.replace(/\.$/, '').split('.');
  const fits = labels.every((label) => /^[!-~]+$/.test(label) && label.length <= LABEL_MAX);
  const length = labels.reduce((sum, label) => sum + 1 + label.length, 1);
  if (!fits || length > NAME_MAX) return null;
  const number = (value) => [value >> 8, value & 0xff];
  const message = [
    ...[id, FLAG_RECURSION_DESIRED, 1, 0, 0, 0].flatMap(number),
    ...labels.flatMap((label) => [label.length, ...[...label].map((c) => c.charCodeAt(0))]),
    0,
    ...[TYPES[type], CLASS_IN].flatMap(number),
  ];
  return Uint8Array.from([...number(message.length), ...message]);
}

/**
 * @typedef {{name: string, type: string, data: any}} DnsRecord `type` is A, AAAA, CNAME, MX or SRV; data: of
 *   an address its text, of CNAME the target, of MX {preference, exchange}, of SRV {priority, weight, port, target}
 *
 * @param {Uint8Array} bytes one message, without its length
 * @returns {{id: number, response: boolean, truncated: boolean, rcode: string, question: {name: string,
 *   type: string}|null, answers: DnsRecord[], extendedErrors: Array<{code: number, text: string}>}}
 *   `question`: the one of class IN, null where there is none or more; records of other kinds are left out.
 *   Names have no dot at their end, and `\ddd` for bytes that no host name has
 * @throws {DnsMessageError}
 */
export function readMessage(bytes) {
  const reader = new Reader(bytes);
  const [id, flags, questionCount, answerCount, authorityCount, additionalCount] = Array.from(
    { length: HEADER / 2 },
    () => reader.number(2),
  );
  const questions = times(questionCount, () => readQuestion(reader));
  const answers = times(answerCount, () => readRecord(reader));
  times(authorityCount, () => readRecord(reader));
  const additionals = times(additionalCount, () => readRecord(reader));
  if (!reader.ended) throw new DnsMessageError('bytes after the end');
  const options = additionals.filter((one) => one?.type === 'OPT').flatMap(({ data }) => data);
  return {
    id,
    response: (flags & (FLAG_RESPONSE | OPCODE)) === FLAG_RESPONSE,
    truncated: (flags & FLAG_TRUNCATED) !== 0,
    rcode: RCODES[flags & 0xf] ?? `RCODE_${flags & 0xf}`,
    question: questions.length === 1 ? questions[0] : null,
    answers: answers.filter((one) => one !== null && one.type !== 'OPT'),
    extendedErrors: options
      .filter(({ code }) => code === EXTENDED_ERROR)
      .flatMap(readExtendedError),
  };
}

/** A count may promise more than there is; reading ends with the bytes. */
function times(count, read) {
  const found = [];
  for (let at = 0; at < count; at += 1) found.push(read());
  return found;
}

function readQuestion(reader) {
  const name = reader.name();
  const type = TYPE_NAMES.get(reader.number(2));
  return reader.number(2) === CLASS_IN && type ? { name, type } : null;
}

/** Null for one of another kind. */
function readRecord(reader) {
  const name = reader.name();
  const type = TYPE_NAMES.get(reader.number(2));
  const internet = reader.number(2) === CLASS_IN;
  reader.skip(4); // TTL
  const end = reader.endAfter(reader.number(2));
  // Of OPT the class is a size.
  const data = type && (internet || type === 'OPT') ? DATA[type](reader, end) : undefined;
  if (data === undefined) reader.skip(end - reader.at);
  if (reader.at !== end) throw new DnsMessageError(`a record ${type} of another length`);
  return data === undefined ? null : { name, type, data };
}

const DATA = {
  A: (reader) => [...reader.take(4)].join('.'),
  AAAA: (reader) => times(8, () => reader.number(2).toString(16)).join(':'),
  CNAME: (reader) => reader.name(),
  MX: (reader) => ({ preference: reader.number(2), exchange: reader.name() }),
  SRV: (reader) => ({
    priority: reader.number(2),
    weight: reader.number(2),
    port: reader.number(2),
    target: reader.name(),
  }),
  OPT: (reader, end) => {
    const options = [];
    while (reader.at < end) {
      const code = reader.number(2);
      options.push({ code, data: reader.take(reader.number(2)) });
    }
    return options;
  },
};

function readExtendedError({ data }) {
  if (data.length < 2) return [];
  const text = String.fromCharCode(...data.subarray(2));
  return [{ code: (data[0] << 8) | data[1], text }];
}

class Reader {
  #bytes;
  at = 0;

  constructor(bytes) {
    this.#bytes = bytes;
  }

  get ended() {
    return this.at === this.#bytes.length;
  }

  /** Where the next so many bytes end. */
  endAfter(length) {
    const end = this.at + length;
    if (end > this.#bytes.length) throw new DnsMessageError('it ends too early');
    return end;
  }

  take(length) {
    const end = this.endAfter(length);
    const taken = this.#bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  skip(length) {
    this.at = this.endAfter(length);
  }

  number(length) {
    return this.take(length).reduce((value, byte) => value * 256 + byte, 0);
  }

  /** RFC 1035 4.1.4. */
  name() {
    const labels = [];
    let [length, pointers] = [1, 0];
    /** Where the name goes on after its own bytes in the message; and the start that a pointer must stay before. */
    let [after, before] = [null, this.at];
    for (;;) {
      const size = this.number(1);
      if (size === 0) break;
      if (size >= 0xc0) {
        const target = ((size & 0x3f) << 8) | this.number(1);
        after ??= this.at;
        pointers += 1;
        if (target >= before || target < HEADER) {
          throw new DnsMessageError('a name that leads nowhere');
        }
        if (pointers > POINTERS_MAX) throw new DnsMessageError('a name in too many pieces');
        [this.at, before] = [target, target];
        continue;
      }
      if (size > LABEL_MAX) throw new DnsMessageError('a label of an unknown kind');
      length += 1 + size;
      if (length > NAME_MAX) throw new DnsMessageError('a name that is too long');
      labels.push(printed(this.take(size)));
    }
    this.at = after ?? this.at;
    return labels.join('.');
  }
}

/** RFC 1035 5.1, for what would read as something else. */
function printed(label) {
  return Array.from(label, (byte) => {
    const plain = byte > 0x20 && byte < 0x7f && byte !== 0x2e && byte !== 0x5c;
    return plain ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`;
  }).join('');
}
