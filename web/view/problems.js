/** One card for each problem that needs a fix, one line for each note. */
import { html, nothing, svg } from 'lit/html.js';
import { againView } from './again.js';
import { drawn, sign } from './icons.js';
import { letterView } from './letter.js';
import { breakable, copyButton, statusMark } from './parts.js';
import { signInHelpView } from './sign-in-help.js';

/** Who has to do something; the reader has the same sign elsewhere. */
const PARTY = {
  provider: svg`<rect x="4" y="4" width="16" height="7" rx="1.5" /><rect x="4" y="13" width="16" height="7" rx="1.5" /><path d="M8 7.5h.01M8 16.5h.01" />`,
  network: svg`<path d="M3 9.5a13 13 0 0 1 18 0M6.2 13a8.5 8.5 0 0 1 11.6 0M9.4 16.3a4 4 0 0 1 5.2 0M12 19.5h.01" />`,
  nobody: svg`<path d="m5 12.5 4.5 4.5L19 7.5" />`,
};

/** What to do now, and who does it. */
export function stepView(context) {
  return card(context.result.problems.step, context);
}

/** What else was found, folded. */
export function problemsView(context) {
  const { result, words } = context;
  const { fixes, notes, avoidable } = result.problems;
  return html`
    <section part="problems" aria-labelledby="problems-title">
      <details class="card fold printed">
        <summary><h2 id="problems-title">${problemsTitle(result.problems, words)}</h2></summary>
        ${
          avoidable && fixes.length > 0
            ? html`<p class="fold-body">${words.count('problems.avoided', fixes.length)}</p>`
            : nothing
        }
        ${fixes.map((problem) => card(problem, context))}
        ${
          notes.length > 0
            ? html`<ul class="notes">
                ${notes.map((problem) => note(problem, context))}
              </ul>`
            : nothing
        }
      </details>
    </section>
  `;
}

/** "One problem, two notes", or, below a first one, how many more. */
function problemsTitle({ step, fixes, notes }, words) {
  return step
    ? words.say('problems.more', { count: fixes.length + notes.length })
    : countTitle({ fixes, notes }, words);
}

function countTitle({ fixes, notes }, words) {
  if (fixes.length === 0) return words.count('problems.notesAlone', notes.length);
  const found = words.count('problems.count', fixes.length);
  if (notes.length === 0) return found;
  return words.say('problems.both', {
    problems: found,
    notes: words.count('problems.notesToo', notes.length),
  });
}

function card(problem, context) {
  const { state, words, actions } = context;
  const { id, args, status, act, tasks, toType, guide, help, portless } = problem;
  const text = words.explain(id, { domain: state.target, ...args });
  // The result of a port says nothing of the whole check, and a server that refuses a password is not broken.
  const label = portless || problem.signIn ? text.short : undefined;
  return html`
    <article class="card problem" part="problem" data-id=${id}>
      <div class="problem-body">
        ${statusMark(status, words, act, label)}
        <h3>${text.title}</h3>
        <p class="to-do"><b>${words.say('problems.fix')}:</b> ${text.fix}</p>
        ${help ? signInHelpView(help, words) : nothing}
        ${problem.waits ? againView(context) : nothing}
        ${
          toType
            ? html`<p class="to-type">
                <span translate="no">${breakable(toType)}</span>${copyButton({
                  id: `type-${id}-${toType}`,
                  text: toType,
                  what: toType,
                  state,
                  words,
                  actions,
                })}
              </p>`
            : nothing
        }
        <details class="why printed">
          <summary>${words.say('problems.why')}</summary>
          <p>${text.cause}</p>
          ${text.apps ? html`<p class="in-apps"><b>${words.say('problems.apps')}:</b> ${text.apps}</p>` : nothing}
          ${guideLink(guide, words)}
        </details>
        ${problem.forProvider ? letterView(problem, context) : nothing}
      </div>
      <div class="problem-who">
        <h4>${words.say('who.title')}</h4>
        <ul>
          ${
            tasks.length === 0
              ? html`<li>${drawn(PARTY.nobody)}<b>${words.say('who.nobody')}</b></li>`
              : tasks.map((one) => taskView(one, problem, words))
          }
        </ul>
      </div>
    </article>
  `;
}

function taskView({ party, task }, problem, words) {
  return html`<li class="on" data-party=${party}>
    ${party === 'you' ? sign('you') : drawn(PARTY[party])}
    <span
      ><b>${partyName(party, problem, words)}</b>
      <span>${words.say(`tasks.${party}.${task}`)}</span></span
    >
  </li>`;
}

/** The provider by its name, where that is known. */
function partyName(party, { provider }, words) {
  const named = party === 'provider' && provider;
  return named ? words.say('who.providerNamed', { provider }) : words.say(`who.${party}`);
}

function guideLink(anchor, words) {
  return anchor
    ? html`<p class="guide"><a href="#${anchor}">${words.say('problems.guide')}</a></p>`
    : nothing;
}

function note({ id, args, status, act, who, guide, waits }, context) {
  const { state, words } = context;
  const text = words.explain(id, { domain: state.target, ...args });
  return html`<li data-id=${id}>
    ${statusMark(status, words, act)}
    <div>
      <h3>${text.title}</h3>
      <p>${text.cause} <span class="note-fix">${text.fix}</span></p>
      ${waits ? againView(context) : nothing}
      ${text.apps ? html`<p class="in-apps">${text.apps}</p>` : nothing}
      ${
        who.length > 0
          ? html`<p class="note-who">
              ${words.say('who.title')}:
              ${words.list(who.map((person) => words.say(`whoInline.${person}`)))}
            </p>`
          : nothing
      }
      ${guideLink(guide, words)}
    </div>
  </li>`;
}
