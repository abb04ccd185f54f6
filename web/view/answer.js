/** The answer: can mail be received and sent, and with which settings. */
import { html, nothing } from 'lit';
import { answerKey } from '../verdict/answer-key.js';
import { settingsText } from '../report/plain-text.js';
import { APPS, fieldsFor } from '../verdict/settings.js';
import { providerOfServer } from '../discover/providers.js';
import { adminView, appFiles } from './files.js';
import { statusIcon } from './icons.js';
import { breakable, copyButton } from './parts.js';
import { settingSource } from './sources.js';

/** Headline → the status whose sign it carries. */
const ICON = {
  ready: 'works',
  readyProblems: 'works',
  readyBut: 'works-but',
  receiveOnly: 'works-but',
  receiveUntested: 'works-but',
  sendOnly: 'works-but',
  sendUntested: 'works-but',
  foreign: 'not-tested',
  claimed: 'not-tested',
  nothing: 'broken',
  noMail: 'not-offered',
  untested: 'not-tested',
  ours: 'not-tested',
};

export function answerTitle(state, words) {
  const key = answerKey(state).replace('readyProblems', 'ready');
  return words.say(`answer.${key}`, { domain: state.target, provider: providerName(state, words) });
}

/** The one whose page this is, as the notice has it, since a saved report has no preset. */
function providerName({ problems }, words) {
  const notice = problems.find(({ id }) => id === 'not-this-provider');
  return notice?.args.provider ?? words.say('answer.thisProvider');
}

export function answerView({ state, words, actions }) {
  const key = answerKey(state);
  const own = key === 'readyProblems' ? 'answer.readyProblems' : `answer.${key}Lead`;
  const lead = state.saved === null || key === 'claimed' ? own : 'saved.lead';
  const proved = state.settings.incoming || state.settings.outgoing;
  return html`
    <section class="answer" part="answer" aria-labelledby="answer-title">
      <div class="headline" part="headline">
        <span class="headline-icon status ${ICON[key]}">${statusIcon(ICON[key])}</span>
        <h2 id="answer-title" tabindex="-1">${answerTitle(state, words)}</h2>
        <p>
          ${state.stopped ? html`${words.say('running.stopped')} ` : nothing}${words.say(lead, { domain: state.target })}
        </p>
        ${linkButton({ state, words, actions })}
      </div>
      ${proved ? settingsCard({ state, words, actions }) : nothing}
      ${adminView({ state, words, actions })}
    </section>
  `;
}

/** A link that can be passed on: with the domain, never with what is before the @. */
function linkButton({ state, words, actions }) {
  const label = words.say('answer.copyLink');
  const button = copyButton({
    id: 'link',
    text: state.link,
    what: label,
    label,
    icon: 'link',
    state,
    words,
    actions,
  });
  return html`<div class="headline-acts">${button}</div>`;
}

/** The card with the fields of the chosen app. */
export function settingsCard({ state, words, actions, early = false }) {
  const { settings, app } = state;
  const sides = { incoming: settings.incoming, outgoing: settings.outgoing };
  return html`
    <div
      class="card settings"
      part="settings"
      role="group"
      aria-label=${words.say('answer.settingsLabel')}
    >
      <fieldset class="apps">
        <legend>${words.say('answer.apps')}</legend>
        <div class="app-strip">
          ${APPS.map(
            (id) =>
              html`<label>
                <input
                  type="radio"
                  name="app"
                  value=${id}
                  .checked=${id === app}
                  @change=${({ target }) => {
                    actions.chooseApp(id);
                    target.parentElement.scrollIntoView({ block: 'nearest', inline: 'nearest' });
                  }}
                /><span>${words.say(`apps.${id}.name`)}</span></label
              >`,
          )}
        </div>
      </fieldset>
      <div class="sides">
        ${Object.entries(sides).map(([side, setting]) =>
          sideView({ side, setting, state, words, actions }),
        )}
      </div>
      <div class="card-foot">
        ${
          early
            ? html`<p>${words.say('running.early')}</p>`
            : html`<div class="foot-text">
                  ${passwordView({ state, words, actions })} ${alternatives(settings, words)}
                  ${elsewhere(state, words)}
                </div>
                <div class="foot-acts">
                  ${
                    answerKey(state) === 'claimed'
                      ? nothing
                      : copyButton({
                          id: 'settings',
                          text: settingsText(state, words, state.mailbox),
                          what: words.say('answer.settingsLabel'),
                          label: words.say('answer.copyAll'),
                          state,
                          words,
                          actions,
                        })
                  }
                  ${state.saved === null ? appFiles({ state, words, actions }) : nothing}
                </div>`
        }
      </div>
    </div>
  `;
}

