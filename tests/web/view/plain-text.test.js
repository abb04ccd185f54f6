import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportText } from '../../../web/view/plain-text.js';
import { settingsText } from '../../../web/view/settings-text.js';
import { buildReport } from '../../../web/report/report.js';
import { createWords } from '../../../web/i18n/words.js';
import { outcome, attempt, rowsOf } from '../fixtures/outcomes.js';
import { setting } from '../fixtures/proved.js';
import { locale } from '../fixtures/tables.js';

const words = createWords(locale);
const settings = {
  incoming: setting('imaps'),
  outgoing: setting('submissions'),
  alternatives: [],
};
const state = {
  app: 'thunderbird',
  settings,
  rows: rowsOf(),
  problems: [],
  vantage: { name: 'test', local: false },
  target: 'example.test',
};

test('who copies the settings gets the address that was typed', () => {
  const username = 'very.secret@example.test';
  const sides = { incoming: { username }, outgoing: { username } };
  assert.match(settingsText(state, words, sides), /Username: very\.secret@example\.test/);
});

test('what is meant for support holds nothing from before the @', () => {
  const report = buildReport({
    domain: 'example.test',
    host: null,
    started: '2030-01-01T00:00:00Z',
    vantages: [
      { name: 'test', rows: state.rows, outcomes: [outcome('imaps', [attempt('imaps')])] },
    ],
    settings,
  });
  const text = reportText({ ...state, report }, words);
  assert.match(text, /Hostname: imap\.example\.test/);
  assert.ok(!text.includes('secret'));
  assert.ok(!JSON.stringify(report).includes('secret'));
});

test('a name that nobody vouches for is not passed on', () => {
  const strange = { server: 'mail.evil-box.example', vouched: null };
  const text = settingsText(
    { ...state, settings: { ...settings, incoming: setting('imaps', strange) } },
    words,
  );
  assert.doesNotMatch(text, /evil-box/);
  assert.match(text, /cannot confirm/);
  assert.match(text, /smtp\.example\.test/);
});
