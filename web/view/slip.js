/** Did you mean …? One tap checks what was perhaps meant: below the headline, or at the field. */
import { html, nothing } from 'lit';

export function slipView({ result, words, actions }) {
  if (result.meant.length === 0) return nothing;
  return html`<div class="meant">
    ${result.meant.map(
      (domain) =>
        html`<p>
          <strong>${words.say('answer.meant', { domain })}</strong>
          <button
            type="button"
            class="button primary small"
            @click=${() => actions.checkInstead(domain)}
          >
            ${words.say('answer.checkInstead', { domain })}
          </button>
        </p>`,
    )}
  </div>`;
}
