/** The provider's own help, beside the answer: the links of its preset, and what the embedder put in. */
import { html } from 'lit/html.js';

/** The slot takes the embedder's own contact lines, with a preset or without. */
export function helpView({ state: { preset }, words }) {
  const slot = html`<slot name="help" part="help-slot"></slot>`;
  if (!preset || preset.links.length === 0) return slot;
  return html`
    <section class="card provider-help" part="help" aria-labelledby="help-title">
      <h2 id="help-title">
        ${
          preset.name
            ? words.say('help.from', { name: preset.name })
            : words.say('help.fromProvider')
        }
      </h2>
      <ul>
        ${preset.links.map(
          ({ kind, url }) =>
            html`<li>
              <a href=${url} target="_blank" rel="noopener">${words.say(`help.links.${kind}`)}</a>
            </li>`,
        )}
      </ul>
      ${slot}
    </section>
  `;
}
