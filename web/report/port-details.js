/** What is in a row of the table of ports that was opened. Pure, as presentation.js is. */
import { connectTime, faultOfOurs, reached } from '../scan/evidence.js';
import { catalogue } from '../verdict/findings.js';
import { stepFact } from '../verdict/step-facts.js';
import { RUNNING } from './running.js';
import { sourceOf } from './source-words.js';

/** @param {object} row of the state @param {object} state @param {object} tables */
export function detailsOf(row, state, tables) {
  const { main, attempts, port } = row;
  if (attempts.length === 0) {
    const [{ id, args }] = row.findings;
    return {
      untested: { id, args: { domain: state.target, ...args, port } },
      conversations: [],
      versions: null,
    };
  }
  // The first is what the row is about.
  const ordered = [main, ...attempts.filter((attempt) => attempt !== main), row.elsewhere ?? []];
  return {
    untested: null,
    conversations: ordered
      .flat()
      .map((attempt) => ({ ...conversationOf(attempt, tables), place: state.elsewhere?.name })),
    versions: versionsOf(row, state, tables),
  };
}

/** Whether the versions of TLS can be asked for, of which row, what came of it, and what of ours was in the way. */
function versionsOf(row, { phase, saved, versions }, tables) {
  const { port } = row;
  const { report } = row.main;
  const found = versions.get(port);
  const offered = phase === 'done' && (saved === null || found !== undefined);
  if (!offered || !reached(report, 'connect') || report.target.mode === 'cleartext') return null;
  const running = found === RUNNING;
  if (!found || running) return { row, running, answers: null, fault: null };
  const answers = Object.entries(found.versions);
  const unknown = answers.some(([, answer]) => answer === 'unknown');
  const fault = (unknown && saved === null && faultOfOurs(found, catalogue(tables))) || null;
  return { row, running, answers, fault };
}

function conversationOf({ report, host, address, role, source }, tables) {
  const { target, findings } = report;
  return {
    report,
    host,
    address,
    role,
    mode: target?.mode ?? 'implicit-tls',
    connected: reached(report, 'connect'),
    source: ['other-name', 'elsewhere'].includes(role) ? null : sourceOf(source, host),
    steps: stepsOf(report, tables),
    findings: findings.map(({ id, args }) => ({ id, args: { host, port: target?.port, ...args } })),
  };
}

/**
 * The phases as they happened: with implicit TLS the encryption comes before the greeting. A skipped
 * one says something only where the conversation should have come to it.
 */
function stepsOf(report, tables) {
  const known = catalogue(tables);
  const mode = report.target?.mode;
  const skippedTells = ({ phase }) => phase === 'handshake' && mode !== 'cleartext';
  return inOrder(tables.phases, mode)
    .map((phase) => report.phases.find((step) => step.phase === phase))
    .filter((step) => step && (step.status !== 'skipped' || skippedTells(step)))
    .map((step) => {
      const { phase, status } = step;
      const ms = phase === 'connect' ? connectTime(report) : step.ms;
      const timed = status !== 'skipped' && typeof ms === 'number';
      return {
        phase,
        status,
        ms: timed ? Math.round(ms) : null,
        fact: factOf(stepFact(step, report, known), report),
      };
    });
}

function inOrder(phases, mode) {
  if (mode !== 'implicit-tls') return phases;
  const tls = ['handshake', 'certificate'];
  const rest = phases.filter((phase) => !tls.includes(phase));
  rest.splice(rest.indexOf('connect') + 1, 0, ...tls);
  return rest;
}

function factOf(fact, { target }) {
  if (!fact?.findings) return fact;
  const { name: host, port } = target;
  return { findings: fact.findings.map(({ id, args }) => ({ id, args: { host, port, ...args } })) };
}
