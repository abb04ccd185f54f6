/** What comes after the result: where it was tested from, and the report. */
import { html, nothing } from 'lit/html.js';
import { sign } from './icons.js';
import { late } from './late.js';
import { copyButton, unfolded } from './parts.js';

/** How to test the reader's own network, where that may be what is wrong. */
export function ownNetworkView(context) {
  const { result, words, actions } = context;
  if (!result.ownNetwork?.wanted) return nothing;
  return html`
    <section part="own-network" aria-labelledby="own-network-title">
      <details class="card fold" @toggle=${actions.unfold('own-network')}>
        <summary><h2 id="own-network-title">${words.say('folds.ownNetwork')}</h2></summary>
        <div class="fold-body">
          ${unfolded('own-network', () => late('vantage').ownNetworkSteps(context), context)}
        </div>
      </details>
    </section>
  `;
}

export function vantageView(context) {
  return html`
    <section part="vantage" aria-labelledby="vantage-title">
      <details class="card fold" @toggle=${context.actions.unfold('vantage')}>
        <summary><h2 id="vantage-title">${context.words.say('folds.vantage')}</h2></summary>
        ${unfolded('vantage', () => late('vantage').placeView(context), context)}
      </details>
    </section>
  `;
}

export function shareView(context) {
  const { words } = context;
  return html`
    <section class="card share" part="share" aria-labelledby="share-title">
      <div>
        <h2 id="share-title">${words.say('share.title')}</h2>
        <p>${words.say('share.text')}</p>
      </div>
      <div class="buttons">${reportButtons(context)}</div>
    </section>
  `;
}

export function reportButtons({ state, result, words, actions }) {
  return html`${copyButton({
      id: 'report',
      text: () => late('texts').reportText({ ...state, app: result.app }, words),
      what: words.say('share.copy'),
      label: words.say('share.copy'),
      state,
      words,
      actions,
    })}
    <button type="button" class="button small" @click=${actions.download}>
      ${sign('save')}${words.say('share.download')}
    </button>
    <button type="button" class="button small" @click=${actions.print}>
      ${sign('print')}${words.say('share.print')}
    </button>`;
}
