/**
 * An embedder's preset: the server names to try before any that are published or guessed.
 *
 * It is the id of a known provider (`google`), one server name (`mail.example.com`), or an object,
 * also as JSON text, of lists of server names: `{"imap": [...], "pop3": [...], "smtp": [...]}`.
 */
import { isHostName } from './address.js';
import { hostsOf, providerById } from './providers.js';

const KEYS = ['imap', 'pop3', 'smtp'];

/**
 * @param {string|object|null|undefined} value
 * @returns {{imap: string[], pop3: string[], smtp: string[]}|null}
 * @throws {Error} naming what is wrong, for the embedder's eyes
 */
export function readPreset(value) {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string') {
    const text = value.trim();
    if (text.startsWith('{')) {
      try {
        return readPreset(JSON.parse(text));
      } catch (error) {
        throw new Error(`preset: ${error.message}`);
      }
    }
    const provider = providerById(text);
    if (provider) return Object.fromEntries(KEYS.map((key) => [key, hostsOf(provider, key)]));
    if (!text.includes('.')) throw new Error(`preset: no provider has the id "${text}"`);
    return readPreset({ imap: [text], pop3: [text], smtp: [text] });
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new Error('preset: expected an id, a server name or an object');
  }
  const preset = { imap: [], pop3: [], smtp: [] };
  for (const [key, hosts] of Object.entries(value)) {
    if (!KEYS.includes(key)) throw new Error(`preset: unknown key "${key}"`);
    if (!Array.isArray(hosts)) throw new Error(`preset.${key}: expected a list of server names`);
    for (const host of hosts) {
      if (typeof host !== 'string' || !host.includes('.') || !isHostName(host)) {
        throw new Error(`preset.${key}: "${host}" is not a server name`);
      }
      preset[key].push(host.toLowerCase());
    }
  }
  return preset;
}
