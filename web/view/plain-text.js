/** Results as plain text, to be pasted into a mail or a form. Pure. */
import { fieldsFor } from '../i18n/app-fields.js';
import { placeWords } from '../i18n/place.js';
import { visible } from '../i18n/text.js';
import { conclusionText, conclusionTitle, shownValue } from '../i18n/app-settings-words.js';

/** Where a long word may break on a screen. */
const SOFT_HYPHEN = '\u00ad';

/**
 * The fields of the chosen app, incoming and outgoing.
 * @param {{incoming: Side, outgoing: Side}|null} [sides] as they are presented, with the user names that
 *   follow from the address that was typed: for whoever copies them for himself, never for anybody's
 *   support
 */
export function settingsText({ settings, app }, words, sides = null) {
  const blocks = ['incoming', 'outgoing'].map((side) => {
    const setting = settings[side];
    // A name that nobody vouches for is nothing to pass on.
    const lines = setting?.vouched
      ? fieldsFor(app, side, setting, words.locale.apps, sides?.[side].username).map(
          ({ label, value }) => `${label.replaceAll(SOFT_HYPHEN, '')}: ${value}`,
        )
      : [
          `${words.say('answer.unconfirmed')}. ${words.say(setting ? 'answer.claimed' : 'answer.notProved')}`,
        ];
    return [words.say(`answer.${side}`), ...lines].join('\n');
  });
  return blocks.join('\n\n');
}

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
