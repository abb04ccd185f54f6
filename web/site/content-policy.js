/**
 * The Content-Security-Policy of the pages. Pure.
 *
 * Scripts and styles only from beside the page and none within it; connections only to the page's own
 * host and the bridges of config.json, so that a link cannot send anybody's check elsewhere; text
 * becomes markup only through Lit's own policy, and a thread only through that of element/core-thread.js.
 */

/**
 * @param {Array<{url: string}>} bridges as readConfig() returned them
 * @param {{frames?: boolean}} [options] `frames`: the page has a frame from beside it
 * @returns {string}
 * @throws {Error} naming a bridge's URL that cannot be used
 */
export function contentPolicy(bridges, { frames = false } = {}) {
  const connect = [
    "'self'",
    ...new Set(
      bridges.flatMap(({ url, ticket }) => [...bridgeSources(url), ...pageSource(ticket)]),
    ),
  ];
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src ${connect.join(' ')}`,
    // A script that was held against its integrity value before, and opens no connection.
    'worker-src blob:',
    ...(frames ? ["frame-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html mail-port-check',
  ].join('; ');
}

const OWN = 'https://own.invalid';

/** `https://help.example`, where somebody else's server hands out the tickets. */
function pageSource(given) {
  if (!given) return [];
  const { origin, protocol } = new URL(given, OWN);
  if (!['http:', 'https:'].includes(protocol)) {
    throw new Error(`config.json: bridges: "${given}" is neither an http: nor an https: URL`);
  }
  return origin === OWN ? [] : [origin];
}

/** `wss://bridge.example:8443` and the same with https:, for its name and tickets; none for our host. */
function bridgeSources(given) {
  let url;
  try {
    url = new URL(given, OWN);
  } catch {
    throw new Error(`config.json: bridges: "${given}" is not a URL`);
  }
  if (url.origin === OWN) return [];
  const scheme = { 'http:': 'ws:', 'ws:': 'ws:', 'https:': 'wss:', 'wss:': 'wss:' }[url.protocol];
  if (!scheme) throw new Error(`config.json: bridges: "${given}" is neither a ws: nor a wss: URL`);
  return [`${scheme}//${url.host}`, `${scheme === 'ws:' ? 'http:' : 'https:'}//${url.host}`];
}
