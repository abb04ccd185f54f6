/** What comes after the result: where it was tested from, and the report. */
import { html, nothing } from 'lit/html.js';
import { placeWords } from '../i18n/place.js';
import { sign } from './icons.js';
import { copyButton } from './parts.js';
import { reportText } from './plain-text.js';
import { startOverButton } from './restored.js';

/** How to test the reader's own network, where that may be what is wrong. */
export function ownNetworkView(context) {
  const { result, words } = context;
  if (!result.ownNetwork?.wanted) return nothing;
  return html`
    <section part="own-network" aria-labelledby="own-network-title">
      <details class="card fold">
        <summary><h2 id="own-network-title">${words.say('ownNetwork.title')}</h2></summary>
        <div class="fold-body">${ownNetworkSteps(context)}</div>
      </details>
    </section>
  `;
}

/** Download, run, look. */
function ownNetworkSteps({ result, words }) {
  const { url } = result.ownNetwork;
  const [file] = url.split('/').slice(-1);
  return html`<p>${words.say('ownNetwork.lead')}</p>
    <ol class="own-steps">
      <li>
        ${words.say('ownNetwork.download')}
        <a href=${url} download=${file} translate="no">${file}</a>.
        <span class="quiet">${words.say('ownNetwork.python')}</span>
      </li>
      <li>
        ${words.say('ownNetwork.run')} <code translate="no">python3 ${file}</code>
        <p class="quiet">
          ${words.say('ownNetwork.windows')} <code translate="no">py ${file}</code>
        </p>
        <p class="quiet">${words.say('ownNetwork.mac')}</p>
      </li>
      <li>${words.say('ownNetwork.look')}</li>
    </ol>`;
}

export function vantageView(context) {
  const { state, result, words } = context;
  const { vantage } = state;
  const far = !vantage.local;
  const place = placeWords(vantage, words);
  return html`
    <section part="vantage" aria-labelledby="vantage-title">
      <details class="card fold">
        <summary><h2 id="vantage-title">${words.say('vantage.title')}</h2></summary>
        <div class="vantage">
          <div>
            <div class="routes">
              <ol class="path">
                <li>${words.say('vantage.page')}</li>
                <li>${words.say('vantage.bridge')}<small translate="no">${place}</small></li>
                <li>${words.say('vantage.server')}</li>
              </ol>
              ${
                far
                  ? html`<p class="path-other"><span>${words.say('vantage.notOwn')}</span></p>`
                  : nothing
              }
            </div>
            <p>
              ${
                vantage.local
                  ? words.say('vantage.localText')
                  : words.say('vantage.remoteText', { name: vantage.name })
              }
            </p>
            <p class="quiet">${words.say('vantage.privacy')}</p>
            ${keptView(context)} ${secondPlaceView(context)}
          </div>
          ${
            vantage.local || result.ownNetwork.wanted
              ? nothing
              : html`<div>
                  <h3>${words.say('ownNetwork.title')}</h3>
                  ${
                    result.ownNetwork.url
                      ? ownNetworkSteps(context)
                      : html`<p>${words.say('vantage.ownText')}</p>`
                  }
                </div>`
          }
        </div>
      </details>
    </section>
  `;
}

/** That the tab has the result, and how to be rid of it; a restored one says so at its top. */
function keptView({ state: { saved, restored }, words, actions }) {
  if (saved !== null || restored) return nothing;
  return html`<p class="quiet">${words.say('restored.kept')}</p>
    <p>${startOverButton({ words, actions })}</p>`;
}

/** What a second place met, and the button that asks it. */
export function secondPlaceView({ result, words, actions }) {
  const { second } = result;
  if (!second) return nothing;
  const { name: place, running, offered, why, compared } = second;
  const met = (finding) =>
    finding ? words.explain(finding.id, finding.args).short : words.say('status.works.label');
  return html`<div class="second-place">
    ${
      compared.length > 0
        ? html`<h3>${words.say('vantage.compared', { place })}</h3>
            <ul>
              ${compared.map(
                ({ port, here, there }) =>
                  html`<li>
                    ${words.say('vantage.comparedPort', {
                      port,
                      here: met(here),
                      there: met(there),
                    })}
                  </li>`,
              )}
            </ul>`
        : nothing
    }
    ${
      why
        ? html`<p role="status">${words.say('vantage.secondFailed', { place, why: met(why) })}</p>`
        : nothing
    }
    ${
      offered || running
        ? html`<button
            type="button"
            class="button small"
            ?disabled=${running}
            @click=${actions.askElsewhere}
          >
            ${words.say(running ? 'vantage.asking' : 'vantage.ask', { place })}
          </button>`
        : nothing
    }
  </div>`;
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
      text: () => reportText({ ...state, app: result.app }, words),
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
