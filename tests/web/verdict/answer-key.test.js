import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerKey } from '../../../web/verdict/answer-key.js';
import { QUIET, attempt, outcome, rowsOf } from '../fixtures/outcomes.js';
import { setting } from '../fixtures/proved.js';
import { locale, tables } from '../fixtures/tables.js';

const NONE = { incoming: null, outgoing: null };
const SENDING = ['submissions', 'submission'];
const RECEIVING = ['imaps', 'imap', 'pop3s', 'pop3'];
const all = (names, found, more = {}) =>
  Object.fromEntries(names.map((name) => [name, outcome(name, [attempt(name, found)], more)]));
const key = (rows, settings, more = {}) =>
  answerKey({ rows, settings, problems: [], summary: QUIET, ...more });

test('every headline is one sentence about receiving and sending', () => {
  const headlines = { ...locale.answer, ...locale.unready };
  const keys = Object.keys(headlines).filter((name) => headlines[`${name}Lead`]);
  for (const name of keys.filter((one) => !['ours', 'foreign', 'misspelled'].includes(one))) {
    const said = headlines[name];
    assert.equal(said.match(/[.?!]( |$)/g).length, 1, said);
    assert.match(said, /receiv/i, said);
    assert.match(said, /send/i, said);
  }
});

test('a domain that was perhaps mistyped is asked about, whatever else there is', () => {
  const slip = { problems: [{ id: 'domain-misspelled', act: 'fix' }] };
  assert.equal(key(rowsOf(), { incoming: null, outgoing: null }, slip), 'misspelled');
});

test('what was proved makes the headline', () => {
  const both = { incoming: setting('imaps'), outgoing: setting('submissions') };
  assert.equal(key(rowsOf(), both), 'ready');
  assert.equal(key(rowsOf(), both, { problems: [{ act: 'fix' }] }), 'readyProblems');
  const doubtful = { ...both, outgoing: setting('submissions', { trusted: false }) };
  assert.equal(key(rowsOf(), doubtful), 'readyBut');
});

test('with a provider\u2019s preset, an address of another domain is never ready', () => {
  const both = { incoming: setting('imaps'), outgoing: setting('submissions') };
  const foreign = { problems: [{ id: 'not-this-provider', act: 'aware' }] };
  assert.equal(key(rowsOf(), both, foreign), 'foreign');
  assert.equal(key(rowsOf(), NONE, foreign), 'foreign');
});

test('settings that nobody vouches for are only claimed', () => {
  const strange = setting('imaps', { vouched: null });
  assert.equal(key(rowsOf(), { incoming: strange, outgoing: setting('submissions') }), 'claimed');
  assert.equal(key(rowsOf(), { incoming: strange, outgoing: null }), 'claimed');
  assert.equal(key(rowsOf(), { incoming: setting('imaps'), outgoing: strange }), 'claimed');
});

test('what was not tested is not said to have failed', () => {
  const ours = ['not-tested-from-here'];
  const failed = all(RECEIVING, ['connect-refused']);
  const cases = [
    // Port 25 works, and the ports for apps could not be tested.
    [all([...SENDING, ...RECEIVING], ours), 'untested'],
    [{ ...all(['smtp'], ours), ...all([...SENDING, ...RECEIVING], ours) }, 'ours'],
    [{ ...failed, ...all(SENDING, ours) }, 'receiveFailed'],
    [{ ...failed, ...all(SENDING, ['connect-refused']) }, 'nothing'],
    [{ ...all(SENDING, ['connect-refused']), ...all(RECEIVING, ours) }, 'sendFailed'],
    // One of the two ports may well work.
    [
      { ...failed, ...all(['submissions'], ['connect-refused']), ...all(['submission'], ours) },
      'receiveFailed',
    ],
    // And here the server that both belong to was seen to fail.
    [
      { ...failed, ...all(['submissions'], ['certificate-expired']), ...all(['submission'], ours) },
      'nothing',
    ],
  ];
  for (const [special, expected] of cases) {
    assert.equal(key(rowsOf(special), NONE), expected, JSON.stringify(Object.keys(special)));
  }
});

test('a side without settings was tested and failed, or could not be tested', () => {
  const incoming = { ...NONE, incoming: setting('imaps') };
  assert.equal(key(rowsOf(all(SENDING, ['connect-refused'])), incoming), 'receiveOnly');
  assert.equal(key(rowsOf(all(SENDING, ['tls13-only'])), incoming), 'receiveUntested');
  const outgoing = { ...NONE, outgoing: setting('submissions') };
  assert.equal(key(rowsOf(all(RECEIVING, ['connect-timeout'])), outgoing), 'sendOnly');
  const elsewhere = { elsewhere: [{ host: 'a.test', port: 9933 }] };
  const odd = rowsOf({
    ...all(RECEIVING, ['connect-refused']),
    ...all(['imaps'], ['connect-refused'], elsewhere),
  });
  assert.equal(key(odd, outgoing), 'sendUntested');
});

test('nothing proved: broken, untested, our side, or a domain without mail', () => {
  const every = tables.services.map(({ name }) => name);
  assert.equal(key(rowsOf(all(every, ['connect-refused'])), NONE), 'nothing');
  assert.equal(key(rowsOf(all(every, ['connect-timeout'])), NONE), 'silent');
  assert.equal(key(rowsOf(all(every, ['tls13-only'])), NONE), 'untested');
  assert.equal(key(rowsOf(all(every, ['bridge-unreachable'])), NONE), 'ours');
  const summary = { ...QUIET, nullMx: true };
  const none = Object.fromEntries(every.map((name) => [name, outcome(name)]));
  assert.equal(key(rowsOf(none, summary), NONE, { summary }), 'noMail');
  assert.equal(key(rowsOf(none), NONE), 'noServer');
  const gone = { ...QUIET, domain: { id: 'name-not-found', args: {} } };
  assert.equal(key(rowsOf(none, gone), NONE, { summary: gone }), 'noDomain');
  const both = { incoming: setting('imaps'), outgoing: setting('submissions') };
  assert.equal(key(rowsOf(), both, { problems: [{ id: 'no-new-mail' }] }), 'readyNoMail');
});
