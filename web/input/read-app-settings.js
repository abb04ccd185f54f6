/**
 * The settings that somebody copied from their mail app → what to try, or which field is wrong. Pure.
 */
import { AddressError, parseAddress } from './address.js';
import { PROTOCOLS, SECURITIES } from './app-settings.js';
import { distance } from './edit-distance.js';
import { registrableDomain } from './public-suffix.js';
import { LABEL_STEMS } from './server-labels-in-text.js';

/**
 * @typedef {{side: 'incoming'|'outgoing', protocol: string, server: string, ip: boolean,
 *   domain: string, port: number, portTyped: boolean, security: string, mode: string}} AppSettings
 *   `mode` is what an app does with this security on this port; `domain` is where the server belongs
 */

/**
 * @param {object} form {incoming, outgoing}, each with protocol, server, port and security as texts
 * @param {object[]} services rows of the table
 * @returns {{sides: AppSettings[], errors: Array<{side: string, field: string, id: string,
 *   args: object}>}} a side without server and port is left out
 */
export function readAppSettings(form, services) {
  const errors = [];
  const sides = [];
  for (const side of Object.keys(PROTOCOLS)) {
    const fields = form?.[side] ?? {};
    const texts = Object.fromEntries(['server', 'port'].map((name) => [name, plain(fields[name])]));
    if (texts.server === '' && texts.port === '') continue;
    const complain = (field, id, args = {}) => errors.push({ side, field, id, args });
    const before = errors.length;

    const server = readServer(texts.server, complain);
    const port = readPort(texts.port, server?.port ?? null, complain);
    if (errors.length > before) continue;
    const protocol = oneOf(PROTOCOLS[side], fields.protocol);
    const security = oneOf(SECURITIES, fields.security);
    const chosen = port ?? usualPort(services, { side, protocol, security });
    sides.push({
      side,
      protocol,
      server: server.name,
      ip: server.ip,
      domain: server.domain,
      port: chosen,
      portTyped: port !== null,
      security,
      mode: modeOf(services, { protocol, port: chosen, security }),
    });
  }
  return { sides, errors };
}

/** The name of a mode in an app's security field. */
export function securityOf(mode) {
  return { 'implicit-tls': 'ssl', starttls: 'starttls', cleartext: 'none' }[mode];
}

function plain(text) {
  return String(text ?? '')
    .normalize('NFKC')
    .replace(/[\u200b\u200e\u200f\u2060\ufeff]/g, '')
    .trim();
}

function readServer(text, complain) {
  if (text === '') return complain('server', 'no-server');
  if (text.includes('@')) return complain('server', 'server-is-address');
  try {
    const { domain, host, ip, port } = parseAddress(text);
    const name = host ?? domain;
    return { name, domain: ip || domain !== name ? domain : homeOf(name), ip, port };
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    complain('server', KNOWN_MISTAKES.includes(error.id) ? error.id : 'nonsense', error.args);
    return null;
  }
}

/**
 * The domain that a server belongs to: one label less where the first is nearly the name of a service,
 * as in `smpt.example.com` or `mail2.example.com`. What is itself registered, below `com` or `co.uk`, stays whole.
 */
function homeOf(name) {
  const [label, ...rest] = name.split('.');
  const parent = rest.join('.');
  if (!registrableDomain(parent)) return name;
  const bare = label.replace(/\d+$/, '');
  const service = LABEL_STEMS.some(
    (known) =>
      label.startsWith(known) || label.endsWith(known) || distance(bare, known, 1) !== null,
  );
  return service ? parent : name;
}

const KNOWN_MISTAKES = ['too-long', 'spaces', 'no-dot'];

/** A port may stand behind the server name, too; null where none was typed. */
function readPort(text, besideName, complain) {
  if (text === '') return besideName;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535) return complain('port', 'port');
  if (besideName !== null && besideName !== port) {
    return complain('port', 'two-ports', { port, other: besideName });
  }
  return port;
}

function oneOf(choices, given) {
  return choices.includes(given) ? given : choices[0];
}

function usualPort(services, { side, protocol, security }) {
  const mode = security === 'ssl' || security === 'auto' ? 'implicit-tls' : 'starttls';
  const direction = side === 'incoming' ? 'receive' : 'send';
  return services.find(
    (service) =>
      service.protocol === protocol && service.direction === direction && service.mode === mode,
  ).port;
}

function modeOf(services, { protocol, port, security }) {
  if (security === 'ssl') return 'implicit-tls';
  if (security === 'starttls') return 'starttls';
  if (security === 'none') return 'cleartext';
  const row = services.find((service) => service.protocol === protocol && service.port === port);
  return (row ?? services.find((service) => service.port === port))?.mode ?? 'implicit-tls';
}
