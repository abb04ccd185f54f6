/** What is shown where there is something to say: problems, what somebody asked about their app, an earlier result. */
import { html, nothing } from 'lit/html.js';
import { late } from './late.js';

/** That what follows was not found just now: it is from a file, or from before the page was loaded again. */
export function earlierView(context) {
  const { phase, saved, restored } = context.state;
  if (phase !== 'done') return nothing;
  if (saved !== null) return late('report-reader').savedView(context);
  return restored ? late('report-reader').restoredView(context) : nothing;
}

/** What is told of problems, which comes with the part that shows it. */
export function problemsIn({ result: { problems } }) {
  return problems ?? late('problems');
}

/** What to do now, where there is something. */
export function firstStepView(context) {
  return problemsIn(context).step ? late('problems').stepView(context) : nothing;
}

/** What came of the settings in a mail app and of its error message, for who asked. */
export function askedView(context) {
  if (!wasAsked(context.state)) return nothing;
  const { appSettingsView, errorMessageView } = late('typed');
  return html`${appSettingsView(context)}${errorMessageView(context)}`;
}

function wasAsked({ checked, pasted }) {
  return checked.length > 0 || Boolean(pasted);
}

/** What else was found, where there is something. */
export function moreProblemsView(context) {
  const { fixes, notes } = problemsIn(context);
  return fixes.length + notes.length > 0 ? late('problems').problemsView(context) : nothing;
}

/** Their headlines, for those who listen. */
export function askedTitles({ state, result, words }) {
  return wasAsked(state) ? late('typed').appSettingsTitles(result, words) : [];
}
