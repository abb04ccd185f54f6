/**
 * SASLprep (RFC 4013): user names and passwords in the one form in which both sides hash them. What a browser knows of
 * Unicode stands in for the tables of RFC 3454.
 */

/** C.1.2: spaces of all sorts are one. */
const SPACES = /[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000]/gu;
/** B.1: nobody sees them, and keyboards put them in. */
const NOTHING =
  /\u00AD|\u034F|\u1806|[\u180B-\u180D]|\u200C|\u200D|\u2060|[\uFE00-\uFE0F]|\uFEFF/gu;
/** C.2 to C.9: controls, private use, what is no character, and what changes how others are shown. */
const PROHIBITED =
  /[\p{Cc}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}]|\u0340|\u0341|[\u06DD\u070F\u180E\u200E\u200F\u2028-\u202E\u2060-\u2063\u206A-\u206F\u2FF0-\u2FFB\uFEFF\uFFF9-\uFFFD]|[\u{1D173}-\u{1D17A}\u{E0001}\u{E0020}-\u{E007F}]/u;
/** D.1, as far as letters go, and D.2: those that are written from right to left, and the others. */
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
const LETTER = /\p{L}/u;

/**
 * @param {string} text
 * @returns {string|null} null where the standard has no form for it
 */
export function saslPrep(text) {
  const prepared = text.replace(SPACES, ' ').replace(NOTHING, '').normalize('NFKC');
  if (prepared === '' || PROHIBITED.test(prepared) || mixesDirections(prepared)) return null;
  return prepared;
}

/** RFC 3454 6: all from right to left, from the first to the last, or nothing of it. */
function mixesDirections(text) {
  if (!RIGHT_TO_LEFT.test(text)) return false;
  const characters = [...text];
  const others = characters.some((one) => LETTER.test(one) && !RIGHT_TO_LEFT.test(one));
  const ends = [characters[0], characters.at(-1)];
  return others || !ends.every((one) => RIGHT_TO_LEFT.test(one));
}
