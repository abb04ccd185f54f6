/** A message to the provider, for a card that nobody else can mend. */
import { html } from 'lit/html.js';
import { placeWords } from '../i18n/place.js';
import { mailtoLink, messageToProvider, ticketLink } from './message-to-provider.js';
import { copyButton } from './parts.js';

export function letterView(problem, { state, result, words, actions }) {
  const { id, args, tasks } = problem;
  const here = placeWords(state.vantage, words);
  const message = messageToProvider({
    problem,
    task: tasks.find(({ party }) => party === 'provider').task,
    target: state.target,
    started: state.report.started,
    place: args.there ? words.list([here, args.there]) : here,
    link: state.link,
    words,
  });
  return html`<details class="letter">
    <summary class="unfold">${words.say('write.title')}</summary>
    <p>${words.say('write.lead')}</p>
    <pre class="transcript" tabindex="0" aria-label=${words.say('write.title')}>
${message.subject}

${message.body}</pre>
    <div class="buttons">
      ${copyButton({
        id: `letter-${id}-${problem.rows[0]?.port ?? ''}`,
        text: `${message.subject}\n\n${message.body}`,
        what: words.say('write.copy'),
        label: words.say('write.copy'),
        state,
        words,
        actions,
      })}
      ${sendView({ contact: result.contact, message, problem, words, actions })}
    </div>
  </details>`;
}

/** The embedder's own way, where there is one; else whatever the reader writes mail with. */
function sendView({ contact, message, problem, words, actions }) {
  const link = (href, text) =>
    html`<a class="button small" href=${href} target="_blank" rel="noopener noreferrer"
      >${text}</a
    >`;
  if (!contact) return link(mailtoLink(message), words.say('write.open'));
  const name = contact.name
    ? words.say('write.ticketTo', { name: contact.name })
    : words.say('write.ticket');
  if (contact.url) return link(ticketLink(contact.url, message), name);
  return html`<button
    type="button"
    class="button small"
    @click=${() => actions.contact(problem, message)}
  >
    ${name}
  </button>`;
}
