/** Where the bridge is, what it is called, and sockets through it. */

/** Host names of this computer: a bridge there tests the reader's own network. */
const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * @param {object} options
 * @param {string|null} options.attribute the element's `bridge`
 * @param {object} options.config the page's config.json
 * @param {string} options.base URL that relative ones start from, and whose host has the default one
 * @returns {{name: string, url: string, local: boolean}}
 * @throws {Error} naming what is wrong with the URL
 */
export function chooseBridge({ attribute, config, base }) {
  const [configured] = Array.isArray(config?.bridges) ? config.bridges : [];
  const given = attribute || configured?.url || '/bridge';
  let url;
  try {
    url = new URL(given, base);
  } catch {
    throw new Error(`bridge: "${given}" is not a URL`);
  }
  if (url.protocol === 'http:') url.protocol = 'ws:';
  if (url.protocol === 'https:') url.protocol = 'wss:';
  if (!['ws:', 'wss:'].includes(url.protocol)) {
    throw new Error(`bridge: "${given}" is neither a ws: nor a wss: URL`);
  }
  const name = (!attribute && configured?.name) || url.host;
  return { name, url: url.href, local: LOCAL.test(url.hostname) };
}

/** What a bridge calls a target. */
export function targetOf(address, port) {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** The socket's URL for one target, as targetOf() writes it, or `resolver`. */
export function socketUrl(bridge, target) {
  const url = new URL(bridge.url);
  url.searchParams.set('token', target);
  return url.href;
}
