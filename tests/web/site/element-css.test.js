import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { forElement } from '../../../web/site/element-css.js';

test('lengths in rem follow the reader and not the page', () => {
  assert.equal(
    forElement(
      'p { font: 400 .5rem/1.5 x; margin: -1.25rem 2rem 3em; width: clamp(1rem, 2vw, 3rem) }',
    ),
    'p { font: 400 calc(.5 * var(--mpc-rem))/1.5 x; margin: calc(-1.25 * var(--mpc-rem)) ' +
      'calc(2 * var(--mpc-rem)) 3em; ' +
      'width: clamp(calc(1 * var(--mpc-rem)), 2vw, calc(3 * var(--mpc-rem))) }',
  );
  assert.equal(forElement('.h2rem { color: red }'), '.h2rem { color: red }');
});

test('every dark colour gets its rule, before print', () => {
  const tokens = readFileSync(new URL('../../../web/view/tokens.css', import.meta.url), 'utf8');
  const css = forElement(tokens);
  assert.match(css, /--mpc-ink: light-dark\(#17202b, #e7ebf1\);/);
  const dark = /prefers-color-scheme: dark\)[^}]*/.exec(tokens)[0].match(/--mpc-/g).length;
  assert.equal(css.match(/light-dark\(/g).length, dark + 1);
  assert.ok(css.indexOf('@supports') < css.indexOf('@media print'));
});

test('a dark colour without a light one is a mistake', () => {
  const dark = '@media (prefers-color-scheme: dark) { :root, :host { --mpc-x: #000; } }';
  assert.throws(() => forElement(`:root, :host { --mpc-y: #fff; } ${dark}`), /--mpc-x has a dark/);
});

test('no query is in rem: a custom property cannot stand there', () => {
  const view = new URL('../../../web/view/', import.meta.url);
  const sheets = readdirSync(view).filter((name) => name.endsWith('.css'));
  assert.ok(sheets.length > 10);
  for (const name of sheets) {
    const css = readFileSync(new URL(name, view), 'utf8');
    assert.doesNotMatch(css, /@(?:media|container)[^{]*rem/);
  }
});
