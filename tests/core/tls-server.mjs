/* Node's own TLS server over buffers in memory, for transcripts. */
import { readFileSync } from 'node:fs';
import { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';

/* OpenSSL's own words for the suites that transcripts ask for. */
const OPENSSL_SUITES = {
  TLS_RSA_WITH_AES_128_CBC_SHA: 'AES128-SHA',
  TLS_RSA_WITH_AES_128_GCM_SHA256: 'AES128-GCM-SHA256',
};

/* … and for groups. */
const OPENSSL_GROUPS = { secp256r1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

/* Options of a TLSSocket. Level 0: servers that should not be are what is wanted here. */
function socketOptions(directory, { name, settings }) {
  const options = { minVersion: 'TLSv1', maxVersion: 'TLSv1.2', ciphers: 'ALL' };
  let requestCert = false;
  if (settings.includes('version=1.3')) options.minVersion = options.maxVersion = 'TLSv1.3';
  for (const setting of settings) {
    const [key, value] = setting.split('=');
    if (key === 'max') options.maxVersion = value === '1.0' ? 'TLSv1' : `TLSv${value}`;
    else if (key === 'group' && OPENSSL_GROUPS[value]) options.ecdhCurve = OPENSSL_GROUPS[value];
    else if (key === 'suite' && value.startsWith('TLS_AES_')) options.ciphers = `${value}:ALL`;
    else if (key === 'suite' && OPENSSL_SUITES[value]) options.ciphers = OPENSSL_SUITES[value];
    else if (setting === 'signature=sha1') options.sigalgs = 'RSA+SHA1:ECDSA+SHA1';
    else if (key === 'client-certificate') requestCert = true;
    else if (setting !== 'version=1.3')
      throw new Error(`no such setting of a TLS server: ${setting}`);
  }
  options.ciphers += ':@SECLEVEL=0';
  const cert = readFileSync(`${directory}/${name}.pem`);
  const key = readFileSync(`${directory}/${name}.key`);
  const secureContext = createSecureContext({ ...options, cert, key });
  return { isServer: true, secureContext, requestCert, rejectUnauthorized: requestCert };
}

const contexts = new Map();

/* For a step `-- tls`; `directory` holds the certificates. */
export function contextFor(directory, step) {
  const key = [step.name, ...step.settings].join(' ');
  if (!contexts.has(key)) contexts.set(key, socketOptions(directory, step));
  return contexts.get(key);
}

const DAMAGED = Buffer.concat([Buffer.from([23, 3, 3, 0, 64]), Buffer.alloc(64, 0x55)]);

/* The other end of TLS: two queues around a TLSSocket: records in and out, and the text inside. */
export class TlsServer {
  constructor(options) {
    this.records = [];
    this.texts = [];
    this.wire = new Duplex({
      read() {},
      write: (chunk, encoding, done) => (this.records.push(chunk), done()),
    });
    this.socket = new TLSSocket(this.wire, options);
    this.socket.on('data', (chunk) => this.texts.push(chunk));
    /* A client that hangs up is the transcript's business, not an accident of ours. */
    this.socket.on('error', () => {});
    this.wire.on('error', () => {});
  }

  receive(bytes) {
    if (!this.wire.destroyed) this.wire.push(Buffer.from(bytes));
  }

  say(bytes) {
    if (this.socket.writable) this.socket.write(bytes);
  }

  /* A record that nobody can read: sent, or as if the client had sent it, which ends TLS by an alert. */
  damaged() {
    this.records.push(DAMAGED);
  }

  alert() {
    this.receive(DAMAGED);
  }

  destroy() {
    this.socket.destroy();
    this.wire.destroy();
  }
}

export const nextRound = () => new Promise((resolve) => setImmediate(resolve));
/* Rounds of the event loop without a byte after which nobody has anything left to say. */
export const QUIET_ROUNDS = 6;
