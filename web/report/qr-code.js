/** A short text, such as a link, as a QR code to be drawn (ISO/IEC 18004). Pure. */
import { generate } from 'lean-qr/nano';

/** Light modules around it, without which readers do not find it. */
const QUIET = 4;
/** A link with the longest domain is shorter; what is longer makes a code that no camera reads from a screen. */
const TEXT_LIMIT = 500;

/**
 * @param {string} text
 * @returns {{size: number, path: string}|null} the side of a square in modules, margin included, and the
 *   dark modules as the `d` of an SVG path; null for a text that is too long
 */
export function qrCode(text) {
  if (new TextEncoder().encode(text).length > TEXT_LIMIT) return null;
  const code = generate(text);
  const runs = [];
  for (let row = 0; row < code.size; row++) {
    for (let column = 0; column < code.size; column++) {
      const start = column;
      while (code.get(column, row)) column += 1;
      if (column > start)
        runs.push(`M${start + QUIET} ${row + QUIET}h${column - start}v1h${start - column}z`);
    }
  }
  return { size: code.size + 2 * QUIET, path: runs.join('') };
}
