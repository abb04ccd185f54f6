/**
 * An echo server of Node's, with options of `tls.createServer`, but that `cert` and `key` are files:
 *
 *   node node.mjs PORT '{"cert": …, "key": …}'
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:tls';

const [port, settings] = process.argv.slice(2);
const { cert, key, ...options } = JSON.parse(settings);
const server = createServer(
  { ...options, cert: readFileSync(cert), key: readFileSync(key) },
  (socket) => socket.on('error', () => {}).pipe(socket),
);
server.on('tlsClientError', () => {});
server.listen(port, '127.0.0.1');
