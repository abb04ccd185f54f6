/** The one field and its button. */
import { html, nothing } from 'lit';
import { appSettingsForm } from './app-settings-form.js';
import { sign } from './icons.js';
import { slipView } from './slip.js';

/** More than these are folded away. */
const FEW_EXAMPLES = 4;

export function formView(context) {
  const { state, words, actions } = context;
  const { phase, error, address, examples } = state;
  const running = phase === 'running';
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
        ${
          running
            ? html`<button type="button" class="button" part="button" @click=${actions.stop}>
                ${words.say('form.stop')}
              </button>`
            : html`<button
                type="submit"
                class="button ${phase === 'done' ? '' : 'primary'}"
                part="button"
              >
                ${words.say(phase === 'done' ? 'form.again' : 'form.check')}
              </button>`
        }
      </div>
      <p class="field-error" id="address-error" role="alert" ?hidden=${!error}>${error ?? ''}</p>
      ${phase === 'idle' ? slipView(context) : nothing} ${appSettingsForm(context)}
      ${phase === 'idle' ? assurances(words) : nothing}
      ${examples.length > 0 && !running ? exampleButtons(examples, words, actions) : nothing}
    </form>
  `;
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
