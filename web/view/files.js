/** Files that are made in the page from the proved settings, and what an administrator can publish. */
import { html, nothing } from 'lit/html.js';
import { sign } from './icons.js';
import { late } from './late.js';
import { unfolded } from './parts.js';

/** The configuration file, for an app that reads it. */
export function autoconfigView({ state, result, words, actions }) {
  const { autoconfig } = result.files;
  return autoconfig ? fileButton(autoconfig, { state, words, actions }) : nothing;
}

/** The profile for the chosen app, or why there is none. */
export function appFiles({ state, result, words, actions }) {
  const { profile, tokenOnly } = result.files;
  if (tokenOnly) return html`<p>${words.say('files.profileToken')}</p>`;
  if (!profile) return nothing;
  const make = () => {
    const description = words.say('files.profileNotes', { domain: state.target });
    return late('files').profileOf(state, description);
  };
  return html`<button
      type="button"
      class="button small"
      @click=${() => actions.save(profile.name, profile.type, make)}
    >
      ${sign('save')}${words.say('files.profile')}
    </button>
    <p class="quiet">${words.say('files.profileText')}</p>`;
}

export function fileButton({ name, type }, { state, words, actions }) {
  return html`<button
    type="button"
    class="button small"
    @click=${() => actions.save(name, type, () => late('files').autoconfigOf(state))}
  >
    ${sign('save')}${words.say('files.autoconfig')}
  </button>`;
}

/** What the domain does not publish yet; nothing where it does, or where we could not learn it. */
export function adminView(context) {
  const { result, words, actions } = context;
  if (!result.files.admin) return nothing;
  return html`<details class="card fold admin" @toggle=${actions.unfold('admin')}>
    <summary><h2>${words.say('files.adminTitle')}</h2></summary>
    <div class="fold-body">
      ${unfolded('admin', () => late('files').adminView(context), context)}
    </div>
  </details>`;
}
