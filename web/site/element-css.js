/**
 * The style sheets, made fit for the page and for a shadow root in a foreign one. Pure; runs while building.
 *
 * `rem` there is the foreign page's, and may be 10 px or 90: lengths are taken from --mpc-rem, which is
 * the reader's own text size. Dark colours there are for a page that is dark, not for a reader who
 * likes dark: where light-dark() is known, the element follows the color-scheme it inherits. So does our
 * own page, which may be asked to be light or dark.
 */
const TOKENS = /:root,\s*:host\s*\{([^}]*)\}/;
const DARK = /@media \(prefers-color-scheme: dark\)\s*\{\s*:root,\s*:host\s*\{([^}]*)\}\s*\}/;
const REM = /(?<![\w#.])(-?(?:\d+\.)?\d+|-?\.\d+)rem\b/g;

/** @param {string} css @returns {string} */
export function forElement(css) {
  return withSchemes(css).replace(REM, (_, number) => `calc(${number} * var(--mpc-rem))`);
}

/** With the rule that gives each colour of the dark table both its values. @param {string} css */
export function withSchemes(css) {
  const dark = DARK.exec(css);
  if (!dark) return css;
  const light = declarations(TOKENS.exec(css)?.[1] ?? '');
  const both = [...declarations(dark[1])].map(([name, value]) => {
    if (!light.has(name)) throw new Error(`${name} has a dark value and no light one`);
    return `${name}: light-dark(${light.get(name)}, ${value});`;
  });
  const rule = `@supports (color: light-dark(#000, #fff)) { :root, :host { ${both.join(' ')} } }`;
  return css.replace(dark[0], () => `${dark[0]}\n${rule}`);
}

function declarations(block) {
  return new Map(
    [...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value.trim()]),
  );
}
