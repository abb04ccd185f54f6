/**
 * The Content-Security-Policy of index.html and embed.html. Pure.
 *
 * Scripts and styles only from beside the page and none within it; connections only to the page's own
 * host and the bridges of config.json, so that a link cannot send anybody's check elsewhere; text
 * becomes markup only through Lit's own policy.
 */

/**
 * @param {Array<{url: string}>} bridges as readConfig() returned them
 * @returns {string}
 * @throws {Error} naming a bridge's URL that cannot be used
 */
export function contentPolicy(bridges) {
  const connect = [
    "'self'",
    ...new Set(bridges.map(({ url }) => bridgeSource(url)).filter(Boolean)),
  ];
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src ${connect.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
}

/** `wss://bridge.example:8443`; null for a bridge on the page's own host. */
function bridgeSource(given) {
  const own = 'https://own.invalid';
  let url;
  try {
    url = new URL(given, own);
  } catch {
    throw new Error(`config.json: bridges: "${given}" is not a URL`);
  }
  if (url.origin === own) return null;
  const scheme = { 'http:': 'ws:', 'ws:': 'ws:', 'https:': 'wss:', 'wss:': 'wss:' }[url.protocol];
  if (!scheme) throw new Error(`config.json: bridges: "${given}" is neither a ws: nor a wss: URL`);
  return `${scheme}//${url.host}`;
}
