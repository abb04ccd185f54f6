/**
 * The thread of the core. Browsers start none from another origin, and hold no worker's script against an integrity
 * value: so it is fetched, compared, and started from a blob: URL of this page's own.
 */

/** @param {URL} url @param {{integrity: string}} options @returns {Promise<Blob>} */
export async function fetchScript(url, { integrity }) {
  const response = await fetch(url, { integrity });
  if (!response.ok) throw new Error(`${url.pathname}: HTTP status ${response.status}`);
  return new Blob([await response.arrayBuffer()], { type: 'text/javascript' });
}

let policy = null;

/** Where scripts' URLs want a policy (Trusted Types). It throws where that is not admitted. */
function trusted(url) {
  policy ??= globalThis.trustedTypes?.createPolicy('mail-port-check', {
    createScriptURL: (own) => own,
  });
  return policy?.createScriptURL(url) ?? url;
}

/**
 * @param {Blob} script
 * @returns {Worker} what is wrong with it, or with who may start it, it tells by an `error` event
 * @throws {Error} where a page may not have one
 */
export function startThread(script) {
  const url = URL.createObjectURL(script);
  try {
    const worker = new Worker(trusted(url), { name: 'mail-port-check' });
    // Nobody fetches it any more once it has said something, or failed.
    const fetched = () => URL.revokeObjectURL(url);
    worker.addEventListener('message', fetched, { once: true });
    worker.addEventListener('error', fetched, { once: true });
    return worker;
  } catch (error) {
    URL.revokeObjectURL(url);
    throw error;
  }
}
