/** The whole element from its state. Computes nothing: the parts are in view/. */
import { html, nothing } from 'lit/html.js';
import { formView } from './form.js';
import { late } from './late.js';
import { dropView, openReportView } from './open-report.js';
import { portsView } from './ports.js';
import { offerView } from './offer.js';

/**
 * @param {{state: object, result: object, words: object, actions: object, tables: object,
 *   fullPage: string, neutralPage: string|null}} context `state` as the element keeps it, `result` what
 *   present() makes of that, `actions` what its controls call, `fullPage` the URL of the whole page,
 *   `neutralPage` that of the page without a preset, for who is not of the embedder's
 */
export function view(context) {
  const { state, words, actions } = context;
  const said = state.phase === 'idle' ? '' : late('check').milestones(context);
  return html`
    <div
      class="root ${state.compact ? 'compact' : ''}"
      part="root"
      lang=${words.lang}
      dir=${state.dir ?? words.dir}
      @dragenter=${(event) => actions.hover(event, true)}
      @dragover=${(event) => actions.hover(event, true)}
      @dragleave=${(event) => leaves(event) && actions.hover(event, false)}
      @drop=${actions.drop}
    >
      ${state.compact ? late('compact').compactView(context) : fullView(context)}
      ${dropView(context)}
      <p class="unseen" role="status">${said}</p>
    </div>
  `;
}

function fullView(context) {
  const { state } = context;
  const { phase } = state;
  return html`
    ${formView(context)} ${offerView(context)}
    <p class="alert" role="alert" ?hidden=${!state.alert}>${state.alert ?? ''}</p>
    ${phase === 'idle' ? nothing : late('check').aboveView(context)} ${portsView(context)}
    ${phase === 'done' ? late('check').belowView(context) : nothing} ${openReportView(context)}
  `;
}

/** The pointer has left the element, and not only gone on to a part of it. */
function leaves({ currentTarget, relatedTarget }) {
  return !relatedTarget || !currentTarget.contains(relatedTarget);
}
