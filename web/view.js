/** The whole element from its state. Computes nothing: the parts are in view/. */
import { html, nothing } from 'lit';
import { shareView, signInView, vantageView } from './view/after.js';
import { answerTitle, answerView, settingsCard } from './view/answer.js';
import { formView } from './view/form.js';
import { helpView } from './view/help.js';
import { pastedView } from './view/pasted-result.js';
import { portsView } from './view/ports.js';
import { problemsView } from './view/problems.js';
import { progressView } from './view/progress.js';
import { typedTitles, typedView } from './view/typed-result.js';

export { answerTitle };

/**
 * @param {{state: object, words: object, actions: object, tables: object}} context `state` as
 *   element.js keeps it, `actions` what its controls call
 */
export function view(context) {
  const { state, words } = context;
  const { phase, settings } = state;
  return html`
    <div class="root" part="root" lang=${words.lang} dir=${state.dir ?? words.dir}>
      ${formView(context)}
      <p class="alert" role="alert" ?hidden=${!state.alert}>${state.alert ?? ''}</p>
      ${phase === 'running' ? progressView(context) : nothing}
      ${phase === 'running' && settings.incoming && settings.outgoing
        ? settingsCard({ ...context, early: true })
        : nothing}
      ${phase === 'done' ? html`${typedView(context)}${pastedView(context)}` : nothing}
      ${phase === 'done'
        ? html`${answerView(context)}${helpView(context)}${problemsView(context)}`
        : nothing}
      ${portsView(context)}
      ${phase === 'done'
        ? html`${signInView(context)}${vantageView(context)}${shareView(context)}`
        : nothing}
      <p class="unseen" role="status">
        ${phase === 'done' ? words.say('page.finished', { title: titles(context) }) : ''}
      </p>
    </div>
  `;
}

function titles({ state, words }) {
  return [...typedTitles(state, words), answerTitle(state, words)].join(' ');
}
