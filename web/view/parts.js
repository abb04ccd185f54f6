/** Pieces that several views share. Templates only. */
import { html, nothing } from 'lit';
import { sign, statusIcon } from './icons.js';

/** A status in shape, colour and word. @param {string} [act] colours it by urgency */
export function statusMark(status, words, act = '') {
  return html`<span class="status ${status} ${act ? `act-${act}` : ''}"
    >${statusIcon(status)}<span>${words.say(`status.${status}.label`)}</span></span
  >`;
}

/** A button that copies a text (or what a function returns) and says so. `id` tells it from the others. */
export function copyButton({
  id,
  text,
  what,
  state,
  words,
  actions,
  label = false,
  icon = 'copy',
}) {
  const copied = state.copied === id;
  const name = words.say('answer.copy', { what });
  return html`<button
    type="button"
    class=${label ? 'button small' : 'copy'}
    aria-label=${label ? nothing : name}
    title=${label ? nothing : name}
    @click=${() => actions.copy(id, text)}
  >
    ${
      copied && !label
        ? html`<span class="copied">${words.say('answer.copied')}</span>`
        : sign(icon)
    }${label ? (copied ? words.say('answer.copied') : label) : nothing}
  </button>`;
}

/** A host name or an address that may break before its dots and its @. */
export function breakable(name) {
  return String(name)
    .split(/(?=[.@])/)
    .map((part, index) => (index ? html`<wbr />${part}` : part));
}
