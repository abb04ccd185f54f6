/** Where a check was made from, what a second place met, and how to test the reader's own network: come when wanted. */
import { html, nothing } from 'lit/html.js';
import { placeWords } from '../i18n/place.js';
import { startOverButton } from './restored.js';

/** Download, run, look. */
export function ownNetworkSteps({ result, words }) {
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

export function placeView(context) {
  const { state, result, words } = context;
  const { vantage } = state;
  const far = !vantage.local;
  const place = placeWords(vantage, words);
  return html`
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
              <h3>${words.say('folds.ownNetwork')}</h3>
              ${
                result.ownNetwork.url
                  ? ownNetworkSteps(context)
                  : html`<p>${words.say('vantage.ownText')}</p>`
              }
            </div>`
      }
    </div>
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
