/** Settings as proveSettings() returns them, made by hand. */
import { service } from './tables.js';

const LABELS = { imap: 'imap', pop3: 'pop', smtp: 'smtp' };

export function setting(name, more = {}) {
  const { protocol, port, mode } = service(name);
  return {
    service: name,
    protocol,
    server: `${LABELS[protocol]}.example.test`,
    port,
    security: mode === 'implicit-tls' ? 'ssl' : 'starttls',
    authentication: 'password',
    username: 'address',
    source: 'usual',
    vouched: 'domain',
    trusted: true,
    ...more,
  };
}
