/** Where app passwords are made, or the provider's own help on signing in. */
import { html } from 'lit/html.js';

export function signInHelpView({ url, makes, provider }, words) {
  const key = makes ? 'signIn.makeAppPassword' : 'answer.passwordHelp';
  return html`<p class="sign-in-help">
    <a href=${url} target="_blank" rel="noopener noreferrer">${words.say(key, { provider })}</a>
  </p>`;
}
