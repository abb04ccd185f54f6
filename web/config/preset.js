/**
 * An embedder's preset: the servers to try before any that are published or guessed, and what makes the
 * page the provider's own. README.md has the table of keys.
 *
 * It is the id of a known provider (`google`) or of a file presets/<id>.json beside the script, one
 * server name (`mail.example.com`), or the object itself, also as JSON text.
 */
import { isHostName, toAscii } from '../input/address.js';
import { readColours } from './preset-colours.js';
import { hostsOf, providerById } from '../discover/providers.js';
import { registrableDomain } from '../input/public-suffix.js';
import { PRESET_ID } from './preset-id.js';

export { PRESET_ID };

/** What a link leads to; also the key of its words. */
export const LINKS = ['help', 'app-passwords', 'support'];
/** What people type as their user name. */
export const USERNAMES = ['address', 'local-part'];

/** How light or dark the check is, wherever it stands. */
export const COLOUR_SCHEMES = ['light', 'dark'];

const PROTOCOLS = ['imap', 'pop3', 'smtp'];
const KEYS = [
  ...PROTOCOLS,
  'domains',
  'mx',
  'name',
  'username',
  'links',
  'contact',
  'colours',
  'color-scheme',
];
/** A real one has a few hundred; more is somebody's mistake. */
const TEXT_LIMIT = 20_000;
const NAME_LIMIT = 60;
/** Each is tried; more would only keep the reader waiting. */
const HOSTS_LIMIT = 4;
/** The largest providers give addresses under some dozens. */
const DOMAINS_LIMIT = 500;
const MX_LIMIT = 20;
const URL_LIMIT = 2000;

/**
 * @typedef {object} Preset
 * @property {string} name of the provider, '' when it has none
 * @property {string[]} imap server names, best first
 * @property {string[]} pop3
 * @property {string[]} smtp
 * @property {string[]|null} domains whose servers these are; null: the preset does not say
 * @property {string[]} mx ends of the names of its mail exchangers: whoever uses them has his mail there
 * @property {Array<{service: string, host: string}>} preferred the services that the provider names
 * @property {'address'|'local-part'|null} username null: as is usual, or as the known provider wants it
 * @property {Array<{kind: string, url: string}>} links
 * @property {string|null} contact `event`, or the URL of a form with places for subject and message
 * @property {Array<{name: string, light: string, dark: string}>} colours
 * @property {'light'|'dark'|null} colorScheme null: as the page around it is
 */

/** The id of the file that this value names, or null when it is the preset itself. */
export function presetFile(value) {
  const id = typeof value === 'string' ? value.trim() : '';
  return PRESET_ID.test(id) && !providerById(id) ? id : null;
}

/**
 * @param {string|object|null|undefined} value
 * @param {object[]} [services] rows of the table; without them no server may name its port
 * @returns {Preset|null}
 * @throws {Error} naming key and value, for the embedder's eyes
 */
export function readPreset(value, services = []) {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value !== 'string') return readObject(value, services);
  const text = value.trim();
  if (text.startsWith('{')) return readPresetFile(text, services);
  const provider = providerById(text);
  if (provider) {
    const hosts = PROTOCOLS.map((protocol) => [protocol, hostsOf(provider, protocol)]);
    const { domains, mx } = provider;
    return { ...readObject({}, services), ...Object.fromEntries(hosts), domains, mx };
  }
  if (!text.includes('.')) throw new Error(`preset: no provider has the id ${shown(text)}`);
  return readObject({ imap: [text], pop3: [text], smtp: [text] }, services);
}

/** The names in a preset of which readPreset() asks whether they are somebody's: none where it is no object. */
export function namesInPreset(value) {
  try {
    const { domains, mx } = typeof value === 'string' ? JSON.parse(value) : value;
    return [domains, mx]
      .flat()
      .flatMap((name) => (typeof name === 'string' ? [toAscii(name)] : []));
  } catch {
    // readPreset() says what is wrong.
    return [];
  }
}

/** A preset as JSON text. @throws {Error} as readPreset() */
export function readPresetFile(text, services = []) {
  if (text.length > TEXT_LIMIT) throw new Error(`preset: longer than ${TEXT_LIMIT} characters`);
  let raw;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new Error(`preset: ${error.message}`);
  }
  return readObject(raw, services);
}

