/** From the computer to the phone: a QR code of the link to this page, with the domain and nothing more. */
import { html, nothing, svg } from 'lit';

export function phoneView({ state, result, words }) {
  const { qr } = result;
  if (!qr) return nothing;
  const { size, path } = qr;
  return html`<details class="phone">
    <summary class="unfold">${words.say('phone.title')}</summary>
    <div class="phone-body">
      <svg
        class="qr"
        viewBox="0 0 ${size} ${size}"
        role="img"
        aria-label=${words.say('phone.code', { link: state.link })}
      >
        ${svg`<rect width=${size} height=${size} />`}${svg`<path d=${path} />`}
      </svg>
      <p>${words.say('phone.text', { domain: state.target })}</p>
    </div>
  </details>`;
}
