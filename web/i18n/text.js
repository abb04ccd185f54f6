/** Server bytes and other foreign text, made fit to be shown. Pure. */

/** C0, DEL, C1, zero-width and bidirectional controls: invisible, or able to reorder what is read. */
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Control characters as visible symbols or escapes; everything else unchanged. */
export function visible(text) {
  return String(text).replace(HIDDEN, (char) => {
    const code = char.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** At most `limit` characters, with an ellipsis where it was cut. */
export function clip(text, limit = 200) {
  const characters = [...text];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : text;
}
