/** What happened on one port: the steps with their times, the words exchanged, the certificates. */
import { html, nothing } from 'lit';
import { connectTime, reached } from '../scan/evidence.js';
import { stepFact } from '../verdict/step-facts.js';
import { transcriptText } from '../report/plain-text.js';
import { clip, visible } from '../i18n/text.js';
import { statusIcon } from './icons.js';
import { copyButton } from './parts.js';
import { sourceWords } from './sources.js';

const STEP_ICON = { ok: 'works', failed: 'broken', skipped: 'waiting' };
/** Lines of a transcript that are shown; the report holds them all. */
const LINE_LIMIT = 200;

export function detailsView({ row, state, words, actions, tables }) {
  if (row.attempts.length === 0) {
    const [finding] = row.findings;
    const { cause, fix } = words.explain(finding.id, {
      domain: state.target,
      ...finding.args,
      port: row.port,
    });
    return html`<div class="details">
      <p>${words.say('details.untested')}</p>
      <p>${cause} ${fix}</p>
    </div>`;
  }
  const ordered = [row.main, ...row.attempts.filter((attempt) => attempt !== row.main)];
  return html`<div class="details">
    ${ordered.map((attempt, index) =>
      attemptView({
        attempt,
        first: index === 0,
        id: `${row.port}-${index}`,
        state,
        words,
        actions,
        tables,
      }),
    )}
    ${state.phase === 'done' && (state.saved === null || state.versions.has(row.port)) ? versionsView({ row, state, words, actions }) : nothing}
  </div>`;
}

const VERSION_ICON = { accepted: 'works', refused: 'not-offered', unknown: 'not-tested' };

/** Which versions of TLS the port accepts: asked for only when somebody wants to know. */
function versionsView({ row, state, words, actions }) {
  if (!reached(row.main.report, 'connect') || row.main.report.target.mode === 'cleartext') {
    return nothing;
  }
  const found = state.versions.get(row.port);
  const running = found === 'running';
  return html`<div class="versions">
    <h4>${words.say('details.versions')}</h4>
    ${
      found && !running
        ? html`<ul role="status">
            ${Object.entries(found.versions).map(
              ([version, answer]) =>
                html`<li>
                  <span class="status ${VERSION_ICON[answer]}"
                    >${statusIcon(VERSION_ICON[answer])}</span
                  >
                  <b translate="no">${version}</b> ${words.say(`details.version.${answer}`)}
                </li>`,
            )}
          </ul>`
        : html`<p class="quiet">${words.say('details.versionsText')}</p>
            <button
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

function attemptView({ attempt, first, id, state, words, actions, tables }) {
  const { report, host, address, role, source } = attempt;
  const mode = words.say(`mode.${report.target?.mode ?? 'implicit-tls'}`);
  const title = words.say(`details.role.${role}`, { host, address, mode });
  const body = html`
    <div class="conversation">
      <div>
        <h4>${words.say('details.steps')}</h4>
        <p class="quiet">
          ${reached(report, 'connect') ? nothing : words.say('details.address', { host, address })}
          ${role === 'other-name' ? nothing : sourceWords(source, host, words)}
        </p>
        <ol class="steps">
          ${inOrder(tables.phases, report)
            .map((phase) => report.phases.find((step) => step.phase === phase))
            .filter((step) => step && (step.status !== 'skipped' || worthShowing(step, report)))
            .map((step) => stepView(step, report, words, tables))}
        </ol>
        ${findingsView(report, attempt, words)}
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

/** The phases as they happened: with implicit TLS the encryption comes before the greeting. */
function inOrder(phases, report) {
  if (report.target?.mode !== 'implicit-tls') return phases;
  const tls = ['handshake', 'certificate'];
  const rest = phases.filter((phase) => !tls.includes(phase));
  rest.splice(rest.indexOf('connect') + 1, 0, ...tls);
  return rest;
}

/** A skipped step says something only where the conversation should have come to it. */
function worthShowing({ phase }, report) {
  return phase === 'handshake' && report.target?.mode !== 'cleartext';
}

function stepView(step, report, words, tables) {
  const { phase, status, ms: spent } = step;
  const said = factWords(stepFact(step, report, tables.diagnoses), report, words);
  const ms = phase === 'connect' ? connectTime(report) : spent;
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
    ${
      status === 'skipped' || typeof ms !== 'number'
        ? nothing
        : html`<span class="number">${words.say('ports.ms', { ms: Math.round(ms) })}</span>`
    }
  </li>`;
}

function factWords(fact, { target }, words) {
  if (!fact) return null;
  if (!fact.findings) return words.say(`steps.${fact.key}`, fact.args);
  const short = fact.findings.map(
    ({ id, args }) => words.explain(id, { host: target.name, port: target.port, ...args }).short,
  );
  return words.list(short);
}

function findingsView(report, { host }, words) {
  if (report.findings.length === 0) return nothing;
  return html`<ul class="found">
    ${report.findings.map(({ id, args }) => {
      const text = words.explain(id, { host, port: report.target?.port, ...args });
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
  const { version, suite, group } = report.tls ?? {};
  return html`<details class="certificates">
    <summary>${words.say('details.certificates')}</summary>
    ${
      suite
        ? html`<p class="quiet" translate="no">
            ${[version, suite, group].filter(Boolean).map(visible).join(', ')}
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
