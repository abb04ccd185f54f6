/** Where the bridge is, what it is called, and sockets through it. */

/** Host names of this computer: a bridge there tests the reader's own network. */
const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * @param {object} options
 * @param {string|null} options.attribute the element's `bridge`
 * @param {object} options.config the page's config.json
 * @param {string} options.base URL that relative ones start from, and whose host has the default one
 * @param {string|null} [options.ticket] the element's `ticket`: URL of the embedder's own server
 * @returns {{name: string, url: string, local: boolean, ticket: string|null}} `ticket`: URL that hands
 *   out tickets for it; null for the bridge's own, see ticket.js
 * @throws {Error} naming what is wrong with the URL
 */
export function chooseBridge({ attribute, config, base, ticket = null }) {
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
  const asked = ticket || (!attribute && configured?.ticket) || null;
  return { name, url: url.href, local: LOCAL.test(url.hostname), ticket: ticketUrl(asked, base) };
}

function ticketUrl(given, base) {
  if (given === null) return null;
  let url;
  try {
    url = new URL(given, base);
  } catch {
    throw new Error(`ticket: "${given}" is not a URL`);
  }
  if (!['http:', 'https:'].includes(url.protocol)) {
    throw new Error(`ticket: "${given}" is neither an http: nor an https: URL`);
  }
  return url.href;
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

/** The URL of what the bridge answers to a plain request, below its own. */
export function resourceUrl(bridge, name) {
  const url = new URL(bridge.url);
  url.protocol = url.protocol === 'wss:' ? 'https:' : 'http:';
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${name}`;
  url.search = '';
  return url.href;
}
