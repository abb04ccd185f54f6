/** The answer: can mail be received and sent, and with which settings. */
import { html, nothing } from 'lit/html.js';
import { fieldsFor } from '../i18n/app-fields.js';
import { adminView, appFiles, autoconfigView } from './files.js';
import { firstStepView, problemsIn } from './found.js';
import { statusIcon } from './icons.js';
import { breakable, copyButton } from './parts.js';
import { phoneView } from './phone.js';
import { howToView } from './how-to.js';
import { progressView, runningTitle } from './progress.js';
import { settingsText } from './settings-text.js';
import { slipView } from './slip.js';

/** Headline → the status whose sign it carries. */
const ICON = {
  ready: 'works',
  readyProblems: 'works',
  readyBut: 'works-but',
  readyPop3: 'works-but',
  receiveOnly: 'works-but',
  receiveUntested: 'works-but',
  sendOnly: 'works-but',
  sendUntested: 'works-but',
  foreign: 'not-tested',
  misspelled: 'not-tested',
  claimed: 'not-tested',
  nothing: 'broken',
  receiveFailed: 'broken',
  sendFailed: 'broken',
  readyNoMail: 'works-but',
  receiveHere: 'works-but',
  sendHere: 'works-but',
  nothingHere: 'blocked',
  noMail: 'not-offered',
  noServer: 'not-offered',
  noDomain: 'broken',
  silent: 'blocked',
  untested: 'not-tested',
  ours: 'not-tested',
};

export function answerTitle({ answer: { title } }, words) {
  const { provider = words.say('answer.thisProvider') } = title.args;
  return words.say(title.key, { ...title.args, provider });
}

/**
 * While the ports are checked the same place shows how far that is. One template for both: whoever reads
 * or copies there when the check ends keeps the place and the focus.
 */
