/** From the computer to the phone: a QR code of the link to this page, with the domain and nothing more. */
import { html, nothing, svg } from 'lit/html.js';
import { notCome } from './parts.js';

export function phoneView({ state, result, words, actions }) {
  if (!result.phone) return nothing;
  const { code } = state;
  return html`<details
    class="phone"
    @toggle=${({ target }) => target.open && !code && actions.drawCode()}
  >
    <summary class="unfold">${words.say('phone.title')}</summary>
    <div class="phone-body">
      ${code?.drawn ? drawing(code.drawn, words.say('phone.code', { link: state.link })) : nothing}
      <p role="status">
        ${code?.failed ? notCome(actions.drawCode, words) : words.say('phone.text', { domain: state.target })}
      </p>
    </div>
  </details>`;
}

function drawing({ size, path }, label) {
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label=${label}>
    ${svg`<rect width=${size} height=${size} />`}${svg`<path d=${path} />`}
  </svg>`;
}
