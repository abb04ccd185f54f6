/** The whole check in little room: the settings first, all else folded. For frames and side columns. */
import { html, nothing } from 'lit/html.js';
import { placeWords } from '../i18n/place.js';
import { checkedWords } from '../i18n/when.js';
import { ownNetworkView, reportButtons } from './after.js';
import { anew } from './anew.js';
import { answerTitle, settingsCard } from './answer.js';
import { formView } from './form.js';
import { helpView } from './help.js';
import { sign, statusIcon } from './icons.js';
import { late } from './late.js';
import { offerView } from './offer.js';
import { onceHere } from './parts.js';
import { portsView } from './ports.js';
import { progressView, runningTitle } from './progress.js';
import { signInBody, signInTitle } from './sign-in-card.js';
import { slipView } from './slip.js';
import { askedView, earlierView, firstStepView, moreProblemsView } from './found.js';

export function compactView(context) {
  const { state, words } = context;
  const { phase, screen, settings } = state;
  const both = settings.incoming && settings.outgoing;
  const done = phase === 'done';
  return html`
    ${formView(context)} ${offerView(context)}
    <p class="alert" role="alert" ?hidden=${!state.alert}>${state.alert ?? ''}</p>
    ${earlierView(context)} ${done ? askedView(context) : nothing}
    <div class="card widget">
      ${phase === 'idle' ? nothing : anew(screen, mainView(context))}
      ${done && !both ? moreProblemsView(context) : nothing}
      ${fold('ports', words.say(phase === 'idle' ? 'compact.portsIdle' : 'compact.ports'), portsView(context))}
      ${done ? fold('trouble', words.say('compact.trouble'), troubleView(context, both), context.actions.toggleSignIn) : nothing}
      ${footView(context)}
    </div>
  `;
}

/** What goes on, and then what came of it: one template for both, as in answer.js. */
function mainView(context) {
  const { phase, settings } = context.state;
  const running = phase === 'running';
  return html`
    ${headView(context)} ${running ? nothing : firstStepView(context)}
    ${running || settings.incoming || settings.outgoing ? settingsCard(context) : nothing}
  `;
}

function fold(name, title, content, onToggle = nothing) {
  return html`<details class="compact-fold" data-fold=${name} @toggle=${onToggle}>
    <summary><span>${title}</span>${sign('down')}</summary>
    <div class="compact-body">${content}</div>
  </details>`;
}

/** Whose settings they are, and in two marks whether they work; before that, how far the check is. */
function headView(context) {
  const { state, result, words } = context;
  const running = state.phase === 'running';
  const { answer, sides } = result;
  const some = answer.ours && (sides.incoming.setting || sides.outgoing.setting);
  const found = some
    ? words.say('compact.title', { domain: state.target })
    : answerTitle(result, words);
  const title = running ? runningTitle(state, words) : found;
  return html`<header class="widget-head" part="headline">
    <h2 id=${running ? 'running-title' : 'answer-title'} tabindex="-1">${title}</h2>
    ${running ? progressView(context) : foundView(context, some)}
  </header>`;
}

function foundView(context, some) {
  const { state, result, words } = context;
  const { report, vantage } = state;
  const { sides } = result;
  const mark = (side, good, bad) => {
    const { confirmed } = sides[side];
    const status = confirmed ? sides[side].status : 'not-tested';
    return html`<span class="status ${status}"
      >${statusIcon(status)}<span>${words.say(`compact.${confirmed ? good : bad}`)}</span></span
    >`;
  };
  const place = placeWords(vantage, words);
  return html`
    ${
      some
        ? html`<p class="marks">
            ${mark('incoming', 'receiving', 'notReceiving')}
            ${mark('outgoing', 'sending', 'notSending')}
          </p>`
        : nothing
    }
    ${slipView(context)}
    <p class="quiet">${checkedWords({ started: report.started, ms: report.ms, place }, words)}</p>
  `;
}

/** What helps whoever is still stuck: what was found, the provider's own help, sign-in, the report. */
function troubleView(context, both) {
  const { words } = context;
  return html`
    ${both ? moreProblemsView(context) : nothing} ${helpView(context)} ${secondPlace(context)}
    ${ownNetworkView(context)}
    <section part="sign-in" aria-labelledby="sign-in-title">
      <h2 id="sign-in-title">${signInTitle(context.result, words)}</h2>
      ${signInBody(context)}
    </section>
    <section part="share" aria-labelledby="share-title">
      <h2 id="share-title">${words.say('compact.report')}</h2>
      <p class="quiet">${words.say('share.text')}</p>
      <div class="buttons">${reportButtons(context)}</div>
    </section>
  `;
}

function secondPlace(context) {
  if (!context.result.second) return nothing;
  return onceHere(() => late('vantage').secondPlaceView(context), context);
}

function footView({ state, words, actions, fullPage }) {
  const { phase, restored, saved, vantage } = state;
  const place = placeWords(vantage, words);
  return html`<footer class="widget-foot">
    <span>
      ${phase === 'done' ? words.say('compact.foot', { place }) : words.say('compact.footIdle')}
    </span>
    ${
      phase === 'done' && !restored && saved === null
        ? html`<button type="button" class="link" @click=${actions.startOver}>
            ${words.say('restored.startOver')}
          </button>`
        : nothing
    }
    <a href=${fullPage} target="_blank" rel="noopener">${words.say('compact.full')}</a>
  </footer>`;
}
