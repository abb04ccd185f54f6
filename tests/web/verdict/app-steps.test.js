import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createWords } from '../../../web/i18n/words.js';
import { APPS } from '../../../web/verdict/settings.js';
import { READ } from '../../../web/verdict/app-step-sources.js';
import { appsFor, isHandheld, stepNames, stepsFor } from '../../../web/verdict/app-steps.js';
import { setting } from '../fixtures/proved.js';
import { locale } from '../fixtures/tables.js';

const german = JSON.parse(
  readFileSync(new URL('../../../web/locales/de.json', import.meta.url), 'utf8'),
);
const settings = { incoming: setting('imaps'), outgoing: setting('submissions') };
const token = {
  incoming: setting('imaps', { authentication: 'oauth2' }),
  outgoing: setting('submission', { authentication: 'oauth2' }),
};
const google = { id: 'google', name: 'Google' };
const names = (result) => result.steps.map(({ name }) => name);

/** The sentences as a reader gets them. */
function said(app, result, words) {
  return result.steps.map(({ name, args }) => words.say(`appSteps.${app}.${name}`, args));
}

test('the apps of the platform come first, and none is left out', () => {
  const first = {
    iphone: 'ios',
    ipad: 'ios',
    mac: 'apple',
    android: 'gmail',
    windows: 'outlook-new',
    linux: 'thunderbird',
    unknown: 'thunderbird',
    somethingNew: 'thunderbird',
  };
  for (const [platform, app] of Object.entries(first)) {
    assert.equal(appsFor(platform)[0], app, platform);
    assert.deepEqual(appsFor(platform).sort(), [...APPS].sort(), platform);
  }
});

test('the fields stand in the step that asks for them, incoming first', () => {
  for (const app of APPS) {
    const { kind, steps } = stepsFor(app, settings);
    assert.equal(kind, 'manual', app);
    assert.deepEqual(steps.map(({ side }) => side).filter(Boolean), ['incoming', 'outgoing'], app);
    assert.equal(steps[0].name, 'open', app);
  }
});

test('every step has words in every language, and every placeholder a value', () => {
  const choices = [null, google, { id: 'microsoft365', name: 'Microsoft 365' }];
  for (const [words, texts] of [
    [createWords(locale), locale],
    [createWords(german, 'de'), german],
  ]) {
    for (const app of APPS) {
      assert.deepEqual(Object.keys(texts.appSteps[app]).sort(), stepNames(app).sort(), app);
      for (const proved of [settings, token]) {
        for (const provider of choices) {
          const result = stepsFor(app, proved, provider);
          for (const text of result ? said(app, result, words) : [])
            assert.doesNotMatch(text, /[{}]/);
        }
      }
    }
  }
});

test('POP3 is called so', () => {
  const pop = { ...settings, incoming: setting('pop3s') };
  const words = createWords(locale);
  assert.ok(said('outlook', stepsFor('outlook', pop), words).some((text) => /POP3/.test(text)));
  assert.ok(!said('gmail', stepsFor('gmail', pop), words).some((text) => /IMAP/.test(text)));
});

test('where the provider signs people in itself, nobody types a server', () => {
  for (const app of APPS) {
    const result = stepsFor(app, token, google);
    assert.equal(result.kind, 'sign-in', app);
    assert.ok(names(result).includes('window'), app);
    assert.ok(
      result.steps.every(({ side }) => side === null),
      app,
    );
  }
  assert.equal(stepsFor('ios', token, google).choice, 'Google');
});

test('a provider in the list of an app is chosen there, whatever its password', () => {
  const icloud = { id: 'icloud', name: 'iCloud' };
  assert.equal(stepsFor('ios', settings, icloud).choice, 'iCloud');
  assert.equal(stepsFor('apple', settings, icloud).kind, 'sign-in');
  assert.equal(stepsFor('thunderbird', settings, icloud).kind, 'manual');
});

test('a domain at Microsoft 365 is not called Outlook.com', () => {
  const choice = (id) => stepsFor('ios', token, { id, name: id }).choice;
  assert.equal(choice('outlook'), 'Outlook.com');
  assert.equal(choice('microsoft365'), 'Microsoft Exchange');
});

test('no steps where they would lead nowhere', () => {
  assert.equal(stepsFor('thunderbird', { ...settings, outgoing: null }), null);
  assert.equal(stepsFor('ios', token, { id: 'comcast', name: 'Xfinity' }), null, 'not in its list');
  assert.equal(stepsFor('thunderbird', token, null), null, 'nobody knows whose window it would be');
  const strange = { ...settings, incoming: setting('imaps', { vouched: null }) };
  assert.equal(stepsFor('thunderbird', strange), null);
});

test('every app says where its steps were read and when, and leads to its maker', () => {
  for (const app of APPS.filter((one) => one !== 'other')) {
    const { read, agrees } = READ[app];
    assert.equal(new URL(stepsFor(app, settings).help).protocol, 'https:', app);
    for (const [what, when] of [read, agrees].filter(Boolean)) {
      assert.ok(what.length > 10, app);
      assert.match(when, /^20\d\d-\d\d-\d\d$/, app);
    }
  }
});

test('a phone and a tablet are held in the hand', () => {
  const held = ['iphone', 'ipad', 'mac', 'android', 'windows', 'linux', 'unknown'].filter(
    isHandheld,
  );
  assert.deepEqual(held, ['iphone', 'ipad', 'android']);
});
