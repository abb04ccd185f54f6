/** Pieces that several views share. Templates only. */
import { html, noChange, nothing } from 'lit/html.js';
import { Absent } from '../i18n/absent.js';
import { sign, statusIcon } from './icons.js';

/** A status in shape, colour and word. @param {string} [act] colours it by urgency */
export function statusMark(status, words, act = '', label = words.say(`status.${status}.label`)) {
  return html`<span class="status ${status} ${act ? `act-${act}` : ''}"
    >${statusIcon(status)}<span>${label}</span></span
  >`;
}

/**
 * A button that copies a text (or what a function returns) and says so. `id` tells it from the others;
 * `name` is what it is called where it has no `label`.
 */
export function copyButton({
  id,
  text,
  what,
  state,
  words,
  actions,
  label = false,
  name = words.say('answer.copy', { what }),
  icon = 'copy',
}) {
  const copied = state.copied === id;
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
      }${label ? (copied ? words.say('answer.copied') : label) : nothing}</button
    >${state.byHand?.id === id ? byHandView(state.byHand, words) : nothing}`;
}

/** Where the browser lets nothing be copied: the text itself, selected (element.js). */
function byHandView({ text }, words) {
  return html`<span class="by-hand">
    <label for="by-hand">${words.say('answer.copyFailed')}</label>
    <textarea id="by-hand" readonly rows="3" translate="no" .value=${text}></textarea>
  </span>`;
}

/** Longer parts of a name would not fit on a phone. */
const UNBROKEN_LIMIT = 16;

/** A host name or an address that breaks before its dots and its @, and nowhere else; words as usual. */
export function breakable(name) {
  if (/\s/.test(name)) return name;
  return String(name)
    .split(/(?=[.@])/)
    .map((part, index) => {
      const text =
        part.length > UNBROKEN_LIMIT ? part : html`<span class="unbroken">${part}</span>`;
      return index ? html`<wbr />${text}` : text;
    });
}

/**
 * A part of the view that may want what is not here yet: what was there before until that has come, and where it
 * does not come, that. @param {() => object} make its template
 */
export function onceHere(make, { state, words, actions }) {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Absent)) throw error;
    if (!state.missing.has(error.key)) {
      actions.bring(error);
      return noChange;
    }
    return html`<p class="quiet">${notCome(() => actions.bring(error), words)}</p>`;
  }
}

/**
 * What is in a fold, once it was opened; it may want what is not here yet.
 * @param {string} name see actions.unfold() @param {() => object} make its template
 */
export function unfolded(name, make, context) {
  return context.state.unfolded.has(name) ? onceHere(make, context) : nothing;
}

/** That a part of the page did not come, with a button that tries again. @param {() => void} again */
export function notCome(again, words) {
  return html`${words.say('page.unreachable')}
    <button type="button" class="link" @click=${again}>${words.say('page.retry')}</button>`;
}
