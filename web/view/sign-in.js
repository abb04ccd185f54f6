/** The password check: who sees what, the form, and what came of it. What it stands in is in sign-in-card.js. */
import { html, nothing } from 'lit/html.js';
import { sign, statusIcon } from './icons.js';
import { breakable } from './parts.js';
import { signInHelpView } from './sign-in-help.js';

export function signInBody(context) {
  const { state, result, words } = context;
  const { provider } = state;
  const { signIn: advice, signInTest } = result;
  const say = (part) => html`<p>${words.say(`signIn.${part}`)}</p>`;
  const rest = advice.filter((part) => part !== 'lead').map(say);
  if (!signInTest) return advice.map(say);
  if (signInTest.hopeless)
    return html`<p>${words.say('signIn.hopeless')}</p>
      ${signInTest.help ? signInHelpView(signInTest.help, words) : nothing}
      ${provider?.signIn ? say(provider.signIn) : nothing}`;
  return html`${signInForm(context)}
    <details class="sign-in-advice">
      <summary class="unfold">${words.say('answer.passwordRefused')}</summary>
      ${rest}
    </details>`;
}

function signInForm(context) {
  const { state, result, words, actions, tables } = context;
  const { sides, user, warning, help } = result.signInTest;
  const { running, shown, error } = state.signIn;
  const asked = sides.filter(({ confirm }) => confirm).map(({ setting }) => setting.server);
  const strangers = [...new Set(asked)];
  return html`<div class="sign-in">
    <form novalidate autocomplete="on" @submit=${actions.signIn}>
      ${
        warning
          ? html`<div class="caution">
              <p>${words.say(`signIn.${warning}`)}</p>
              ${help ? signInHelpView(help, words) : nothing}
            </div>`
          : nothing
      }
      <label for="sign-in-user">${words.say('signIn.user')}</label>
      <input
        id="sign-in-user"
        type="text"
        autocomplete="username"
        autocapitalize="none"
        spellcheck="false"
        maxlength=${tables.limits.user_bytes}
        .value=${user}
      />
      <label for="sign-in-password">${words.say('signIn.password')}</label>
      <div class="sign-in-password">
        <input
          id="sign-in-password"
          type=${shown ? 'text' : 'password'}
          autocomplete="current-password"
          autocapitalize="none"
          spellcheck="false"
          maxlength=${tables.limits.password_bytes}
          aria-describedby=${error ? 'sign-in-error' : nothing}
        />
        <button type="button" class="link" aria-pressed=${shown} @click=${actions.showPassword}>
          ${words.say('signIn.show')}
        </button>
      </div>
      ${strangers.map((server) => confirmation(server, context))}
      <p class="field-error" id="sign-in-error" role="alert" ?hidden=${!error}>
        ${error ? words.say(`signIn.${error}`) : ''}
      </p>
      <button type="submit" class="button primary" aria-disabled=${running}>
        ${sign('lock')}${words.say(running ? 'signIn.running' : 'signIn.try')}
      </button>
      <p class="quiet">${plan(sides, words)}</p>
    </form>
    ${outcomes(context)}
    <ul class="sign-in-points">
      ${[
        ['lock', 'pointEncrypted'],
        ['network', 'pointBridge'],
        ['nobody', 'pointNotKept'],
        ['screen', 'pointPage'],
      ].map(([icon, key]) => html`<li>${sign(icon)}${words.say(`signIn.${key}`)}</li>`)}
    </ul>
  </div>`;
}

/** Only the domain's own records lead there: the person reads the name before a password goes to it. */
function confirmation(server, { state, words, actions }) {
  return html`<div class="sign-in-confirm">
    <p>${words.say('signIn.confirmLead', { domain: state.target })}</p>
    <p class="sign-in-server" translate="no">${breakable(server)}</p>
    <label
      ><input
        type="checkbox"
        .checked=${state.signIn.confirmed.has(server)}
        @change=${({ target }) => actions.confirmServer(server, target.checked)}
      />
      ${words.say('signIn.confirm')}</label
    >
  </div>`;
}

function plan(sides, words) {
  const [first, second] = sides.map(({ setting }) => setting.port);
  return second
    ? words.say('signIn.planBoth', { first, second })
    : words.say('signIn.planOne', { first });
}

/** What came of it, for each server that was asked. */
function outcomes({ state, result, words, actions }) {
  const { tried, right, other } = result.signInTest;
  return html`<div class="sign-in-result" role="status">
    ${right ? html`<p><strong>${words.say(`signIn.${right}`)}</strong></p>` : nothing}
    ${tried.map(({ side, setting, status, finding, cut, help }) => {
      const { title, cause, fix } = words.explain(finding.id, {
        host: setting.server,
        port: setting.port,
        ports: [setting.port],
        ...finding.args,
      });
      return html`<div class="sign-in-tried">
        <h3>${words.say(`answer.${side}`)}: <span translate="no">${setting.server}</span></h3>
        <p class="status ${status}">${statusIcon(status)}<strong>${title}</strong></p>
        ${
          status === 'works'
            ? nothing
            : cut
              ? html`<p>${words.say(`signIn.cut.${cut}`)}</p>`
              : html`<p>${cause}</p>
                  <p>${fix}</p>
                  ${help ? signInHelpView(help, words) : nothing}`
        }
      </div>`;
    })}
    ${
      other && !state.signIn.running
        ? html`<p>
            ${words.say('signIn.other')}
            <button type="button" class="button small" @click=${() => actions.useName(other)}>
              ${words.say('signIn.useOther', { user: other })}
            </button>
          </p>`
        : nothing
    }
  </div>`;
}
