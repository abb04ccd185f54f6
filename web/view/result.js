/** What a check shows, while it goes on and when it has ended: what stands above the table of ports, and below it. */
import { html, nothing } from 'lit/html.js';
import { ownNetworkView, shareView, vantageView } from './after.js';
import { againSaid } from './again-words.js';
import { anew } from './anew.js';
import { answerTitle, answerView } from './answer.js';
import { askedTitles, askedView, earlierView, moreProblemsView } from './found.js';
import { helpView } from './help.js';
import { milestone } from './progress.js';
import { signInView } from './sign-in-card.js';

export function aboveView(context) {
  const { phase, screen } = context.state;
  const done = phase === 'done';
  return html`
    ${earlierView(context)} ${done ? askedView(context) : nothing}
    ${anew(screen, answerView(context))}
    ${done ? html`${helpView(context)}${moreProblemsView(context)}${ownNetworkView(context)}` : nothing}
  `;
}

export function belowView(context) {
  return html`${signInView(context)}${vantageView(context)}${shareView(context)}`;
}

/** The one line for those who listen: what works already, that the check has ended, what came of it. */
export function milestones(context) {
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
