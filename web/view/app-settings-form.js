/** What is in the fold below the address: the settings in the reader's mail app, and its error message. */
import { html, nothing } from 'lit/html.js';
import { FIELDS, PROTOCOLS, SECURITIES } from '../input/app-settings.js';
import { notCome } from './parts.js';

/** What is in the fold. */
export function fieldsView(context) {
  const { words } = context;
  return html`<div class="more-body">
    <p class="quiet">${words.say('typed.lead')}</p>
    <div class="typed-sides">
      ${Object.keys(PROTOCOLS).map((side) => sideFields(side, context))}
    </div>
    ${errorField(context)}
    <button type="submit" class="button primary">${words.say('typed.check')}</button>
  </div>`;
}

function sideFields(side, context) {
  const { words } = context;
  return html`<fieldset>
    <legend>${words.say(`typed.side.${side}`)}</legend>
    ${FIELDS[side].map((name) => field(side, name, context))}
  </fieldset>`;
}

function field(side, name, { state, words, actions }) {
  const { settings } = state.details;
  const id = `${side}-${name}`;
  const mistake = state.fieldErrors.find((error) => error.side === side && error.field === name);
  const value = settings[side][name];
  const enter = (event) => actions.enterSetting(side, name, event.target.value);
  const control =
    name === 'server' || name === 'port'
      ? html`<input
          id=${id}
          type="text"
          inputmode=${name === 'port' ? 'numeric' : 'url'}
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          maxlength=${name === 'port' ? '10' : '300'}
          aria-invalid=${mistake ? 'true' : 'false'}
          aria-describedby=${mistake ? `${id}-error` : nothing}
          .value=${value}
          @input=${enter}
          @focus=${actions.ready}
        />`
      : html`<select id=${id} .value=${value} @change=${enter}>
          ${choices(side, name, words).map(
            ([choice, label]) =>
              html`<option value=${choice} ?selected=${choice === value}>${label}</option>`,
          )}
        </select>`;
  return html`<div class="typed-field field-${name}">
    <label for=${id}>${words.say(`typed.field.${name}`)}</label>
    ${control}
    ${
      mistake
        ? html`<p class="field-error" id="${id}-error">
            ${words.say(`typed.errors.${mistake.id}`, mistake.args)}
          </p>`
        : nothing
    }
  </div>`;
}

function choices(side, name, words) {
  if (name === 'protocol') {
    return PROTOCOLS[side].map((choice) => [choice, words.say(`typed.protocol.${choice}`)]);
  }
  return SECURITIES.map((choice) => [
    choice,
    choice === 'auto' ? words.say('typed.notSure') : words.say(`security.${choice}`),
  ]);
}

function errorField({ state, words, actions }) {
  const { pasted, reading, unread, filled } = state.details;
  const cause = reading?.cause;
  return html`<div class="typed-field">
    <label for="pasted">${words.say('pasted.label')}</label>
    <textarea
      id="pasted"
      rows="3"
      autocomplete="off"
      spellcheck="false"
      aria-describedby="pasted-hint"
      .value=${pasted}
      @input=${(event) => actions.paste(event.target.value)}
    ></textarea>
    <p class="quiet" id="pasted-hint">${words.say('pasted.hint')}</p>
    <p class="reading" role="status">
      ${
        cause
          ? words.say('pasted.means', { means: words.say(`pasted.causes.${cause}.means`) })
          : nothing
      }
      ${reading && !cause ? words.say('pasted.unread') : nothing}
      ${filled ? words.say('pasted.filled') : nothing}
      ${unread ? notCome(() => actions.paste(pasted), words) : nothing}
    </p>
  </div>`;
}
