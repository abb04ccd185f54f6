/** One card for each problem that needs a fix, one line for each note. */
import { html, nothing } from 'lit';
import { sign } from './icons.js';
import { statusMark } from './parts.js';

export function problemsView({ state, words }) {
  const { problems, settings, target } = state;
  const cards = problems.filter(({ act }) => act === 'fix');
  const notes = problems.filter(({ act }) => act !== 'fix');
  if (problems.length === 0) return nothing;
  const avoidable = settings.incoming && settings.outgoing;
  const title =
    cards.length === 0
      ? words.say('problems.notes')
      : words.count('problems.count', cards.length);
  return html`
    <section part="problems" aria-labelledby="problems-title">
      <header class="section-head">
        <h2 id="problems-title">${title}</h2>
        ${avoidable && cards.length > 0
          ? html`<p>${words.count('problems.avoided', cards.length)}</p>`
          : nothing}
      </header>
      ${cards.map((problem) => card(problem, target, words))}
      ${notes.length > 0
        ? html`<ul class="card notes">
            ${notes.map((problem) => note(problem, target, words))}
          </ul>`
        : nothing}
    </section>
  `;
}

function card({ id, args, status, act, who }, domain, words) {
  const text = words.explain(id, { domain, ...args });
  return html`
    <article class="card problem" part="problem" data-id=${id}>
      <div class="problem-body">
        ${statusMark(status, words, act)}
        <h3>${text.title}</h3>
        <dl class="cause-fix">
          <dt>${words.say('problems.cause')}</dt>
          <dd>${text.cause}</dd>
          ${text.apps
            ? html`<dt>${words.say('problems.apps')}</dt>
                <dd class="in-apps">${text.apps}</dd>`
            : nothing}
          <dt>${words.say('problems.fix')}</dt>
          <dd>${text.fix}</dd>
        </dl>
      </div>
      <div class="problem-who">
        <h4>${words.say('who.title')}</h4>
        <ul>
          ${(who.length > 0 ? who : ['nobody']).map(
            (person) => html`<li>${sign(person)}<span>${words.say(`who.${person}`)}</span></li>`,
          )}
        </ul>
      </div>
    </article>
  `;
}

function note({ id, args, status, act, who }, domain, words) {
  const text = words.explain(id, { domain, ...args });
  return html`<li data-id=${id}>
    ${statusMark(status, words, act)}
    <div>
      <h3>${text.title}</h3>
      <p>${text.cause} <span class="note-fix">${text.fix}</span></p>
      ${text.apps ? html`<p class="in-apps">${text.apps}</p>` : nothing}
      ${who.length > 0
        ? html`<p class="note-who">
            ${words.say('who.title')}:
            ${words.list(who.map((person) => words.say(`whoInline.${person}`)))}
          </p>`
        : nothing}
    </div>
  </li>`;
}
