import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { COLOURS, colourRules, readColours } from '../../../web/config/preset-colours.js';

test('one colour is for light and dark pages, two are one for each', () => {
  assert.deepEqual(readColours({ accent: '#fff', ink: { light: '#000', dark: '#eee' } }), [
    { name: 'accent', light: '#fff', dark: '#fff' },
    { name: 'ink', light: '#000', dark: '#eee' },
  ]);
});

for (const good of [
  '#abc',
  '#ABCD',
  '#aabbcc',
  '#aabbccdd',
  'rgb(1 2 3)',
  'rgb(1, 2, 3)',
  'rgba(1,2,3,.5)',
  'rgb( 10% 20% 30% / 40% )',
  'hsl(120deg 50% 50%)',
  'oklch(0.7 0.1 200)',
]) {
  test(`${good} is a colour`, () => {
    assert.equal(readColours({ accent: good })[0].light, good);
  });
}

for (const bad of [
  '',
  'red',
  '#12',
  '#12345',
  '#ggg',
  ' #fff',
  '#fff ',
  '#fff\n',
  '#fff;color:red',
  '#fff}*{display:none',
  'rgb(1 2 3);',
  'rgb(1 2 3)} :host{display:none',
  'rgb(1 2)',
  'rgb(var(--x) 2 3)',
  'url(https://a.test)',
  'rgb(calc(1) 2 3)',
  'expression(1)',
  'rgb(1\\32 3)',
  'rgb(1 2 3/**/)',
  `rgb(${'1'.repeat(10_000)} 2 3)`,
  7,
  null,
  ['#fff'],
  { light: '#fff' },
  { light: '#fff', dark: 'red' },
  { light: '#fff', dark: '#000', print: '#000' },
]) {
  test(`${JSON.stringify(bad)?.slice(0, 60)} is none, and named`, () => {
    assert.throws(() => readColours({ accent: bad }), /preset\.colours\.accent/);
  });
}

test('an unknown name is a mistake that is named', () => {
  assert.throws(() => readColours({ background: '#fff' }), /colours\.background: unknown colour/);
});

test('every colour is one of the element\u2019s', () => {
  const tokens = readFileSync(new URL('../../../web/view/tokens.css', import.meta.url), 'utf8');
  for (const name of COLOURS) assert.ok(tokens.includes(`--mpc-${name}: `), name);
});

test('the rules hold both colours and leave print alone', () => {
  const rules = colourRules(readColours({ accent: { light: '#111', dark: '#eee' } }));
  assert.ok(rules.startsWith('@media not print{:host{--mpc-accent:#111}'));
  assert.ok(rules.includes('@media (prefers-color-scheme:dark){:host{--mpc-accent:#eee}}'));
  assert.ok(rules.includes(':host{--mpc-accent:light-dark(#111,#eee)}'));
  assert.equal(rules.split('{').length, rules.split('}').length);
});

test('text that could not be read on what is behind it is a mistake that is named', () => {
  const dark = { accent: { light: '#3d2e6b', dark: '#3d2e6b' }, 'on-accent': '#222' };
  assert.throws(
    () => readColours(dark),
    /on-accent: #222 on #3d2e6b \(light\) has a contrast of 1\.3\d/,
  );
  assert.throws(
    () =>
      readColours({
        surface: { light: '#fff', dark: '#181d25' },
        ink: { light: '#767676', dark: '#555555' },
      }),
    /ink: #555555 on #181d25 \(dark\)/,
  );
  assert.throws(
    () => readColours({ surface: '#ffffff', ink: '#777777' }),
    /contrast of 4\.48; text/,
  );
  assert.equal(readColours({ surface: '#ffffff', ink: '#767676' }).length, 2);
  assert.equal(readColours({ accent: 'rgb(1 2 3)', 'on-accent': '#000' }).length, 2);
});
