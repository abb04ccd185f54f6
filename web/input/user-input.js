/**
 * What a person entered: an address, the settings in their app, an error message → what to check. Pure.
 * What stands in a closed fold was not asked for.
 */
import { AddressError, parseAddress, parseName } from './address.js';
import { emptyAppSettings } from './app-settings.js';

/**
 * @typedef {object} Target what is to be checked
 * @property {object} address what parseAddress() returned
 * @property {import('./read-app-settings.js').AppSettings[]} appSettings copied from a mail app, for each
 *   side at most one
 * @property {import('./error-message.js').Reading|null} reading of a mail app's error message
 */

/**
 * Nothing entered yet: `reading` is what readError() makes of what was pasted, `unread` that what reads it did
 * not come.
 * @returns {object} the fold below the address, as readUserInput() takes it
 */
export function emptyDetails() {
  const message = { pasted: '', reading: null, unread: false };
  return { open: false, settings: emptyAppSettings(), ...message, filled: false };
}

/**
 * @param {object} options
 * @param {string} options.address as entered
 * @param {object} options.details see emptyDetails()
 * @param {object} options.tables
 * @param {Function} [options.readAppSettings] that of read-app-settings.js, without which the fold cannot be open
 * @returns {{target: Target|null, reading: object|null,
 *   addressError: {id: string, args: object}|null, fieldErrors: object[]}} `target` is null when there
 *   is an error; without an address its address is that of the servers in the app settings
 */
export function readUserInput({ address, details, tables, readAppSettings }) {
  const { services } = tables;
  const { sides, errors } = details.open
    ? readAppSettings(details.settings, services)
    : { sides: [], errors: [] };
  const reading = details.open ? details.reading : null;
  const input = { target: null, reading, addressError: null, fieldErrors: errors };
  const fromSides = address.trim() === '' && sides.length + errors.length > 0;
  const ports = services.map(({ port }) => port);
  try {
    const parsed = fromSides ? addressOf(sides) : parseAddress(address, ports);
    if (errors.length === 0) input.target = { address: parsed, appSettings: sides, reading };
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    input.addressError = { id: error.id, args: error.args };
  }
  return input;
}

/** The names in what was entered, as far as they are names. @returns {string[]} */
export function namesEntered({ address, details }) {
  const { incoming, outgoing } = details.settings;
  const servers = details.open ? [incoming.server, outgoing.server] : [];
  return [address, ...servers].flatMap((text) => {
    try {
      return [parseName(text).name];
    } catch (error) {
      if (error instanceof AddressError) return [];
      throw error;
    }
  });
}

/** A server with a name says more of where the mail is at home than an address of one does. */
function addressOf(sides) {
  if (sides.length === 0) return null;
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
