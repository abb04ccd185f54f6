/** What happened on one port: the steps with their times, the words exchanged, the certificates. */
import { html, nothing } from 'lit/html.js';
import { clip, visible } from '../i18n/text.js';
import { statusIcon } from './icons.js';
import { copyButton } from './parts.js';
import { transcriptText } from './plain-text.js';

const STEP_ICON = { ok: 'works', failed: 'broken', skipped: 'waiting' };
/** Lines of a transcript that are shown; the report holds them all. */
const LINE_LIMIT = 200;

export function detailsView({ port, row, state, words, actions }) {
  const { untested, conversations, versions } = row;
  if (untested) {
    const { cause, fix } = words.explain(untested.id, untested.args);
    return html`<div class="details">
      <p>${words.say('details.untested')}</p>
      <p>${cause} ${fix}</p>
    </div>`;
  }
  return html`<div class="details">
    ${conversations.map((conversation, index) =>
      conversationView({
        conversation,
        first: index === 0,
        id: `${port}-${index}`,
        state,
        words,
        actions,
      }),
    )}
    ${versions ? versionsView({ versions, words, actions }) : nothing}
  </div>`;
}

const VERSION_ICON = { accepted: 'works', refused: 'not-offered', unknown: 'not-tested' };

/** Which versions of TLS the port accepts: asked for only when somebody wants to know. */
function versionsView({ versions: { row, running, answers, fault }, words, actions }) {
  return html`<div class="versions">
    <h4>${words.say('details.versions')}</h4>
    ${
      answers
        ? html`<ul role="status">
            ${answers.map(
              ([version, answer]) =>
                html`<li>
                  <span class="status ${VERSION_ICON[answer]}"
                    >${statusIcon(VERSION_ICON[answer])}</span
                  >
                  <b translate="no">${version}</b> ${words.say(`details.version.${answer}`)}
                </li>`,
            )}
          </ul>`
        : html`<p class="quiet">${words.say('details.versionsText')}</p>`
    }
    ${fault ? faultView(fault, words) : nothing}
    ${
      answers && !fault
        ? nothing
        : html`<button
            type="button"
            class="button small"
            ?disabled=${running}
            @click=${() => actions.checkVersions(row)}
          >
            ${words.say(running ? 'details.versionsRunning' : 'details.versionsAsk')}
          </button>`
    }
  </div>`;
}

function faultView({ id, args }, words) {
  const { title, fix } = words.explain(id, args);
  return html`<p><b>${title}.</b> ${fix}</p>`;
}

function conversationView({ conversation, first, id, state, words, actions }) {
  const { report, host, address, place, role, connected, source, steps, findings } = conversation;
  const mode = words.say(`mode.${conversation.mode}`);
  const title = words.say(`details.role.${role}`, { host, address, mode, place });
  const body = html`
    <div class="conversation">
      <div>
        <h4>${words.say('details.steps')}</h4>
        <p class="quiet">
          ${connected ? nothing : words.say('details.address', { host, address })}
          ${source ? words.say(source.key, source.args) : nothing}
        </p>
        <ol class="steps">
          ${steps.map((step) => stepView(step, words))}
        </ol>
        ${findingsView(findings, words)}
      </div>
      <div>
        <h4>${words.say('details.transcript')}</h4>
        ${transcriptView({ report, id, state, words, actions })}
      </div>
    </div>
    ${certificatesView(report, words)}
  `;
  // The first is what the row is about; who wants to know more opens the others.
  return first
    ? html`<h3>${title}</h3>
        ${body}`
    : html`<details class="again">
        <summary><h3>${title}</h3></summary>
        ${body}
      </details>`;
}

function stepView({ phase, status, ms, fact }, words) {
  const said = factWords(fact, words);
  return html`<li class=${status}>
    <span class="status ${STEP_ICON[status]}">${statusIcon(STEP_ICON[status])}</span>
    <span>
      <b>${words.say(`phases.${phase}.step`)}</b>
      <span class="term">${words.say(`phases.${phase}.term`)}</span>
      <span class="unseen">, ${words.say(`stepStatus.${status}`)}</span>
      ${
        said
          ? html`<span class="fact" translate=${phase === 'greeting' ? 'no' : nothing}
              >${said}</span
            >`
          : nothing
      }
    </span>
    ${ms === null ? nothing : html`<span class="number">${words.say('ports.ms', { ms })}</span>`}
  </li>`;
}

function factWords(fact, words) {
  if (!fact) return null;
  if (!fact.findings) return words.say(`steps.${fact.key}`, fact.args);
  return words.list(fact.findings.map(({ id, args }) => words.explain(id, args).short));
}

function findingsView(findings, words) {
  if (findings.length === 0) return nothing;
  return html`<ul class="found">
    ${findings.map(({ id, args }) => {
      const text = words.explain(id, args);
      return html`<li><b>${text.title}.</b> ${text.cause} <code>${id}</code></li>`;
    })}
  </ul>`;
}

function transcriptView({ report, id, state, words, actions }) {
  const lines = report.transcript ?? [];
  if (lines.length === 0) return html`<p class="quiet">${words.say('details.noTranscript')}</p>`;
  const text = transcriptText(report);
  return html`
    <pre
      class="transcript"
      translate="no"
      tabindex="0"
      aria-label=${words.say('details.transcript')}
    >
${lines.slice(0, LINE_LIMIT).map(lineView)}${lines.length > LINE_LIMIT ? '…' : nothing}</pre>
    <div class="transcript-foot">
      <span class="quiet">${words.say('details.transcriptKey')}</span>
      ${copyButton({
        id: `transcript-${id}`,
        text,
        what: words.say('details.transcript'),
        label: words.say('details.copyTranscript'),
        state,
        words,
        actions,
      })}
    </div>
  `;
}

/** One line; white space counts in here. */
function lineView({ from, text }) {
  const speaker = { S: 'server', C: 'client' }[from] ?? 'note';
  return html`<span class="from-${speaker}">${`${from}  ${visible(text)}\n`}</span>`;
}

function certificatesView(report, words) {
  const certificates = report.certificates ?? [];
  if (certificates.length === 0) return nothing;
  const { version, suite, group, signature } = report.tls ?? {};
  return html`<details class="certificates">
    <summary>${words.say('details.certificates')}</summary>
    ${
      suite
        ? html`<p class="quiet" translate="no">
            ${[version, suite, group, signature].filter(Boolean).map(visible).join(', ')}
          </p>`
        : nothing
    }
    <ol>
      ${certificates.map(
        (certificate, index) =>
          html`<li>
            <dl>
              ${facts(certificate, index === 0 ? report.trusted : undefined, words).map(
                ([label, value]) =>
                  html`<div>
                    <dt>${label}</dt>
                    <dd translate="no">${clip(visible(value), 400)}</dd>
                  </div>`,
              )}
            </dl>
          </li>`,
      )}
    </ol>
  </details>`;
}

function facts(certificate, trusted, words) {
  const yesNo = trusted === undefined ? '' : words.say(trusted ? 'details.yes' : 'details.no');
  return [
    [words.say('details.subject'), certificate.subject],
    [words.say('details.names'), (certificate.names ?? []).join(', ')],
    [words.say('details.issuer'), certificate.issuer],
    [words.say('details.from'), certificate.not_before ? words.date(certificate.not_before) : ''],
    [words.say('details.until'), certificate.not_after ? words.date(certificate.not_after) : ''],
    [words.say('details.key'), certificate.key],
    [words.say('details.signature'), certificate.signature],
    [words.say('details.fingerprint'), certificate.sha256],
    [words.say('details.trusted'), yesNo],
  ].filter(([, value]) => value);
}