function readObject(raw, services) {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new Error('preset: expected an id, a server name or an object');
  }
  for (const key of Object.keys(raw)) {
    if (!KEYS.includes(key)) {
      throw new Error(`preset: unknown key ${shown(key)}; there are ${KEYS.join(', ')}`);
    }
  }
  const { name = '', username = null, links = {}, colours = {}, domains = null, mx = [] } = raw;
  if (typeof name !== 'string' || name.length > NAME_LIMIT) {
    throw new Error(`preset.name: expected a text of at most ${NAME_LIMIT} characters`);
  }
  if (username !== null && !USERNAMES.includes(username)) {
    throw new Error(`preset.username: ${shown(username)} is none of ${USERNAMES.join(', ')}`);
  }
  const preset = { name: name.trim(), preferred: [], username, links: readLinks(links) };
  preset.contact = readContact(raw.contact ?? null);
  preset.colorScheme = raw['color-scheme'] ?? null;
  if (preset.colorScheme !== null && !COLOUR_SCHEMES.includes(preset.colorScheme)) {
    throw new Error(
      `preset.color-scheme: ${shown(preset.colorScheme)} is none of ${COLOUR_SCHEMES.join(', ')}`,
    );
  }
  preset.colours = readColours(colours);
  preset.domains = domains === null ? null : readNames(domains, 'preset.domains', DOMAINS_LIMIT);
  preset.mx = readNames(mx, 'preset.mx', MX_LIMIT);
  for (const protocol of PROTOCOLS) {
    const rows = services.filter((row) => row.protocol === protocol && row.direction !== 'relay');
    const servers = readServers(raw[protocol] ?? [], `preset.${protocol}`, rows);
    preset[protocol] = [...new Set(servers.map(({ host }) => host))];
    preset.preferred.push(...servers.filter(({ service }) => service));
  }
  return preset;
}

/** Names that nobody shares: `co.uk` would speak for half a country. */
function readNames(list, key, limit) {
  if (!Array.isArray(list)) throw new Error(`${key}: expected a list of domains`);
  if (list.length > limit) throw new Error(`${key}: more than ${limit} domains`);
  return list.map((entry) => {
    const name = domainName(entry);
    if (name === null) throw new Error(`${key}: ${shown(entry)} is not a domain of one owner`);
    return name;
  });
}

/** As A-labels, or null. */
function domainName(entry) {
  if (typeof entry !== 'string') return null;
  try {
    const name = toAscii(entry.trim());
    return registrableDomain(name) === null ? null : name;
  } catch {
    // Said by the caller, with the value.
    return null;
  }
}

function readServers(list, key, rows) {
  if (!Array.isArray(list)) throw new Error(`${key}: expected a list of server names`);
  if (list.length > HOSTS_LIMIT) throw new Error(`${key}: more than ${HOSTS_LIMIT} servers`);
  return list.map((entry, index) =>
    typeof entry === 'object' && entry !== null
      ? readServer(entry, `${key}[${index}]`, rows)
      : { host: hostName(entry, key), service: null },
  );
}

/** `{"host": …, "port": …, "security": …}`, the last two optional, as one row of the table. */
function readServer(entry, key, rows) {
  for (const name of Object.keys(entry)) {
    if (!['host', 'port', 'security'].includes(name)) {
      throw new Error(`${key}: unknown key ${shown(name)}`);
    }
  }
  const { host, port, security } = entry;
  const server = { host: hostName(host, `${key}.host`), service: null };
  if (port === undefined && security === undefined) return server;
  const row = rows.find(
    (candidate) =>
      (port === undefined || candidate.port === port) &&
      (security === undefined || candidate.mode === security),
  );
  if (!row) {
    const known = rows.map((candidate) => `${candidate.port} with ${candidate.mode}`).join(' or ');
    const given = [port, security].filter((part) => part !== undefined).map(shown);
    throw new Error(`${key}: ${given.join(' with ')} is not ${known}`);
  }
  return { ...server, service: row.name };
}

function hostName(host, key) {
  if (typeof host !== 'string' || !host.includes('.') || !isHostName(host)) {
    throw new Error(`${key}: ${shown(host)} is not a server name`);
  }
  return host.toLowerCase();
}

function readLinks(links) {
  if (typeof links !== 'object' || links === null || Array.isArray(links)) {
    throw new Error('preset.links: expected an object');
  }
  for (const kind of Object.keys(links)) {
    if (!LINKS.includes(kind)) {
      throw new Error(`preset.links: unknown key ${shown(kind)}; there are ${LINKS.join(', ')}`);
    }
  }
  return LINKS.filter((kind) => kind in links).map((kind) => ({
    kind,
    url: httpsUrl(links[kind], `preset.links.${kind}`),
  }));
}

/** `event`, or where a message is written to: `{subject}` and `{message}` stand for its parts. */
function readContact(value) {
  if (value === null || value === 'event') return value;
  if (typeof value !== 'string')
    throw new Error('preset.contact: expected "event" or an https: URL');
  const [, base = '', query = ''] = /^([^?#]*)(.*)$/s.exec(value);
  // Whoever fills in a path or a host would decide where the message goes.
  if (/[{}]/.test(base))
    throw new Error('preset.contact: {subject} and {message} belong after the ?');
  for (const [, name] of query.matchAll(/\{([^}]*)\}/g)) {
    if (!['subject', 'message'].includes(name)) {
      throw new Error(`preset.contact: there is no {${name}}, only {subject} and {message}`);
    }
  }
  httpsUrl(value.replace(/[{}]/g, ''), 'preset.contact');
  return value;
}

function httpsUrl(value, key) {
  let url = null;
  try {
    if (typeof value === 'string' && value.length <= URL_LIMIT) url = new URL(value);
  } catch {
    // Said below, with the value.
  }
  if (url?.protocol !== 'https:' || url.username || url.password) {
    throw new Error(`${key}: ${shown(value)} is not an https: URL`);
  }
  return url.href;
}

/** A value as a mistake shows it. */
function shown(value) {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
