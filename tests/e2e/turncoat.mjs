/**
 * Mail servers that are in order while they are checked, and then something else: with another certificate or version
 * of TLS, without STARTTLS, or with an answer of their own to a sign-in. They keep all that was said to them.
 */
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import tls from 'node:tls';
import { promisify } from 'node:util';

const POLL_MS = 10;

/** Settles once nobody is connected: by then all that was said has been heard. */
async function untilLeft(server) {
  const connections = promisify(server.getConnections.bind(server));
  while ((await connections()) > 0) await pause(POLL_MS);
}

/** What each protocol says, and what to a sign-in. */
const DIALOGS = {
  imap: {
    greeting: '* OK ready',
    answer: (line, says) => {
      const [tag, verb = ''] = line.split(' ');
      const replies = {
        CAPABILITY: `* CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS AUTH=PLAIN\r\n${tag} OK done`,
        AUTHENTICATE: `${tag} ${says ?? 'OK signed in'}`,
        LOGOUT: `* BYE\r\n${tag} OK bye`,
      };
      return replies[verb.toUpperCase()] ?? `${tag} BAD what`;
    },
  },
  smtp: {
    greeting: '220 mail ready',
    answer: (line, says) => {
      const replies = {
        EHLO: '250-mail\r\n250 AUTH PLAIN',
        AUTH: says ?? '235 2.7.0 signed in',
        QUIT: '221 bye',
      };
      return replies[line.split(' ')[0].toUpperCase()] ?? '500 what';
    },
  },
};

/**
 * @param {'imap'|'smtp'} protocol with TLS from the first byte
 * @param {{key: Buffer, cert: Buffer}} secrets of the honest server
 * @returns {Promise<{port: number, heard: string[], asked: number, be: (change: object) => void,
 *   left: () => Promise<void>, stop: () => Promise<void>}>} `be`: from now on with other `secrets`, `maxVersion`, with
 *   what it `says` to a sign-in, or `renegotiating` (`asked`: how often it wanted to); nothing: honest again. `left`
 *   settles once nobody is connected
 */
export async function startTurncoat(protocol, secrets) {
  const { greeting, answer } = DIALOGS[protocol];
  const heard = [];
  let now = {};
  const server = tls.createServer(secrets, (client) => {
    const { says, renegotiating } = now;
    let rest = '';
    client.on('error', () => {});
    client.on('data', (bytes) => {
      heard.push(bytes.toString('latin1'));
      const lines = (rest + bytes.toString('latin1')).split('\r\n');
      rest = lines.pop();
      for (const line of lines) {
        client.write(`${answer(line, says)}\r\n`);
        if (/^(a\d LOGOUT|QUIT)$/.test(line)) client.end();
        if (renegotiating && client.renegotiate({}, () => {})) double.asked++;
      }
    });
    client.write(`${greeting}\r\n`);
  });
  // Whoever does not like the certificate says so, or goes away.
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const double = {
    port: server.address().port,
    heard,
    asked: 0,
    be: ({ secrets: shown = secrets, maxVersion = 'TLSv1.3', ...change } = {}) => {
      now = change;
      server.setSecureContext({ ...shown, maxVersion });
    },
    left: () => untilLeft(server),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
  return double;
}

/**
 * In front of a server with STARTTLS: once it `strips`, nobody learns of that.
 * @param {string} to `address:port` of the real server
 * @returns {Promise<{port: number, heard: string[], strips: boolean, left: () => Promise<void>,
 *   stop: () => Promise<void>}>}
 */
export async function startStripping(to) {
  const [host, port] = to.split(':');
  const server = net.createServer((client) => {
    const real = net.connect({ host, port: Number(port) });
    const { strips } = box;
    client.on('data', (bytes) => {
      box.heard.push(bytes.toString('latin1'));
      real.write(bytes);
    });
    real.on('data', (bytes) => {
      const text = bytes.toString('latin1');
      client.write(strips ? text.replace(/^(250[- ])STARTTLS\r/m, '$1HELP\r') : text, 'latin1');
    });
    for (const [one, other] of [
      [client, real],
      [real, client],
    ]) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const box = {
    port: server.address().port,
    heard: [],
    strips: false,
    left: () => untilLeft(server),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
  return box;
}
