/** PEM (RFC 7468), as the drivers of wasm/drivers/pem.c read it: by lines. */

const MARK = /^-----(BEGIN|END) (.*)-----$/;
const CERTIFICATES = ['CERTIFICATE', 'X509 CERTIFICATE'];

/**
 * The certificates of a text, each as base64. Text before and between blocks is passed over, and so are
 * header fields in them (RFC 1421 4.6), blanks around lines, line ends of any kind and a byte order mark.
 * @param {string} text
 * @returns {string[]}
 */
export function pemCertificates(text) {
  const found = [];
  let inside = null;
  let lines = [];
  let header = false;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const trimmed = line.trim();
    const [, mark, label] = MARK.exec(trimmed) ?? [];
    if (mark === 'BEGIN') {
      if (CERTIFICATES.includes(inside)) break;
      inside = label;
      lines = [];
    } else if (mark === 'END') {
      if (CERTIFICATES.includes(inside) && label === inside) found.push(lines.join(''));
      inside = null;
    } else if (inside) {
      header = trimmed.includes(':') || (header && /^\s/.test(line) && trimmed !== '');
      if (!header) lines.push(trimmed);
    }
  }
  if (CERTIFICATES.includes(inside)) {
    throw new Error(`Extra root ${found.length + 1} has no end.`);
  }
  return found;
}
