import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkedWords } from '../../../web/i18n/when.js';
import { createWords } from '../../../web/i18n/words.js';
import { locale } from '../fixtures/tables.js';

const started = '2026-03-04T14:02:00.000Z';
const say = (options, lang = 'en-GB') =>
  checkedWords(
    { started, ms: 10_400, place: 'Frankfurt', timeZone: 'UTC', ...options },
    createWords(locale, lang),
  );

test('today by the time alone, another day by its date', () => {
  const now = new Date('2026-03-04T23:00:00Z');
  assert.equal(say({ now }), 'Checked today at 14:02 from Frankfurt, in 10 seconds.');
  assert.equal(
    say({ now: new Date('2026-03-05T00:01:00Z') }),
    'Checked on 4 March 2026 at 14:02 from Frankfurt, in 10 seconds.',
  );
  assert.equal(say({ now, ms: 80 }), 'Checked today at 14:02 from Frankfurt, in 1 second.');
  assert.equal(say({ now, ms: null }), 'Checked today at 14:02 from Frankfurt.');
});
