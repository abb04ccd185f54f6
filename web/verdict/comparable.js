/** Whether a second place can be asked about a port. Pure. */

/** There is a conversation that can be held from another place, too. */
export function comparable(row) {
  // What was proved under another name or in another mode is the server's, whoever asks.
  return Boolean(row.main) && !row.proof && !row.elsewhere;
}
