/** Where to tap in the chosen app, in order, with the fields in the step that asks for them. */
import { html, nothing } from 'lit/html.js';
import { fieldsFor } from '../i18n/app-fields.js';
import { appFiles } from './files.js';
import { breakable, unfolded } from './parts.js';

export function howToView(context) {
  const { result, words } = context;
  const { app, steps } = result;
  const name = words.say(`apps.${app}.name`);
  const signIn = steps?.kind === 'sign-in';
  // On an iPhone nobody needs to type at all.
  const profile = app === 'ios' ? appFiles(context) : nothing;
  if (!steps && context.state.phase === 'running') return reserved(name, words);
  if (!steps) return profile === nothing ? nothing : html`<div class="how-to">${profile}</div>`;
  return html`<div class="how-to">
    ${signIn ? html`<p class="sign-in-there">${signInLead(steps, words)}</p>` : profile}
    <details ?open=${signIn} @toggle=${context.actions.unfold('how-to')}>
      <summary class="unfold">${words.say('howTo.title', { app: name })}</summary>
      ${unfolded('how-to', () => stepsView(steps, context), context)}
      ${
        steps.help
          ? html`<p class="quiet">
              <a href=${steps.help} target="_blank" rel="noopener noreferrer"
                >${words.say('howTo.help', { app: name })}</a
              >
            </p>`
          : nothing
      }
    </details>
  </div>`;
}

function stepsView({ steps }, context) {
  return html`<ol>
    ${steps.map((step) => stepView(step, context))}
  </ol>`;
}

/** The steps come when both sides are proved; what is below them does not move then. */
function reserved(app, words) {
  return html`<div class="how-to reserved" aria-hidden="true">
    <p>${words.say('howTo.title', { app })}</p>
  </div>`;
}

function signInLead({ choice, provider }, words) {
  return words.say(choice ? 'howTo.choose' : 'howTo.signIn', { choice, provider });
}

function stepView({ name, side, args }, { result, words }) {
  const text = words.say(`appSteps.${result.app}.${name}`, args);
  if (!side) return html`<li>${text}</li>`;
  const { setting, username } = result.sides[side];
  return html`<li>
    ${text}
    <dl class="how-to-fields">
      ${fieldsFor(result.app, side, setting, words.locale.apps, username).map(
        ({ label, value }) =>
          html`<div>
            <dt>${label}</dt>
            <dd translate="no">${breakable(value)}</dd>
          </div>`,
      )}
    </dl>
  </li>`;
}
