/** What a bridge says to a conversation beside the bytes of the target: its first message, and why it closes a socket. */
import { closeFinding } from './closes.js';
import { readStatus } from './status.js';

/**
 * @param {object[]} closes rows of the table
 * @returns {object} `status(data)`, see status.js; and `close(event, reached)`: null where the server has ended the
 *   conversation, else as closeFinding() says it
 */
export function bridgeWordsOf(closes) {
  return {
    status: readStatus,
    close: ({ code, reason }, reached) =>
      code === 1000 && reached ? null : closeFinding(closes, code, reason, reached),
  };
}
