/** Files that are made in the page from the proved settings, and what an administrator can publish. */
import { html, nothing } from 'lit';
import { PROFILE_TYPE, appleProfile, fitsProfile } from '../report/apple-profile.js';
import {
  AUTOCONFIG_NAME,
  AUTOCONFIG_TYPE,
  autoconfig,
  lacking,
  srvLines,
} from '../report/domain-files.js';
import { sign } from './icons.js';
import { copyButton } from './parts.js';

/** What the chosen app can read. */
export function appFiles({ state, words, actions }) {
  const { settings, app, domain, target, mailbox } = state;
  if (!settings.incoming || !settings.outgoing) return nothing;
  if (app === 'thunderbird') return autoconfigButton({ state, words, actions });
  if (app !== 'apple' && app !== 'ios') return nothing;
  if (!fitsProfile(settings)) return html`<p>${words.say('files.profileToken')}</p>`;
  const make = () =>
    appleProfile({
      settings,
      domain,
      shown: target,
      mailbox,
      description: words.say('files.profileNotes', { domain: target }),
    });
  return html`<button
      type="button"
      class="button small"
      @click=${() => actions.save(`${domain}.mobileconfig`, PROFILE_TYPE, make())}
    >
      ${sign('save')}${words.say('files.profile')}
    </button>
    <p class="quiet">${words.say('files.profileText')}</p>`;
}

function autoconfigButton({ state, words, actions }) {
  const { settings, domain, target } = state;
  const make = () => autoconfig({ domain, shown: target, settings });
  return html`<button
    type="button"
    class="button small"
    @click=${() => actions.save(AUTOCONFIG_NAME, AUTOCONFIG_TYPE, make())}
  >
    ${sign('save')}${words.say('files.autoconfig')}
  </button>`;
}

/** What the domain does not publish yet; nothing where it does, or where we could not learn it. */
export function adminView({ state, words, actions }) {
  const { domain, target, settings } = state;
  const lacks = lacking(state);
  if (!lacks.srv && !lacks.autoconfig) return nothing;
  const records = srvLines(domain, settings);
  return html`<details class="card fold admin">
    <summary><h2>${words.say('files.adminTitle')}</h2></summary>
    <div class="fold-body">
      <p>${words.say('files.adminText', { domain: target })}</p>
      ${
        lacks.srv
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
        lacks.autoconfig
          ? html`<h3>${words.say('files.autoconfigTitle')}</h3>
              <p>
                ${words.say('files.autoconfigText', {
                  url: `https://autoconfig.${domain}/mail/${AUTOCONFIG_NAME}`,
                })}
              </p>
              ${autoconfigButton({ state, words, actions })}`
          : nothing
      }
    </div>
  </details>`;
}
