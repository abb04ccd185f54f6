/** What is going on while the ports are checked. */
import { html, nothing } from 'lit';

export function progressView({ state, words, tables }) {
  const total = tables.services.length;
  const done = state.rows.length;
  return html`
    <section class="progress" part="progress" aria-labelledby="running-title">
      <h2 id="running-title" tabindex="-1">
        ${words.say('running.title', { domain: state.target })}
      </h2>
      <progress max=${total} value=${done} aria-label=${words.say('ports.title')}></progress>
      <div class="progress-line">
        <span role="status" aria-live="polite">${progressWords(state, words, total)}</span>
        <span class="number" aria-hidden="true"
          >${words.say('running.seconds', { seconds: state.elapsed })}</span
        >
      </div>
    </section>
  `;
}

function progressWords({ rows, settings }, words, total) {
  const parts = [words.say('running.progress', { done: rows.length, total })];
  if (settings.incoming && settings.outgoing) parts.push(words.say('running.bothWork'));
  else if (settings.incoming) parts.push(words.say('running.receiveWorks'));
  else if (settings.outgoing) parts.push(words.say('running.sendWorks'));
  return parts.join(' ');
}

/** What one port is doing just now. */
export function liveWords(live, words) {
  if (!live) return nothing;
  return live.slow ? words.say('running.slow') : words.say(`phases.${live.phase}.running`);
}
