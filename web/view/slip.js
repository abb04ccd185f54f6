/**
 * Did you mean …? One tap checks what was perhaps meant: below the headline, or at the field. In a
 * provider's own page others are led to the page that is nobody's.
 */
import { html, nothing } from 'lit/html.js';

export function slipView({ state, result, words, actions, neutralPage }) {
  if (result.meant.length === 0 && !neutralPage) return nothing;
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
    ${
      neutralPage
        ? html`<p>
            <a href=${neutralPage} target="_blank" rel="noopener"
              >${words.say('answer.checkElsewhere', { domain: state.target })}</a
            >
          </p>`
        : nothing
    }
  </div>`;
}
