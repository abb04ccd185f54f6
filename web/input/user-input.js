/**
 * What a reader asks for: an address, the settings in their app, an error message → what to check.
 * Pure. What stands in a closed fold was not asked for.
 */
import { AddressError, parseAddress } from './address.js';
import { readError } from './pasted-error.js';
import { emptySettings, readTypedSettings } from './app-settings.js';

/** Nothing asked yet. @returns {object} the fold below the address, as readRequest() takes it */
export function emptyDetails() {
  return { open: false, settings: emptySettings(), pasted: '', reading: null, filled: false };
}

/**
 * @param {object} options
 * @param {string} options.address as typed
 * @param {object} options.details see emptyDetails()
 * @param {object} options.tables
 * @returns {{typed: object|null, sides: object[], reading: object|null,
 *   addressError: {id: string, args: object}|null, fieldErrors: object[]}} `typed` as parseAddress()
 *   has it, null when there is an error; without an address it is made of the typed servers
 */
export function readRequest({ address, details, tables }) {
  const { services } = tables;
  const { sides, errors } = details.open
    ? readTypedSettings(details.settings, services)
    : { sides: [], errors: [] };
  const reading = details.open ? readError(details.pasted, services) : null;
  const asked = { typed: null, sides, reading, addressError: null, fieldErrors: errors };
  const fromSides = address.trim() === '' && sides.length + errors.length > 0;
  try {
    if (fromSides) asked.typed = sides.length > 0 ? domainOf(sides) : null;
    else
      asked.typed = parseAddress(
        address,
        services.map(({ port }) => port),
      );
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    asked.addressError = { id: error.id, args: error.args };
  }
  if (errors.length > 0) asked.typed = null;
  return asked;
}

/**
 * The settings with the server and the port of an error message in them, where its side is still
 * empty; the same object where there is nothing to fill in.
 */
export function filledIn(settings, reading) {
  if (!reading?.host) return settings;
  const side = { send: 'outgoing', receive: 'incoming' }[reading.direction];
  if (!side || settings[side].server || settings[side].port) return settings;
  const protocol = side === 'incoming' ? protocolOf(reading) : 'smtp';
  const port = reading.port ? String(reading.port) : '';
  return { ...settings, [side]: { ...settings[side], protocol, server: reading.host, port } };
}

function protocolOf({ host, port }) {
  if (port) return [995, 110].includes(port) ? 'pop3' : 'imap';
  return host.startsWith('pop') ? 'pop3' : 'imap';
}

/** A server with a name says more of where the mail is at home than an address of one does. */
function domainOf(sides) {
  const [first] = [...sides].sort((a, b) => Number(a.ip) - Number(b.ip));
  return {
    domain: first.domain,
    host: first.server,
    shown: first.server,
    serves: sides.filter(({ server }) => server === first.server).map(({ protocol }) => protocol),
    ip: first.ip,
    port: null,
    email: false,
  };
}
