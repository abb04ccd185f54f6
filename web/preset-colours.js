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
  return Object.entries(value).map(([name, colour]) => {
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
