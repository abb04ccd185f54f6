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
  const [configured] = bridgesOf(config);
  const given = attribute || configured?.url || '/bridge';
  const url = bridgeUrl(given, base);
  const name = (!attribute && configured?.name) || url.host;
  const asked = ticket || (!attribute && configured?.ticket) || null;
  return { name, url: url.href, local: LOCAL.test(url.hostname), ticket: ticketUrl(asked, base) };
}

/**
 * The second place to look from: the next bridge of config.json. Whoever names a bridge of his own means
 * that one alone.
 * @param {object} options as above, and
 * @param {{url: string, local: boolean}} options.first what chooseBridge() returned
 * @returns {{name: string, url: string, local: boolean, ticket: string|null}|null}
 * @throws {Error} naming what is wrong with the URL
 */
export function chooseSecond({ attribute, config, base, first }) {
  const [, configured] = bridgesOf(config);
  if (attribute || !configured) return null;
  const url = bridgeUrl(configured.url, base);
  if (url.href === first.url) return null;
  // Two bridges on one computer are told apart by their names.
  const local = !first.local && LOCAL.test(url.hostname);
  const ticket = ticketUrl(configured.ticket, base);
  return { name: configured.name || url.host, url: url.href, local, ticket };
}

function bridgesOf(config) {
  return Array.isArray(config?.bridges) ? config.bridges : [];
}

function bridgeUrl(given, base) {
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
  return url;
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

/** What a bridge calls its operator's resolver, as a target. */
export const RESOLVER = 'resolver';

/** What a bridge calls a target. */
export function targetOf(address, port) {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** The socket's URL for one target, as targetOf() writes it, or RESOLVER. */
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
