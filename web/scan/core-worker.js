/** The script of the thread that holds the conversations. It opens no connection and fetches nothing. */
import { serveCore } from './core-server.js';

serveCore(globalThis);
