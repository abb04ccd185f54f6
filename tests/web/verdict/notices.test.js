import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noticesOf } from '../../../web/verdict/notices.js';

const of = (change) =>
  noticesOf({
    clock: { offset: 0 },
    summary: { foreign: false },
    domain: 'example.test',
    preset: null,
    ...change,
  });

test('nothing is noticed where the clock is right and the domain is not foreign', () => {
  assert.deepEqual(of({}), []);
});

test('a clock that is wrong, in seconds', () => {
  assert.deepEqual(of({ clock: { offset: -7_200_400 } }), [
    { id: 'clock-wrong', args: { seconds: -7200 } },
  ]);
});

test('a domain that is not of the provider whose page this is, which may have no name', () => {
  const foreign = { summary: { foreign: true } };
  assert.deepEqual(of({ ...foreign, preset: { name: 'Example Hosting' } }), [
    {
      id: 'not-this-provider',
      args: { domain: 'example.test', provider: 'Example Hosting' },
    },
  ]);
  assert.deepEqual(of({ ...foreign, preset: { name: null } }), [
    { id: 'not-this-provider', args: { domain: 'example.test' } },
  ]);
});
