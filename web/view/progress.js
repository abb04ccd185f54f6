/** What is going on while the ports are checked. */
import { html, nothing } from 'lit/html.js';

/** What stands below the title. */
export function progressView({ state, result, words, tables }) {
  const total = tables.services.length;
  const done = state.rows.length;
  return html`
    <div class="progress" part="progress">
      <progress max=${total} value=${done} aria-label=${words.say('ports.title')}></progress>
      <div class="progress-line">
        <span>${progressWords({ state, result, words }, total)}</span>
        <span class="number" aria-hidden="true"
          >${words.say('running.seconds', { seconds: state.elapsed })}</span
        >
      </div>
    </div>
  `;
}

export function runningTitle({ target }, words) {
  return words.say('running.title', { domain: target });
}

function progressWords({ state, result, words }, total) {
  const done = words.say('running.progress', { done: state.rows.length, total });
  const comparing = state.comparing && words.say('running.comparing', { place: state.comparing });
  return [done, result.progress && words.say(result.progress), comparing].filter(Boolean).join(' ');
}

/** What is worth hearing while the ports are checked: that it began, and what works already. */
export function milestone({ state, result, words }) {
  return result.progress ? words.say(result.progress) : runningTitle(state, words);
}

/** What one port is doing just now. */
export function liveWords(live, words) {
  if (!live) return nothing;
  return live.slow ? words.say('running.slow') : words.say(`phases.${live.phase}.running`);
}
