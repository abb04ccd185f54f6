/** One card for each problem that needs a fix, one line for each note. */
import { html, nothing } from 'lit';
import { sign } from './icons.js';
import { letterView } from './letter.js';
import { breakable, copyButton, statusMark } from './parts.js';

export function problemsView(context) {
  const { result, words } = context;
  const { fixes, notes, avoidable } = result.problems;
  if (fixes.length + notes.length === 0) return nothing;
  return html`
    <section part="problems" aria-labelledby="problems-title">
      <header class="section-head">
        <h2 id="problems-title">${problemsTitle(result.problems, words)}</h2>
        ${
          avoidable && fixes.length > 0
            ? html`<p>${words.count('problems.avoided', fixes.length)}</p>`
            : nothing
        }
      </header>
      ${fixes.map((problem) => card(problem, context))}
      ${
        notes.length > 0
          ? html`<ul class="card notes">
              ${notes.map((problem) => note(problem, context))}
            </ul>`
          : nothing
      }
    </section>
  `;
}

/** "One problem, two notes" */
export function problemsTitle({ fixes, notes }, words) {
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
  const { id, args, status, act, who, tasks, toType, guide } = problem;
  const text = words.explain(id, { domain: state.target, ...args });
  return html`
    <article class="card problem" part="problem" data-id=${id}>
      <div class="problem-body">
        ${statusMark(status, words, act)}
        <h3>${text.title}</h3>
        <dl class="cause-fix">
          <dt>${words.say('problems.cause')}</dt>
          <dd>${text.cause}</dd>
          ${
            text.apps
              ? html`<dt>${words.say('problems.apps')}</dt>
                  <dd class="in-apps">${text.apps}</dd>`
              : nothing
          }
          <dt>${words.say('problems.fix')}</dt>
          <dd>
            ${text.fix}
            ${
              toType
                ? html`<span class="to-type"
                    ><span translate="no">${breakable(toType)}</span>${copyButton({
                      id: `type-${id}-${toType}`,
                      text: toType,
                      what: toType,
                      state,
                      words,
                      actions,
                    })}</span
                  >`
                : nothing
            }
          </dd>
        </dl>
        ${guideLink(guide, words)} ${problem.forProvider ? letterView(problem, context) : nothing}
      </div>
      <div class="problem-who">
        <h4>${words.say('who.title')}</h4>
        <ul>
          ${
            who.length === 0
              ? html`<li>${sign('nobody')}<b>${words.say('who.nobody')}</b></li>`
              : tasks.map(
                  ({ party, task }) =>
                    html`<li class=${task ? 'on' : 'off'} data-party=${party}>
                      ${sign(party)}
                      <span
                        ><b>${words.say(`who.${party}`)}</b>
                        <span
                          >${words.say(task ? `tasks.${party}.${task}` : 'tasks.none')}</span
                        ></span
                      >
                    </li>`,
                )
          }
        </ul>
      </div>
    </article>
  `;
}

function guideLink(anchor, words) {
  return anchor
    ? html`<p class="guide"><a href="#${anchor}">${words.say('problems.guide')}</a></p>`
    : nothing;
}

function note({ id, args, status, act, who, guide }, { state, words }) {
  const text = words.explain(id, { domain: state.target, ...args });
  return html`<li data-id=${id}>
    ${statusMark(status, words, act)}
    <div>
      <h3>${text.title}</h3>
      <p>${text.cause} <span class="note-fix">${text.fix}</span></p>
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
