/** What the password check stands in: what is in it comes when the card is opened. */
import { html, nothing } from 'lit/html.js';
import { late } from './late.js';
import { onceHere } from './parts.js';

export function signInView(context) {
  const { result, words, actions } = context;
  return html`
    <section part="sign-in" aria-labelledby="sign-in-title">
      <details class="card fold" @toggle=${actions.toggleSignIn}>
        <summary><h2 id="sign-in-title">${signInTitle(result, words)}</h2></summary>
        <div class="fold-body">${signInBody(context)}</div>
      </details>
    </section>
  `;
}

export function signInTitle({ signInTest }, words) {
  return words.say(
    signInTest && !signInTest.hopeless ? 'answer.tryPassword' : 'answer.passwordRefused',
  );
}

/** The form, and what came of it. */
export function signInBody(context) {
  if (!context.state.signInOpen) return nothing;
  return onceHere(() => late('sign-in').signInBody(context), context);
}
