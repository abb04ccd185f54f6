/**
 * An error message as somebody pasted it → what it usually means. Pure. The text may hold an address or a password: nothing here keeps or passes on more of it than
 * the server name and the port.
 *
 * Time is linear in the length of the text: fragments are sought, no pattern can backtrack.
 */
import { ipLiteral, isHostName } from './address.js';
import { ERROR_MESSAGES } from './error-messages.js';
import { MESSAGE_LIMIT } from './message-limit.js';
import { isServerLabel } from './server-labels-in-text.js';

/** A word of the text that is longer is no server name. */
const WORD_LIMIT = 300;

const WORDS_OF = {
  send: [
    ...['smtp', 'outgoing', 'sending', 'send', 'submission', 'esmtp'],
    ...['postausgang', 'postausgangsserver', 'ausgehenden', 'senden', 'gesendet'],
    ...['sortant', 'envoyer', 'saliente', 'enviar', 'in uscita', 'inviare'],
  ],
  receive: [
    ...['imap', 'imap4', 'imaps', 'pop', 'pop3', 'incoming', 'receiving', 'fetchmail'],
    ...['posteingang', 'posteingangsserver', 'eingehenden', 'empfangen', 'abgerufen'],
    ...['entrant', 'recevoir', 'entrante', 'recibir', 'in arrivo', 'ricevere'],
  ],
};
/** What stands before the number of a port. */
const PORT_WORD = /^(?:port|puerto|porta):?$/;

/**
 * @typedef {{message: object|null, cause: string|null, direction: 'send'|'receive'|null,
 *   host: string|null, port: number|null}} Reading `message` is the row of the table; a host is only
 *   ever the name of a server
 */

/**
 * @param {string} pasted
 * @param {object[]} services rows of the table of ports
 * @returns {Reading|null} null for a text without a word
 */
export function readError(pasted, services) {
  const text = normal(String(pasted ?? '').slice(0, MESSAGE_LIMIT));
  if (text === '') return null;
  const message = ERROR_MESSAGES.find((row) => fits(row, text)) ?? null;
  const { host, port } = target(text, services);
  const ofPort = services.find((service) => service.port === port);
  return {
    message,
    cause: message?.cause ?? null,
    direction: message?.direction ?? usedFor(ofPort) ?? directionOf(text),
    host,
    port,
  };
}

/** The text as fragments are written: small letters, plain quotes, one space at a time. */
export function normal(text) {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g, '')
    .replace(/[\u2018-\u201b\u2039\u203a\u02bc`]/g, "'")
    .replace(/[\u201c-\u201f\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/(\d{3})-(?=\d)/g, '$1 ')
    .trim();
}

function fits({ any }, text) {
  return any.some((fragment) => [fragment].flat().every((part) => holds(text, part)));
}

/** The part stands in the text, and no letter or digit of it goes on. */
function holds(text, part) {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    const before = at > 0 && joined(text[at - 1], part[0]);
    const after = joined(part.at(-1), text[at + part.length] ?? ' ');
    if (!before && !after) return true;
  }
  return false;
}

function joined(a, b) {
  return /[\p{L}\p{N}]/u.test(a) && /[\p{L}\p{N}]/u.test(b);
}

/** The server and the port that the text names; an address of a person is no server. */
function target(text, services) {
  const mailPort = (digits) => {
    const port = Number(digits);
    return services.some((service) => service.port === port) ? port : null;
  };
  const words = text.split(/[\s"'<>()[\]{},;|=]+/).filter((word) => word.length <= WORD_LIMIT);
  let named = null;
  let port = null;
  words.forEach((word, index) => {
    if (word.includes('@')) return;
    const [, name, digits] =
      /^(?:[a-z]{3,5}:\/\/)?([a-z0-9.-]*?)\.?(?::(\d{2,5}))?[.:]?$/.exec(word) ?? [];
    if (name === undefined) return;
    const own = digits ? mailPort(digits) : null;
    if (PORT_WORD.test(word)) port ??= mailPort(words[index + 1]?.replace(/[.:]$/, ''));
    if (name === '' || ipLiteral(name)) port ??= own;
    else if (isServer(name) && (own || isServerLabel(name.split('.')[0]))) {
      if (!named || (own && !named.port)) named = { host: name, port: own };
    }
  });
  return { host: named?.host ?? null, port: named?.port ?? port };
}

function isServer(name) {
  const labels = name.split('.');
  return (
    labels.length > 1 &&
    isHostName(name) &&
    /^([a-z]{2,}|xn--[a-z0-9-]+)$/.test(labels.at(-1)) &&
    !/^(js|ts|py|php|c|cpp|java|go|rs|rb|cs)$/.test(labels.at(-1))
  );
}

function directionOf(text) {
  const sides = Object.keys(WORDS_OF).filter((side) =>
    WORDS_OF[side].some((word) => holds(text, word)),
  );
  return sides.length === 1 ? sides[0] : null;
}

function usedFor(service) {
  if (!service) return null;
  return service.direction === 'receive' ? 'receive' : 'send';
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
