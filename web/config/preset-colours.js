/** A preset's colours: read strictly, since they become a style sheet. Pure. */

/** The custom properties --mpc-… that a preset may set. */
export const COLOURS = [
  'ground',
  'surface',
  'inset',
  'rule',
  'edge',
  'ink',
  'ink-soft',
  'accent',
  'on-accent',
  'accent-soft',
  'good',
  'warn',
  'bad',
];

/** Text and what is behind it: where a preset sets both, they must be far enough apart (WCAG 1.4.3). */
const TEXT_ON = [
  ['on-accent', 'accent'],
  ['ink', 'surface'],
  ['ink-soft', 'surface'],
  ['ink', 'ground'],
];
const CONTRAST = 4.5;

const HEX = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const NUMBER = '[+-]?(?:\\d{1,4}(?:\\.\\d{1,6})?|\\.\\d{1,6})(?:%|deg)?';
const FUNCTION = new RegExp(
  `^(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\\( ?${NUMBER}(?:(?: ?, ?| )${NUMBER}){2}(?: ?[,/] ?${NUMBER})? ?\\)$`,
  'i',
);

/**
 * @param {unknown} value `{"accent": "#123456"}` or `{"accent": {"light": "#123456", "dark": "#abcdef"}}`
 * @returns {Array<{name: string, light: string, dark: string}>}
 * @throws {Error} naming key and value
 */
export function readColours(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('preset.colours: expected an object');
  }
  const colours = Object.entries(value).map(([name, colour]) => {
    const key = `preset.colours.${name.slice(0, 40)}`;
    if (!COLOURS.includes(name)) {
      throw new Error(`${key}: unknown colour; there are ${COLOURS.join(', ')}`);
    }
    if (typeof colour === 'string') {
      const one = checked(colour, key);
      return { name, light: one, dark: one };
    }
    const given = Object.keys(colour ?? {});
    if (given.length !== 2 || !given.includes('light') || !given.includes('dark')) {
      throw new Error(`${key}: expected a colour, or {"light": …, "dark": …}`);
    }
    return {
      name,
      light: checked(colour.light, `${key}.light`),
      dark: checked(colour.dark, `${key}.dark`),
    };
  });
  for (const scheme of ['light', 'dark']) refuseUnreadable(colours, scheme);
  return colours;
}

function refuseUnreadable(colours, scheme) {
  const of = (name) => colours.find((colour) => colour.name === name)?.[scheme];
  for (const [text, behind] of TEXT_ON) {
    const [one, other] = [luminance(of(text)), luminance(of(behind))];
    if (one === null || other === null) continue;
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio >= CONTRAST) continue;
    throw new Error(
      `preset.colours.${text}: ${of(text)} on ${of(behind)} (${scheme}) has a contrast of ` +
        `${ratio.toFixed(2)}; text needs ${CONTRAST}`,
    );
  }
}

/** Relative luminance of an opaque colour in hexadecimal; null for what cannot be told here. */
function luminance(colour) {
  const hex = /^#(?:([0-9a-f]{3})|([0-9a-f]{6}))$/i.exec(colour ?? '');
  if (!hex) return null;
  const digits = hex[2] ?? hex[1].replace(/./g, '$&$&');
  const [red, green, blue] = digits.match(/../g).map((pair) => {
    const part = Number.parseInt(pair, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The rules that put these colours in the place of the usual ones; an embedder's own rules win. */
export function colourRules(colours) {
  const block = (pick) =>
    `:host{${colours.map((colour) => `--mpc-${colour.name}:${pick(colour)}`).join(';')}}`;
  const both = block(({ light, dark }) => `light-dark(${light},${dark})`);
  return (
    `@media not print{${block(({ light }) => light)}` +
    `@media (prefers-color-scheme:dark){${block(({ dark }) => dark)}}` +
    `@supports (color:light-dark(#000,#fff)){${both}}}`
  );
}

function checked(colour, key) {
  if (typeof colour !== 'string' || !(HEX.test(colour) || FUNCTION.test(colour))) {
    const shown = JSON.stringify(colour)?.slice(0, 60);
    throw new Error(`${key}: ${shown} is not a colour such as "#2450c4" or "rgb(36 80 196)"`);
  }
  return colour;
}
