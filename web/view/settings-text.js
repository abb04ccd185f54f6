/** The proved settings as plain text. Pure. */
import { fieldsFor } from '../i18n/app-fields.js';

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
