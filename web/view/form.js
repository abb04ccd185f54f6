/** The one field and its button. */
import { html, nothing } from 'lit/html.js';
import { sign } from './icons.js';
import { late } from './late.js';
import { onceHere } from './parts.js';
import { slipView } from './slip.js';

/** More than these are folded away. */
const FEW_EXAMPLES = 4;

export function formView(context) {
  const { state, words, actions } = context;
  const { phase, error, address, begun, examples, offered } = state;
  if (phase === 'idle' && offered && !error) return offerView(offered, words, actions);
  const running = phase === 'running';
  const edited = address.trim() !== begun.trim();
  return html`
    <form class="ask" part="form" novalidate @submit=${actions.submit}>
      <label for="address">${words.say('form.label')}</label>
      <div class="ask-line">
        <input
          id="address"
          part="input"
          name="address"
          type="text"
          inputmode="email"
          autocomplete="email"
          autocapitalize="none"
          spellcheck="false"
          placeholder=${words.say('form.placeholder')}
          maxlength="1000"
          aria-invalid=${error ? 'true' : 'false'}
          aria-describedby=${error ? 'address-error' : nothing}
          .value=${address}
          @input=${actions.enterAddress}
          @focus=${actions.ready}
        />
        <button
          type="submit"
          class="button ${phase === 'idle' || edited ? 'primary' : ''}"
          part="button"
          ?hidden=${running && !edited}
        >
          ${words.say(phase === 'done' && !edited ? 'form.again' : 'form.check')}
        </button>
        <button
          id="stop"
          type="button"
          class="button"
          part="button"
          ?hidden=${!running}
          @click=${actions.stop}
        >
          ${words.say('form.stop')}
        </button>
      </div>
      <p class="field-error" id="address-error" role="alert" ?hidden=${!error}>${error ?? ''}</p>
      ${phase === 'done' ? nothing : slipView(context)} ${appSettingsForm(context)}
      ${phase === 'idle' ? assurances(words) : nothing}
      ${offersExamples(state) ? exampleButtons(examples, words, actions) : nothing}
    </form>
  `;
}

/** The fold below the address, for who has settings or an error message. */
function appSettingsForm({ state, words, actions }) {
  const { details } = state;
  const context = { state, words, actions };
  return html`<details class="more-ask" ?open=${details.open} @toggle=${actions.toggleDetails}>
    <summary @focus=${actions.prepareDetails} @pointerenter=${actions.prepareDetails}>
      ${sign('down')}<span>${words.say('form.more')}</span>
    </summary>
    ${details.open ? onceHere(() => late('typed').fieldsView(context), context) : nothing}
  </details>`;
}

/** In little room only before the first check. */
function offersExamples({ examples, compact, phase }) {
  return examples.length > 0 && (phase === 'idle' || !compact);
}

/** A check that waits for a click. */
function offerView(domain, words, actions) {
  return html`<form class="ask offer" part="form" @submit=${actions.submit}>
    <button type="submit" class="button primary" part="button">
      ${words.say('form.checkDomain', { domain })}
    </button>
    ${assurances(words)}
  </form>`;
}

function assurances(words) {
  const points = { lock: 'noPassword', screen: 'inBrowser', you: 'afterAt' };
  return html`<ul class="assurances">
    ${Object.entries(points).map(
      ([icon, key]) => html`<li>${sign(icon)}${words.say(`form.${key}`)}</li>`,
    )}
  </ul>`;
}

function exampleButtons(examples, words, actions) {
  const button = ({ domain, label }) =>
    html`<button type="button" class="link" @click=${() => actions.example(domain)}>
      ${label}
    </button>`;
  if (examples.length <= FEW_EXAMPLES) {
    return html`<p class="examples">
      <span>${words.say('form.examples')}</span>${examples.map(button)}
    </p>`;
  }
  return html`<details class="examples">
    <summary>${words.count('form.manyExamples', examples.length)}</summary>
    <ul>
      ${examples.map(
        (example) => html`<li>${button(example)} <small>${example.domain}</small></li>`,
      )}
    </ul>
  </details>`;
}
