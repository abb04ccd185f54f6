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

/**
 * A distinguished name (RFC 4514, the most specific part first) as people call its owner: the common
 * name, and the organization where it says more. A text that is none stays as it is.
 */
export function ownerOf(text) {
  const parts = new Map();
  for (const [, type, value] of String(text).matchAll(/(?:^|,) *([A-Z]+)=((?:\\.|[^,\\])*)/g)) {
    if (!parts.has(type)) parts.set(type, value.replace(/\\([^0-9A-Fa-f])/g, '$1').trim());
  }
  const [name, organization] = [parts.get('CN') || parts.get('OU'), parts.get('O')];
  if (!name || !organization || name.includes(organization)) {
    return name || organization || String(text);
  }
  return `${name} (${organization})`;
}