export function answerView(context) {
  const { state, result, words } = context;
  const running = state.phase === 'running';
  const { key, lead } = result.answer;
  const proved = state.settings.incoming || state.settings.outgoing;
  // Then the first step is to use the settings.
  const ready =
    !running && key.startsWith('ready') && key !== 'readyPop3' && !problemsIn(context).step?.signIn;
  const step = running ? nothing : firstStepView(context);
  const id = running ? 'running-title' : 'answer-title';
  const title = running ? runningTitle(state, words) : answerTitle(result, words);
  return html`
    <section class="answer" part="answer" aria-labelledby=${id}>
      <div class="headline ${running ? 'underway' : ''}" part="headline">
        ${
          running
            ? nothing
            : html`<span class="headline-icon status ${ICON[key]}">${statusIcon(ICON[key])}</span>`
        }
        <h2 id=${id} tabindex="-1">${title}</h2>
        ${running ? progressView(context) : html`${leadView(state, lead, words)} ${linkButton(context)}`}
      </div>
      ${running ? nothing : slipView(context)} ${ready ? nothing : step}
      ${running || proved ? settingsCard(context) : nothing} ${ready ? step : nothing}
      ${proved && !running ? phoneView(context) : nothing} ${running ? nothing : adminView(context)}
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

/** The card with the fields of the chosen app; while the ports are checked, with what is proved so far. */
export function settingsCard({ state, result, words, actions }) {
  const { answer, apps, app, sides } = result;
  const early = state.phase === 'running';
  return html`
    <div
      class="card settings ${answer.ours ? '' : 'not-ours'}"
      part="settings"
      role="group"
      aria-label=${words.say('answer.settingsLabel')}
    >
      <fieldset class="apps">
        <legend>${words.say('answer.apps')}</legend>
        <div class="app-strip">
          ${apps.map(
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
      ${howToView({ state, result, words, actions })}
      <div class="sides">
        ${Object.entries(sides).map(([side, shown]) =>
          sideView({ side, shown, state, app, words, actions }),
        )}
      </div>
      <div class="card-foot">
        ${
          early
            ? html`<p>${words.say(earlyKey(sides))}</p>`
            : html`<div class="foot-text">
                  ${passwordView({ result, words, actions })} ${elsewhere(result, words)}
                  ${moreView({ state, result, words, actions })}
                </div>
                <div class="foot-acts">
                  ${
                    answer.key === 'claimed'
                      ? nothing
                      : copyButton({
                          id: 'settings',
                          text: settingsText({ settings: state.settings, app }, words, sides),
                          what: words.say('answer.settingsLabel'),
                          label: words.say('answer.copyAll'),
                          state,
                          words,
                          actions,
                        })
                  }
                  ${app === 'ios' ? nothing : appFiles({ state, result, words, actions })}
                </div>`
        }
      </div>
    </div>
  `;
}

function earlyKey({ incoming, outgoing }) {
  if (incoming.setting && outgoing.setting) return 'running.early';
  return incoming.setting || outgoing.setting ? 'running.earlyOne' : 'running.earlyNone';
}

function leadView({ stopped }, lead, words) {
  const said = [
    stopped ? words.say('running.stopped') : null,
    lead ? words.say(lead.key, lead.args) : null,
  ].filter(Boolean);
  return said.length > 0 ? html`<p>${said.join(' ')}</p>` : nothing;
}

function sideView({ side, shown, state, app, words, actions }) {
  const { setting, status, confirmed, username, source, caution, imap } = shown;
  const title = words.say(`answer.${side}`);
  const pending = state.phase === 'running' && !setting;
  return html`<section class="side" aria-label=${title}>
    <header>
      <h3>
        ${title}
        ${
          setting
            ? html`<span class="protocol" translate="no">${setting.protocol.toUpperCase()}</span>`
            : nothing
        }
      </h3>
      ${mark(status, words)}
    </header>
    ${
      setting || status === 'running'
        ? nothing
        : html`<p class="quiet">${words.say('answer.notProved')}</p>`
    }
    ${
      setting || pending
        ? html`<dl
            class="fields ${pending ? 'pending' : ''}"
            aria-hidden=${pending ? 'true' : nothing}
          >
            ${besideEachOther(
              fieldsFor(app, side, setting ?? PENDING[side], words.locale.apps, username),
            ).map(
              ({ id, label, value, copy }) =>
                html`<div>
                  <dt>${label}</dt>
                  <dd>
                    <span translate="no">${pending ? '…' : breakable(value)}</span>
                    ${
                      copy && confirmed
                        ? copyButton({
                            id: `${side}-${id}`,
                            text: value,
                            name: words.say(`answer.copyField.${side}.${id}`),
                            state,
                            words,
                            actions,
                          })
                        : nothing
                    }
                  </dd>
                </div>`,
            )}
          </dl>`
        : nothing
    }
    ${caution ? sourceView(source, words) : nothing}
    ${imap ? html`<p class="quiet source">${words.say(`answer.pop3.${imap}`)}</p>` : nothing}
  </section>`;
}

/** Apps ask for the protocol on one side only: it stands with the title, and the rest in equal rows. */
function besideEachOther(fields) {
  return fields.filter(({ id }) => id !== 'protocol');
}

/** What a side will probably have, as far as its labels go: they keep the room for it. */
const USUAL = {
  server: '…',
  port: '…',
  security: 'ssl',
  authentication: 'password',
  username: 'address',
};
const PENDING = {
  incoming: { ...USUAL, protocol: 'imap' },
  outgoing: { ...USUAL, protocol: 'smtp' },
};

const MARK = {
  running: 'testing',
  works: 'tested',
  'works-but': 'testedBut',
  'not-tested': 'unconfirmed',
  'not-offered': 'unconfirmed',
};

function mark(status, words) {
  return html`<span class="status ${status}"
    >${statusIcon(status)}<span>${words.say(`answer.${MARK[status]}`)}</span></span
  >`;
}

/** Which password to type. */
function passwordView({ result: { password, signInTest }, words, actions }) {
  const { text, help } = password;
  const more = signInTest && !signInTest.hopeless ? 'answer.tryPassword' : 'answer.passwordLink';
  return html`<p>
    <strong>${words.say('answer.password')}</strong> ${words.say(text.key, text.args)}
    ${
      help
        ? html`<a href=${help.url} target="_blank" rel="noopener noreferrer"
            >${words.say('answer.passwordHelp', { provider: help.provider })}</a
          >`
        : nothing
    }
    <button type="button" class="link" @click=${actions.showSignIn}>${words.say(more)}</button>
  </p>`;
}

/** Published ports that nobody can test from here. */
function elsewhere({ elsewhere: list }, words) {
  if (list.length === 0) return nothing;
  return html`<p>${words.say('answer.elsewhere', { list: words.list(list) })}</p>`;
}

/** Where the names come from, and what else works. */
function moreView(context) {
  const { state, result, words } = context;
  const { settings } = state;
  const { sides } = result;
  const sources = Object.entries(sides).filter(([, { source, caution }]) => source && !caution);
  const others = settings.alternatives;
  if (sources.length + others.length === 0) return nothing;
  return html`<details class="more-settings printed">
    <summary>${words.say('answer.more')}</summary>
    ${sources.map(
      ([side, { source }]) =>
        html`<p class="quiet source">
          ${words.say(`answer.${side}`)}: ${words.say(source.key, source.args)}
        </p>`,
    )}
    ${
      others.length > 0
        ? html`<p>${words.count('answer.alternatives', others.length)}</p>
            <ul class="alternatives">
              ${others.map(
                ({ protocol, server, port, security }) =>
                  html`<li translate="no">
                    ${protocol.toUpperCase()}, ${server}, ${port},
                    ${words.say(`security.${security}`)}
                  </li>`,
              )}
            </ul>`
        : nothing
    }
    ${autoconfigView(context)}
  </details>`;
}

function sourceView({ key, args }, words) {
  return html`<p class="quiet source">${words.say(key, args)}</p>`;
}
