/** Files that are made in the page from the proved settings, and what an administrator can publish. */
import { html, nothing } from 'lit/html.js';
import { sign } from './icons.js';
import { copyButton } from './parts.js';

/** The configuration file, for an app that reads it. */
export function autoconfigView({ result, words, actions }) {
  const { autoconfig } = result.files;
  return autoconfig ? fileButton(autoconfig, { words, actions }) : nothing;
}

/** The profile for the chosen app, or why there is none. */
export function appFiles({ state, result, words, actions }) {
  const { profile, tokenOnly } = result.files;
  if (tokenOnly) return html`<p>${words.say('files.profileToken')}</p>`;
  if (!profile) return nothing;
  const make = () => profile.text(words.say('files.profileNotes', { domain: state.target }));
  return html`<button
      type="button"
      class="button small"
      @click=${() => actions.save(profile.name, profile.type, make())}
    >
      ${sign('save')}${words.say('files.profile')}
    </button>
    <p class="quiet">${words.say('files.profileText')}</p>`;
}

function fileButton({ name, type, text }, { words, actions }) {
  return html`<button
    type="button"
    class="button small"
    @click=${() => actions.save(name, type, text())}
  >
    ${sign('save')}${words.say('files.autoconfig')}
  </button>`;
}

/** What the domain does not publish yet; nothing where it does, or where we could not learn it. */
export function adminView({ state, result, words, actions }) {
  const { admin } = result.files;
  if (!admin) return nothing;
  const { records, autoconfig, url } = admin;
  return html`<details class="card fold admin">
    <summary><h2>${words.say('files.adminTitle')}</h2></summary>
    <div class="fold-body">
      <p>${words.say('files.adminText', { domain: state.target })}</p>
      ${
        records
          ? html`<h3>${words.say('files.srv')}</h3>
              <pre
                class="transcript"
                translate="no"
                tabindex="0"
                aria-label=${words.say('files.srv')}
              >
${records}</pre>
              ${copyButton({
                id: 'srv',
                text: records,
                what: words.say('files.srv'),
                label: words.say('files.copySrv'),
                state,
                words,
                actions,
              })}`
          : nothing
      }
      ${
        autoconfig
          ? html`<h3>${words.say('files.autoconfigTitle')}</h3>
              <p>${words.say('files.autoconfigText', { url })}</p>
              ${fileButton(autoconfig, { words, actions })}`
          : nothing
      }
    </div>
  </details>`;
}
