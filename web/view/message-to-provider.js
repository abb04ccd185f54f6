/**
 * A problem that only the provider can mend → a message to the provider's support, ready to be sent.
 *
 * It is plain text in the reader's language: what fails and where, what was seen, when, and a link that
 * runs the check again. Nothing of it is from before the @: the reader signs it himself. Pure.
 */

/** Some mail apps and browsers cut longer links of `mailto:`. */
const LINK_LIMIT = 1900;
const CAUSE_LIMIT = 400;
const PLACES_LIMIT = 4;

/**
 * @param {object} options
 * @param {object} options.problem one of problems()
 * @param {string} options.task the key of what the provider has to do, see advice.js
 * @param {string} options.target the domain as it is shown
 * @param {string} options.started when the check began (RFC 3339)
 * @param {string} options.place where it was tested from
 * @param {string} options.link the page with this domain filled in
 * @param {object} options.words
 * @returns {{subject: string, body: string}}
 */
export function messageToProvider({ problem, task, target, started, place, link, words }) {
  const { id, args } = problem;
  const { title, cause } = words.explain(id, { domain: target, ...args });
  const say = (key, more = {}) => words.say(`write.${key}`, more);
  const time = `${started.slice(0, 10)} ${started.slice(11, 16)} UTC`;
  const lines = [
    [say('hello')],
    [say('intro', { domain: target })],
    [
      say('what', { title }),
      ...placesOf(problem).map((where) => say('where', { where })),
      say('seen', { cause: clipped(cause) }),
      say('when', { time, place }),
      say('task', { task: words.say(`tasks.provider.${task}`) }),
      say('finding', { id }),
    ],
    [say('again', { link })],
    [say('thanks')],
  ];
  return {
    subject: say('subject', { domain: target, title }),
    body: lines.map((block) => block.join('\n')).join('\n\n'),
  };
}

/** A link that opens the message in whatever the browser writes mail with. */
export function mailtoLink({ subject, body }) {
  return fitting(body, (text) => `mailto:?subject=${encode(subject)}&body=${encode(text)}`);
}

/**
 * The embedder's own form, with `{subject}` and `{message}` filled in where its URL has them.
 * @param {string} template as readPreset() returned it
 */
export function ticketLink(template, { subject, body }) {
  return fitting(body, (text) =>
    template.replaceAll('{subject}', encode(subject)).replaceAll('{message}', encode(text)),
  );
}

/** The text is shortened until the link is short enough. */
function fitting(body, make) {
  let text = body;
  while (make(text).length > LINK_LIMIT && text.length > 0) {
    text = text.slice(0, Math.max(0, text.length - 50)).replace(/[\ud800-\udbff]$/, '');
  }
  return make(text);
}

/** Line ends as mail has them (RFC 6068 section 5). */
function encode(text) {
  return encodeURIComponent(text.replaceAll('\n', '\r\n'));
}

function placesOf({ rows }) {
  const places = rows.map(({ server, port, service }) =>
    [server, `${port} (${service.protocol.toUpperCase()})`].filter(Boolean).join(', '),
  );
  return [...new Set(places)].slice(0, PLACES_LIMIT);
}

function clipped(text) {
  return text.length > CAUSE_LIMIT ? `${text.slice(0, CAUSE_LIMIT - 1)}…` : text;
}
