/** A resolver of our own on loopback, over TCP as the bridge asks it. */
import { createServer } from 'node:net';
import dnsPacket from 'dns-packet';

/**
 * @param {(question: {name: string, type: string}) => object} answer what its message has beside the question, as
 *   dns-packet takes it
 * @returns {Promise<{at: string, stop: () => void}>} `at`: for the bridge's settings
 */
export async function startResolver(answer) {
  const server = createServer((socket) => {
    let held = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      held = Buffer.concat([held, chunk]);
      while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
        const end = 2 + held.readUInt16BE(0);
        const { id, questions } = dnsPacket.streamDecode(held.subarray(0, end));
        held = held.subarray(end);
        const packet = { type: 'response', id, questions, ...answer(questions[0]) };
        socket.write(dnsPacket.streamEncode(packet));
      }
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { at: `127.0.0.1:${server.address().port}`, stop: () => server.close() };
}
