/**
 * Fetches a part of the script from beside it. A part is a function that is given what it shares with the
 * script; the browser holds it against its integrity value before any of it runs, as it has done with the script.
 */
import { UnreachableError } from './unreachable-error.js';

/** What came, or is coming, by its URL. */
const parts = new Map();
/** Who waits for longer has given up. */
const LIMIT_MS = 20_000;
/** Until a part that did not come is asked for once more. */
const AGAIN_MS = 300;
/** How often each did not come: a browser remembers that of a module's URL, so the next try has another. */
const failures = new Map();

/**
 * @param {{url: string, integrity: string}} part
 * @param {(name: string) => object} shared the module of that name
 * @param {() => Promise<object>} [first] the part that has some of these
 * @returns {Promise<object>} what the part exports; once for all who ask
 * @throws {UnreachableError} the next time it is tried again
 */
export function fetchPart({ url, integrity }, shared, first = async () => {}) {
  if (!parts.has(url)) {
    const coming = Promise.all([arrival(url, integrity), first()]).then(([part]) =>
      part.default(shared),
    );
    parts.set(url, coming);
    coming.catch(() => parts.delete(url));
  }
  return parts.get(url);
}

/** What fails at once is tried once more before anybody is told: a host may just have been started again. */
async function arrival(url, integrity) {
  const deadline = performance.now() + LIMIT_MS;
  try {
    return await attempt(url, integrity, LIMIT_MS);
  } catch (error) {
    if (performance.now() + AGAIN_MS > deadline) throw error;
    await new Promise((wake) => setTimeout(wake, AGAIN_MS));
    return attempt(url, integrity, deadline - performance.now());
  }
}

async function attempt(url, integrity, ms) {
  const failed = failures.get(url) ?? 0;
  const href = failed === 0 ? url : `${url}?again=${failed}`;
  try {
    return await within(ms, load(href, integrity));
  } catch (error) {
    failures.set(url, failed + 1);
    throw new UnreachableError(`${href}: ${error.message}`);
  }
}

async function load(href, integrity) {
  await admitted(href, integrity);
  return import(href);
}

function within(ms, promise) {
  let timer;
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came for ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Once the browser has the module, with this integrity: import() takes it from there. */
function admitted(href, integrity) {
  const link = document.createElement('link');
  if (!link.relList.supports('modulepreload')) return compared(href, integrity);
  return new Promise((resolve, reject) => {
    const refused = () => reject(new Error('it did not come, or is not what was built'));
    const as = { rel: 'modulepreload', integrity, crossOrigin: 'anonymous' };
    document.head.append(Object.assign(link, { ...as, href, onload: resolve, onerror: refused }));
  }).finally(() => link.remove());
}

/** Safari before 17: the same bytes, out of its cache. */
async function compared(href, integrity) {
  const response = await fetch(href, { integrity });
  if (!response.ok) throw new Error(`HTTP status ${response.status}`);
  await response.arrayBuffer();
}