function sideView({ side, setting, state, words, actions }) {
  const title = words.say(`answer.${side}`);
  if (!setting) {
    return html`<section class="side" aria-label=${title}>
      <header>
        <h3>${title}</h3>
        ${mark('not-offered', 'unconfirmed', words)}
      </header>
      <p class="quiet">${words.say('answer.notProved')}</p>
    </section>`;
  }
  return html`<section class="side" aria-label=${title}>
    <header>
      <h3>${title}</h3>
      ${settingMark(setting, words)}
    </header>
    <dl class="fields">
      ${fieldsFor(state.app, side, setting, words.locale.apps, state.mailbox).map(
        ({ id, label, value, copy }) =>
          html`<div>
            <dt>${label}</dt>
            <dd>
              <span translate="no">${breakable(value)}</span>
              ${
                copy && setting.vouched
                  ? copyButton({
                      id: `${side}-${id}`,
                      text: value,
                      what: label,
                      state,
                      words,
                      actions,
                    })
                  : nothing
              }
            </dd>
          </div>`,
      )}
    </dl>
    <p class="quiet source">${settingSource(setting, state.domain, words)}</p>
  </section>`;
}

function settingMark({ trusted, vouched }, words) {
  if (!vouched) return mark('not-tested', 'unconfirmed', words);
  return trusted ? mark('works', 'tested', words) : mark('works-but', 'testedBut', words);
}

function mark(status, key, words) {
  return html`<span class="status ${status}"
    >${statusIcon(status)}<span>${words.say(`answer.${key}`)}</span></span
  >`;
}

/** Which password: what is known of the provider, else what is usual. */
function passwordView({ state: { settings, provider: known }, words, actions }) {
  const { server, authentication, appPassword } = settings.incoming ?? settings.outgoing;
  const provider = providerOfServer(server, known);
  const kinds = {
    password: appPassword ? 'passwordApp' : 'passwordText',
    oauth2: appPassword ? 'passwordTokenOrApp' : 'passwordToken',
  };
  const text = provider ? kinds[authentication] : 'passwordText';
  return html`<p>
    <strong>${words.say('answer.password')}</strong> ${words.say(`answer.${text}`, {
      provider: provider?.name,
    })}
    ${
      provider?.help
        ? html`<a href=${provider.help} target="_blank" rel="noopener noreferrer"
            >${words.say('answer.passwordHelp', { provider: provider.name })}</a
          >`
        : nothing
    }
    <button type="button" class="link" @click=${actions.showSignIn}>
      ${words.say('answer.passwordLink')}
    </button>
  </p>`;
}

/** Published ports that nobody can test from here. */
function elsewhere({ summary }, words) {
  const list = (summary?.elsewhere ?? []).map(({ host, port }) => `${host}:${port}`);
  if (list.length === 0) return nothing;
  return html`<p>${words.say('answer.elsewhere', { list: words.list(list) })}</p>`;
}

function alternatives({ alternatives: others }, words) {
  if (others.length === 0) return nothing;
  const list = words.list(others.map(({ port }) => String(port)));
  return html`<p>${words.count('answer.alternatives', others.length, { list })}</p>`;
}
