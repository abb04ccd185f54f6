/** What a bridge says of itself before there is a socket to it. */
import { askJson } from './ask.js';
import { resourceUrl } from './bridge.js';
import { complainOfBridge } from './complaint.js';
import { readSelfTest } from './self-test.js';

/** RFC 5321 4.1.2, with at least one dot; RFC 1035 2.3.4. */
const NAME = /^(?=.{1,253}$)([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/i;

/**
 * @typedef {object} About
 * @property {string|undefined} clientName by which the check introduces itself: the connections are the
 *   bridge's
 * @property {boolean|null} tickets whether it wants one with every socket; null where it does not say
 * @property {boolean} listed its operator lists all the pages that were asked about
 * @property {import('./self-test.js').SelfTest|null} tested
 */

/**
 * @param {{url: string}} bridge as chooseBridge() returned it
 * @param {string[]} [around] origins of the pages around the check
 * @returns {Promise<About>} never rejects
 */
export async function askAbout(bridge, around = []) {
  const url = new URL(resourceUrl(bridge, 'about.json'));
  for (const origin of around) url.searchParams.append('around', origin);
  // Not there at an older bridge, or one behind a proxy that carries only sockets.
  const { helo, tickets, listed, tested } = await askJson(url, { credentials: 'same-origin' });
  return {
    clientName: read('helo', helo, isName, 'the name of a host') ?? undefined,
    tickets: read('tickets', tickets, isTruth, 'true or false'),
    listed: read('listed', listed, isTruth, 'true or false') === true,
    tested: readSelfTest(tested),
  };
}

function read(what, value, test, expected) {
  if (value === undefined || value === null) return null;
  if (test(value)) return value;
  complainOfBridge(what, value, expected);
  return null;
}

function isName(value) {
  return typeof value === 'string' && NAME.test(value);
}

function isTruth(value) {
  return typeof value === 'boolean';
}
