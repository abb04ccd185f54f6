/** What the administrator of a domain can publish: comes when its fold is opened. */
import { html, nothing } from 'lit/html.js';
import { fileButton } from './files.js';
import { copyButton } from './parts.js';

/** @param {string} records the lines for a zone file, see domain-files.js */
export function adminBody({ state, result, words, actions }, records) {
  const { admin } = result.files;
  const { autoconfig, url } = admin;
  return html`
    <p>${words.say('files.adminText', { domain: state.target })}</p>
    ${
      admin.records
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
            ${fileButton(autoconfig, { state, words, actions })}`
        : nothing
    }
  `;
}
