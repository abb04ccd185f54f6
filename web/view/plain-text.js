/** A result as plain text, to be pasted into a mail or a form. Pure. */
import { placeWords } from '../i18n/place.js';
import { visible } from '../i18n/text.js';
import { settingsText } from './settings-text.js';
import { conclusionText, conclusionTitle, shownValue } from '../i18n/app-settings-words.js';

/** A transcript, one line for each, control characters made visible. */
export function transcriptText(report) {
  return (report.transcript ?? [])
    .map(
      ({ t, from, text }) => `${String(Math.round(t ?? 0)).padStart(6)} ${from} ${visible(text)}`,
    )
    .join('\n');
}

/** The whole result, for a mail to the provider's support. */
export function reportText(
  { report, rows, problems, vantage, elsewhere, settings, app, target, checked = [] },
  words,
) {
  const head = [
    words.say('share.heading', { domain: target }),
    words.say('share.time', { time: report.started }),
    words.say('share.from', { name: placeWords(vantage, words) }),
    ...(elsewhere ? [words.say('share.comparedWith', { name: elsewhere.name })] : []),
  ].join('\n');
  const ports = rows
    .map(({ port, service, status, server, findings }) =>
      [
        `${port} ${service.protocol.toUpperCase()}`,
        words.say(`status.${status}.label`),
        server,
        findings.map(({ id }) => id).join(', '),
      ]
        .filter(Boolean)
        .join(' | '),
    )
    .join('\n');
  const found = problems.map(({ id, args }) => {
    const { title, cause, fix } = words.explain(id, { domain: target, ...args });
    return `${title}\n${words.say('problems.cause')}: ${cause}\n${words.say('problems.fix')}: ${fix}`;
  });
  const transcripts = rows.flatMap(({ attempts, elsewhere: there = [] }) =>
    [...attempts, there].flat().map(({ host, address, role, report: probe }) => {
      const place = role === 'elsewhere' ? `, ${elsewhere.name}` : '';
      return [
        `${host} (${address}), ${probe.target.port}, ${probe.target.mode}${place}`,
        transcriptText(probe),
      ].join('\n');
    }),
  );
  return [
    head,
    ...checked.map((conclusion) => typedText(conclusion, words)),
    settingsText({ settings, app }, words),
    ports,
    ...found,
    ...transcripts,
  ].join('\n\n');
}

/** What was typed for one side, and what came of it. */
function typedText(conclusion, words) {
  const { side, values } = conclusion;
  const list = values.map(({ name, typed, use }) => {
    const line = `${words.say(`typed.field.${name}`)}: ${shownValue(name, typed, words)}`;
    return use === null
      ? line
      : `${line} (${words.say('typed.use')}: ${shownValue(name, use, words)})`;
  });
  return [
    `${words.say('typed.title')}: ${words.say(`typed.side.${side}`)}`,
    ...list,
    conclusionTitle(conclusion, words),
    ...Object.values(conclusionText(conclusion, words)).filter(Boolean),
  ].join('\n');
}
