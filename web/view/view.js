/** The whole element from its state. Computes nothing: the parts are in view/. */
import { html, nothing } from 'lit/html.js';
import { keyed } from 'lit/directives/keyed.js';
import { ownNetworkView, shareView, vantageView } from './after.js';
import { againSaid } from './again.js';
import { answerTitle, answerView } from './answer.js';
import { formView } from './form.js';
import { askedTitles, askedView, moreProblemsView } from './found.js';
import { helpView } from './help.js';
import { late } from './late.js';
import { dropView, openReportView, savedView } from './open-report.js';
import { portsView } from './ports.js';
import { offerView } from './offer.js';
import { milestone } from './progress.js';
import { restoredView } from './restored.js';
import { signInView } from './sign-in-card.js';

export { answerTitle };

/**
 * @param {{state: object, result: object, words: object, actions: object, tables: object,
 *   fullPage: string, neutralPage: string|null}} context `state` as the element keeps it, `result` what
 *   present() makes of that, `actions` what its controls call, `fullPage` the URL of the whole page,
 *   `neutralPage` that of the page without a preset, for who is not of the embedder's
 */
export function view(context) {
  const { state, words, actions } = context;
  return html`
    <div
      class="root ${state.compact ? 'compact' : ''}"
      part="root"
      lang=${words.lang}
      dir=${state.dir ?? words.dir}
      @dragenter=${(event) => actions.hover(event, true)}
      @dragover=${(event) => actions.hover(event, true)}
      @dragleave=${(event) => leaves(event) && actions.hover(event, false)}
      @drop=${actions.drop}
    >
      ${state.compact ? late('compact').compactView(context) : fullView(context)}
      ${dropView(context)}
      <p class="unseen" role="status">${milestones(context)}</p>
    </div>
  `;
}

function fullView(context) {
  const { state } = context;
  const { phase, screen } = state;
  return html`
    ${formView(context)} ${offerView(context)}
    <p class="alert" role="alert" ?hidden=${!state.alert}>${state.alert ?? ''}</p>
    ${savedView(context)} ${restoredView(context)}
    ${phase === 'done' ? askedView(context) : nothing}
    ${phase === 'idle' ? nothing : keyed(screen, answerView(context))}
    ${phase === 'done' ? html`${helpView(context)}${moreProblemsView(context)}${ownNetworkView(context)}` : nothing}
    ${portsView(context)}
    ${
      phase === 'done'
        ? html`${signInView(context)}${vantageView(context)}${shareView(context)}`
        : nothing
    }
    ${openReportView(context)}
  `;
}

/** The pointer has left the element, and not only gone on to a part of it. */
function leaves({ currentTarget, relatedTarget }) {
  return !relatedTarget || !currentTarget.contains(relatedTarget);
}

/** The one line for those who listen: what works already, that the check has ended, what came of it. */
function milestones(context) {
  const { state, words } = context;
  if (state.phase === 'running') return milestone(context);
  if (state.phase !== 'done') return '';
  const own = state.restored ? 'restored.shown' : 'page.finished';
  const key = state.saved === null ? own : 'saved.opened';
  const finished = words.say(key, { title: titles(context) });
  return [finished, againSaid(state, words)].filter(Boolean).join(' ');
}

function titles(context) {
  return [...askedTitles(context), answerTitle(context.result, context.words)].join(' ');
}
