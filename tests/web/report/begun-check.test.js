import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeBegun } from '../../../web/report/begun-check.js';
import { RECENT_MS, readBegun } from '../../../web/report/read-begun.js';
import { readAppSettings } from '../../../web/input/read-app-settings.js';
import { emptyDetails, readUserInput } from '../../../web/input/user-input.js';
import { tables } from '../fixtures/tables.js';

const NOW = 1_770_000_000_000;

/** What stands in the form, and the check that it begins. */
function entered(address, settings = {}, pasted = '') {
  const details = { ...emptyDetails(), open: true, pasted };
  for (const [side, values] of Object.entries(settings)) {
    Object.assign(details.settings[side], values);
  }
  return {
    address,
    details,
    target: readUserInput({ address, details, tables, readAppSettings }).target,
  };
}

const kept = ({ address, target }) => writeBegun(address, target, NOW);
const again = (form, now = NOW) => readBegun(kept(form), tables, now);

test('the domain and the typed settings come back, and not what is before the @ or was pasted', () => {
  const form = entered(
    'Anna.Berg@Example.com',
    {
      incoming: { protocol: 'pop3', server: 'pop.example.com', port: '995', security: 'ssl' },
      outgoing: { server: 'smtp.example.com' },
    },
    'Cannot send as anna.berg: connection refused',
  );
  assert.doesNotMatch(kept(form), /anna|berg|refused/i);
  const { address, details, recent } = again(form);
  assert.equal(address, 'example.com');
  assert.deepEqual(details.settings, form.details.settings);
  assert.equal(details.pasted, '');
  assert.equal(recent, true);
  const { target } = readUserInput({ address, details, tables, readAppSettings });
  assert.deepEqual(target.appSettings, form.target.appSettings);
});

test('a server, settings alone, and an address alone', () => {
  assert.equal(again(entered('imap.example.com:993')).address, 'imap.example.com');
  const alone = again(entered('', { incoming: { server: 'imap.example.com', port: '993' } }));
  assert.equal(alone.address, '');
  assert.equal(alone.details.settings.incoming.server, 'imap.example.com');
  assert.deepEqual(again(entered('anna@example.com')).details, emptyDetails());
});

test('a check of long ago is no longer recent, whichever way the clock was set', () => {
  const form = entered('example.com');
  assert.equal(again(form, NOW + RECENT_MS - 1).recent, true);
  for (const off of [RECENT_MS, -RECENT_MS]) assert.equal(again(form, NOW + off).recent, false);
});

test('what is something else, or was forged, is nothing', () => {
  const good = JSON.parse(
    kept(entered('example.com', { outgoing: { server: 'smtp.example.com' } })),
  );
  const [side] = good.settings;
  for (const wrong of [
    { address: 'anna@example.com' },
    { address: '<img src=x>' },
    { at: 'today' },
    { version: 2 },
    { settings: [side, side, side] },
    { settings: [{ ...side, server: 'javascript:alert(1)' }] },
    { settings: [{ ...side, side: '__proto__' }] },
    { settings: null },
  ]) {
    const text = JSON.stringify({ ...good, ...wrong });
    assert.equal(readBegun(text, tables, NOW), null, text);
  }
  for (const text of ['{', 'null', '[]', '"x"', ' '.repeat(10_000)]) {
    assert.equal(readBegun(text, tables, NOW), null);
  }
});
