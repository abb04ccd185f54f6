/** The page's thread for its conversations, as the browser's developer tools see it. */

/**
 * @param {object} page whose core is loaded
 * @returns {Promise<{heap: () => Promise<string>, crash: () => Promise<void>}>}
 */
export async function threadOf(page) {
  const client = await page.context().newCDPSession(page);
  const attached = new Promise((resolve) => {
    client.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') resolve(sessionId);
    });
  });
  const auto = { autoAttach: true, waitForDebuggerOnStart: false, flatten: false };
  await client.send('Target.setAutoAttach', auto);
  const sessionId = await attached;
  const awaited = new Map();
  const chunks = [];
  client.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result, error, method, params } = JSON.parse(message);
    if (method === 'HeapProfiler.addHeapSnapshotChunk') chunks.push(params.chunk);
    if (!awaited.has(id)) return;
    const { resolve, reject } = awaited.get(id);
    if (error) reject(new Error(error.message));
    else resolve(result);
  });
  let last = 0;
  const send = (method, params = {}) => {
    const id = ++last;
    const message = JSON.stringify({ id, method, params });
    const answer = new Promise((resolve, reject) => awaited.set(id, { resolve, reject }));
    client.send('Target.sendMessageToTarget', { sessionId, message }).catch(() => {});
    return answer;
  };
  return {
    async heap() {
      chunks.length = 0;
      await send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
      return chunks.join('');
    },
    /** As when something is wrong that nobody has thought of. */
    async crash() {
      await send('Runtime.evaluate', {
        expression: 'setTimeout(() => { throw new Error("crash"); })',
      });
    },
  };
}

/** Lets the thread of a page that is not loaded yet keep the memory of its cores, for memoryOf(). */
export function keepMemory(page) {
  const keep = async () => {
    const { instantiate } = WebAssembly;
    globalThis.memories = [];
    WebAssembly.instantiate = async (...args) => {
      const instance = await instantiate(...args);
      if (instance.exports.memory) globalThis.memories.push(instance.exports.memory);
      return instance;
    };
  };
  return page.addInitScript((text) => {
    window.Blob = class extends Blob {
      constructor(parts, options) {
        const script = options?.type === 'text/javascript';
        super(script ? [`(${text})();`, ...parts] : parts, options);
      }
    };
  }, String(keep));
}

/** The size of all of it, and which of the texts stand in it. */
export function memoryOf(page, search) {
  const [worker] = page.workers();
  return worker.evaluate((wanted) => {
    const decoder = new TextDecoder('latin1');
    const text = globalThis.memories.map(({ buffer }) => decoder.decode(buffer)).join('');
    return { size: text.length, found: wanted.filter((form) => text.includes(form)) };
  }, search);
}
