/** The script of the thread that holds the conversations. It opens no connection and fetches nothing. */
import { serveCore } from './core-server.js';
import { loadCore } from './core.js';
import { rehearseAll } from './rehearsal.js';

serveCore(globalThis, loadCore, rehearseAll);
