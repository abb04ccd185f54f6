/**
 * Boxes on the way. One opens the encryption: it shows whoever connects a certificate of its own
 * authority, and speaks with the real server behind it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import net from 'node:net';
import tls from 'node:tls';

export const AUTHORITY = 'Shield Web and Mail Scanner Root';

/**
 * @param {Array<{name: string, to: string}>} servers host name and `address:port` of each real server
 * @returns {Promise<{ports: number[], stop: () => Promise<void>}>} where it takes the place of each
 */
export async function startMiddlebox(servers) {
  const boxes = await Promise.all(servers.map((server) => listen(server, forge(server.name))));
  return {
    ports: boxes.map((box) => box.address().port),
    stop: async () => {
      await Promise.all(boxes.map((box) => new Promise((resolve) => box.close(resolve))));
    },
  };
}

function listen({ to }, secrets) {
  const [host, port] = to.split(':');
  const box = tls.createServer(secrets, (client) => {
    // What its certificate says is nothing to a box that forges certificates itself.
    const server = tls.connect({ host, port: Number(port), rejectUnauthorized: false });
    client.pipe(server).pipe(client);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ]) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  box.on('tlsClientError', () => {});
  return new Promise((resolve) => box.listen(0, '127.0.0.1', () => resolve(box)));
}

/** A certificate for the name, of the box's own authority. @returns {{key: Buffer, cert: Buffer}} */
export function forge(name) {
  const folder = mkdtempSync(path.join(tmpdir(), 'middlebox-'));
  const file = (suffix) => path.join(folder, suffix);
  const openssl = (...args) => execFileSync('openssl', args, { stdio: 'pipe' });
  try {
    const key = ['-newkey', 'rsa:2048', '-nodes'];
    const root = ['-subj', `/CN=${AUTHORITY}`, '-days', '30'];
    openssl('req', '-x509', ...key, '-keyout', file('ca.key'), '-out', file('ca.pem'), ...root);
    openssl('req', ...key, '-keyout', file('key'), '-out', file('csr'), '-subj', `/CN=${name}`);
    writeFileSync(file('ext'), `subjectAltName=DNS:${name}\n`);
    const ca = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial'];
    const out = ['-days', '30', '-extfile', file('ext'), '-out', file('pem')];
    openssl('x509', '-req', '-in', file('csr'), ...ca, ...out);
    return { key: readFileSync(file('key')), cert: readFileSync(file('pem')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A firewall that reads mail connections: what the server offers of STARTTLS is overwritten.
 * @param {string} to `address:port` of the real server
 * @returns {Promise<{port: number, stop: () => Promise<void>}>}
 */
export async function startMasking(to) {
  const [host, port] = to.split(':');
  const box = net.createServer((client) => {
    const server = net.connect({ host, port: Number(port) });
    client.pipe(server);
    server.on('data', (bytes) => {
      client.write(bytes.toString('latin1').replaceAll('STARTTLS', 'XXXXXXXA'), 'latin1');
    });
    server.on('end', () => client.end());
    for (const [one, other] of [
      [client, server],
      [server, client],
    ]) {
      one.on('error', () => other.destroy());
    }
  });
  await new Promise((resolve) => box.listen(0, '127.0.0.1', resolve));
  const stop = () => new Promise((resolve) => box.close(resolve));
  return { port: box.address().port, stop };
}
