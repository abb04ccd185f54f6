/**
 * What a check is measured against: the same round trips by a client that does nothing else, through the same
 * network to the same servers. What that network, these servers and this machine take is in its time, too.
 */
import net from 'node:net';
import tls from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import dnsPacket from 'dns-packet';

/** The end of an SMTP reply: a line whose code no hyphen follows. */
const REPLY_END = /^\d{3}(?!-).*\r\n$/m;

/** As long as the address was typed: the network is connected by then. */
const TYPING_MS = 500;

/**
 * @param {{resolver: string, forward: Record<string, string>}} settings of a bridge: where things are
 * @param {string} domain with a server `smtp.` of its own
 * @returns {Promise<{settings: number, whole: number}>} ms until the dialog of port 465 is over, and that of
 *   port 587; the connection to the resolver is there before
 */
export async function timedPlainly({ resolver, forward }, domain) {
  const asking = await connected(resolver);
  await sleep(TYPING_MS);
  const began = performance.now();
  const address = await addressOf(asking, `smtp.${domain}`);
  const since = () => performance.now() - began;
  const [settings, whole] = await Promise.all([
    implicitTls(forward[`${address}:465`]).then(since),
    startTls(forward[`${address}:587`]).then(since),
  ]);
  asking.destroy();
  return { settings, whole };
}

async function implicitTls(endpoint) {
  const socket = await secured(await connected(endpoint));
  await reply(socket);
  await command(socket, 'EHLO check.invalid');
  socket.destroy();
}

async function startTls(endpoint) {
  const plain = await connected(endpoint);
  await reply(plain);
  await command(plain, 'EHLO check.invalid');
  await command(plain, 'STARTTLS');
  const socket = await secured(plain);
  await command(socket, 'EHLO check.invalid');
  socket.destroy();
}

function connected(endpoint) {
  const [host, port] = endpoint.split(':');
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port: Number(port), noDelay: true });
    socket.once('connect', () => resolve(socket)).once('error', reject);
  });
}

function secured(socket) {
  return new Promise((resolve, reject) => {
    // The demo's certificates are of nobody whom this machine trusts.
    const secure = tls.connect({ socket, rejectUnauthorized: false });
    secure.once('secureConnect', () => resolve(secure)).once('error', reject);
  });
}

function command(socket, line) {
  socket.write(`${line}\r\n`);
  return reply(socket);
}

function reply(socket) {
  let heard = '';
  return until(socket, (chunk) => {
    heard += chunk;
    return REPLY_END.test(heard) ? heard : null;
  });
}

async function addressOf(socket, name) {
  let heard = Buffer.alloc(0);
  const question = { id: 1, type: 'query', flags: dnsPacket.RECURSION_DESIRED };
  socket.write(dnsPacket.streamEncode({ ...question, questions: [{ type: 'A', name }] }));
  const { answers } = await until(socket, (chunk) => {
    heard = Buffer.concat([heard, chunk]);
    return heard.length >= 2 && heard.length >= 2 + heard.readUInt16BE()
      ? dnsPacket.streamDecode(heard)
      : null;
  });
  return answers.find(({ type }) => type === 'A').data;
}

/** What `take` makes of the chunks that come, once it makes something of them. */
function until(socket, take) {
  return new Promise((resolve, reject) => {
    const end = () => reject(new Error('The server hung up.'));
    const hear = (chunk) => {
      const taken = take(chunk);
      if (taken === null) return;
      socket.off('data', hear).off('end', end);
      resolve(taken);
    };
    socket.on('data', hear).once('end', end).once('error', reject);
  });
}
