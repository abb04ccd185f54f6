/** The thread of the core, and how long it works at what it is told; for cold-browser.mjs. */
import { serveCore } from '../../web/scan/core-server.js';
import { loadCore } from '../../web/scan/core.js';
import { rehearseAll } from '../../web/scan/rehearsal.js';

let hear = null;
let spent = 0;

const port = {
  postMessage: (...given) => globalThis.postMessage(...given),
  set onmessage(listener) {
    hear = listener;
  },
};

serveCore(port, loadCore, async (...given) => {
  if (globalThis.name === 'rehearsed') await rehearseAll(...given);
  globalThis.postMessage({ type: 'rehearsed' });
});

globalThis.onmessage = (event) => {
  if (event.data.type === 'spent') {
    globalThis.postMessage({ type: 'spent', ms: spent });
    spent = 0;
    return;
  }
  const start = performance.now();
  hear(event);
  spent += performance.now() - start;
};
