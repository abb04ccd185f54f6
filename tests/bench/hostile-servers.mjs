/** Seven mail servers on loopback, each with one of the chains of hostile_chains.py. */
import { createServer } from 'node:net';
import { TLSSocket } from 'node:tls';
import { contextFor } from '../core/tls-server.mjs';

const CAPABILITIES = {
  smtp: 'EHLO',
  imap: 'CAPABILITY',
  pop3: 'CAPA',
};
/** What each dialog greets with, and says to a command; `tag` is IMAP's. */
const DIALOGS = {
  smtp: {
    greeting: '220 mail.example.test ESMTP\r\n',
    capabilities: () => '250-mail.example.test\r\n250 STARTTLS\r\n',
    good: () => '220 go ahead\r\n',
  },
  imap: {
    greeting: '* OK ready\r\n',
    capabilities: (tag) => `* CAPABILITY IMAP4rev1 STARTTLS\r\n${tag} OK done\r\n`,
    good: (tag) => `${tag} OK go ahead\r\n`,
  },
  pop3: {
    greeting: '+OK ready\r\n',
    capabilities: () => '+OK\r\nSTLS\r\nUSER\r\n.\r\n',
    good: () => '+OK go ahead\r\n',
  },
};

/** Speaks as far as a check asks. `upgrade` where STARTTLS is offered. */
function serve(socket, protocol, upgrade) {
  const { greeting, capabilities, good } = DIALOGS[protocol];
  socket.on('error', () => {});
  socket.write(greeting);
  socket.on('data', (chunk) => {
    for (const line of String(chunk).split('\r\n').filter(Boolean)) {
      const [tag] = line.split(' ');
      if (line.includes(CAPABILITIES[protocol])) socket.write(capabilities(tag));
      else if (/STARTTLS|STLS/.test(line)) {
        socket.removeAllListeners('data');
        socket.write(good(tag), upgrade);
      } else if (/QUIT|LOGOUT/.test(line)) socket.end();
    }
  });
}

/**
 * @param {object[]} services rows of the table @param {string} directory of the chains
 * @param {string[]} chains their names, in turn for one port after the other
 * @returns {Promise<{forward: Record<string, string>, stop: () => void}>} `forward`: from `:PORT` of the service to
 *   where its server listens
 */
export async function startHostileServers(services, directory, chains) {
  const servers = [];
  const forward = {};
  for (const [at, { port, protocol, mode }] of services.entries()) {
    const settings = ['version=1.3'];
    const tls = contextFor(directory, { name: chains[at % chains.length], settings });
    const wrap = (socket) => new TLSSocket(socket, tls).on('error', () => {});
    const server = createServer({ noDelay: true }, (socket) => {
      socket.on('error', () => {});
      if (mode === 'implicit-tls') serve(wrap(socket), protocol);
      else serve(socket, protocol, () => serveAgain(wrap(socket), protocol));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    forward[port] = `127.0.0.1:${server.address().port}`;
    servers.push(server);
  }
  return { forward, stop: () => servers.forEach((server) => server.close()) };
}

/** After STARTTLS nobody greets again. */
function serveAgain(socket, protocol) {
  const { capabilities } = DIALOGS[protocol];
  socket.on('data', (chunk) => {
    const [tag] = String(chunk).split(' ');
    if (String(chunk).includes(CAPABILITIES[protocol])) socket.write(capabilities(tag));
    else socket.end();
  });
}
