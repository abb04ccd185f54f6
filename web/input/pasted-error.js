/**
 * An error message as somebody pasted it → what it usually means, and what a check says to that.
 * Pure. The text may hold an address or a password: nothing here keeps or passes on more of it than
 * the server name and the port.
 *
 * Time is linear in the length of the text: fragments are sought, no pattern can backtrack.
 */
import { ipLiteral, isHostName } from './address.js';
import { CAUSES } from './error-causes.js';
import { ERROR_MESSAGES } from './error-messages.js';

/** Longer messages are read up to here; what matters stands in the first lines. */
export const MESSAGE_LIMIT = 20_000;
/** A word of the text that is longer is no server name. */
const WORD_LIMIT = 300;

/** First labels of names that are worth a look even without a port. */
const SERVER_LABEL =
  /^(imap|imaps|imap4|pop|pop3|pops|smtp|smtps|mail|email|mx|incoming|outgoing|submission|exchange|outlook)\d{0,2}(-mail)?$/;
const WORDS_OF = {
  send: ['smtp', 'outgoing', 'sending', 'send', 'submission', 'esmtp'],
  receive: ['imap', 'imap4', 'imaps', 'pop', 'pop3', 'incoming', 'receiving', 'fetchmail'],
};

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

/**
 * What a check says to the message.
 *
 * `confirmed`: it met one of the findings that prove the cause; `refuted`: it looked and did not;
 * `untestable`: nothing that was checked can tell; `unknown`: the message is not in the table.
 *
 * @param {object} options
 * @param {Reading} options.reading
 * @param {object[]} options.rows what judge() returned
 * @param {object[]} [options.typed] the conclusions about typed settings, see typed-verdict.js
 * @returns {{outcome: string, shown: Array<{port: number, server: string|null,
 *   finding: {id: string, args: object}}>, tested: Array<{port: number, server: string|null}>}}
 */
export function weighError({ reading, rows, typed = [] }) {
  if (!reading.message) return { outcome: 'unknown', shown: [], tested: [] };
  const proof = CAUSES[reading.cause];
  const asked = inScope(reading, entriesOf(rows, typed));
  const shown = asked.flatMap(({ port, server, findings }) =>
    findings
      .filter(({ id }) => proof.includes(id))
      .slice(0, 1)
      .map((finding) => ({ port, server, finding })),
  );
  const tested = asked
    .filter((entry) => entry.tested)
    .map(({ port, server }) => ({ port, server }));
  if (shown.length > 0) return { outcome: 'confirmed', shown, tested };
  // Only settings that were typed show that an app was told to use no encryption.
  const tellable = proof.some((id) => id !== 'security-none') || typed.length > 0;
  const refuted = proof.length > 0 && tellable && tested.length > 0;
  return { outcome: refuted ? 'refuted' : 'untestable', shown: [], tested };
}

/** The text as fragments are written: small letters, plain quotes, one space at a time. */
export function normal(text) {
  return text
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc`]/g, "'")
    .replace(/[\u201c\u201d\u00ab\u00bb]/g, '"')
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
    if (/^port:?$/.test(word)) port ??= mailPort(words[index + 1]?.replace(/[.:]$/, ''));
    if (name === '' || ipLiteral(name)) port ??= own;
    else if (isServer(name) && (own || SERVER_LABEL.test(name.split('.')[0]))) {
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

/** What was checked, in one form: what was typed first, for that is what the app has. */
function entriesOf(rows, typed) {
  const typedEntries = typed.map(({ side, port, server, findings, outcome }) => ({
    typed: true,
    port,
    server,
    direction: side === 'incoming' ? 'receive' : 'send',
    findings: outcome === 'unsafe' ? [{ id: 'security-none', args: {} }, ...findings] : findings,
    tested: !['not-tested', 'other-port'].includes(outcome),
  }));
  const rowEntries = rows.map(({ port, server, service, findings, status }) => ({
    typed: false,
    port,
    server,
    direction: service.direction,
    findings,
    tested: status !== 'not-tested',
  }));
  return [...typedEntries, ...rowEntries];
}

/**
 * The entries that the message can be about: those of its port, or else of its direction. Settings
 * that were typed speak for their side alone. Apps do not use port 25 unless they were told to.
 */
function inScope({ port, direction }, entries) {
  const ofPort = port ? entries.filter((entry) => entry.port === port) : [];
  const ofSide = entries.filter(
    (entry) => entry.direction !== 'relay' && (!direction || entry.direction === direction),
  );
  const field = ofPort.length > 0 ? ofPort : ofSide;
  const spoken = field.filter((entry) => entry.typed);
  return spoken.length > 0 ? spoken : field;
}
