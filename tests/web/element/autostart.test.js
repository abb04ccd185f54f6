import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAtHome, isFirst, originsAround } from '../../../web/element/autostart.js';

const HOME = 'https://check.example';
const HELP = 'https://help.example';
const EVIL = 'https://evil.example';

/** A window in frames of these origins, the innermost first; `others` are what it may not look into. */
function framed(origins, { told = true, referrer = '' } = {}) {
  const [own] = origins;
  let outer = null;
  for (const origin of [...origins].reverse()) {
    const view = {
      location: {},
      get parent() {
        return this.outer ?? this;
      },
      outer,
      document: { referrer },
    };
    Object.defineProperty(view.location, 'origin', {
      get: () => {
        if (origin !== own) throw new Error('SecurityError');
        return origin;
      },
    });
    outer = view;
  }
  if (told) outer.location.ancestorOrigins = origins.slice(1);
  return outer;
}

const CASES = [
  ['the site itself', framed([HOME]), []],
  ['a frame of its own', framed([HOME, HOME]), []],
  ['the element in another site', framed([HELP]), [HELP]],
  ['a frame in another site', framed([HOME, HELP]), [HELP]],
  ['a frame in a frame', framed([HOME, HELP, EVIL]), [HELP, EVIL]],
  ['its own page in another site, with a frame', framed([HOME, HOME, EVIL]), [EVIL]],
  ['a sandbox around', framed([HOME, 'null']), ['null']],
];
for (const [what, view, expected] of CASES) {
  test(`around ${what}: ${expected.join(', ') || 'nobody else'}`, () => {
    assert.deepEqual(originsAround(view, HOME), expected);
  });
}

test('at home is a page of the site itself, and no frame', () => {
  const home = CASES.filter(([, view]) => isAtHome(view, HOME)).map(([what]) => what);
  assert.deepEqual(home, ['the site itself']);
});

/** Firefox tells no ancestors; nobody lists `null`. */
const UNTOLD = [
  ['the site itself', [HOME], '', []],
  ['a frame of its own', [HOME, HOME], '', []],
  ['a frame in another site', [HOME, HELP], `${HELP}/`, [HELP]],
  ['a site that does not say who it is', [HOME, HELP], '', ['null']],
  ['a frame in a frame', [HOME, HELP, EVIL], `${HELP}/`, [HELP, 'null']],
  ['no URL', [HOME, HELP], 'about:', ['null']],
];
for (const [what, origins, referrer, expected] of UNTOLD) {
  test(`without ancestors, around ${what}: ${expected.join(', ') || 'nobody else'}`, () => {
    assert.deepEqual(originsAround(framed(origins, { told: false, referrer }), HOME), expected);
  });
}

test('one check begins by itself in a page, and no more', () => {
  assert.deepEqual([isFirst(), isFirst(), isFirst()], [true, false, false]);
});
