/** What an open row has in the place of the answers while a TLS version scan is under way. */
export const RUNNING = 'running';
