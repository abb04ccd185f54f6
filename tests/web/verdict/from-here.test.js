import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../web/verdict/findings.js';
import { seenFromHere } from '../../../web/verdict/from-here.js';
import { QUIET, attempt, outcome } from '../fixtures/outcomes.js';
import { tables } from '../fixtures/tables.js';

const known = catalogue(tables);
const selfTest = (resolver, ports = {}) => ({
  resolver,
  ports: new Map(Object.entries(ports).map(([port, how]) => [Number(port), how])),
});
const seen = (outcomes, { tested = null, answered = true, summary = QUIET } = {}) =>
  seenFromHere({ outcomes, summary, tested, answered, known });
const found = ({ attempts: [{ report }] }) => report.findings;
const gone = (id, host = 'imap.example.test') => ({ id, args: { host } });

for (const id of ['connect-refused', 'connect-timeout', 'connect-unreachable', 'connect-reset']) {
  test(`${id} on a port that the bridge itself does not get out through is nobody's fault`, () => {
    const tested = selfTest('ok', { 587: 'timed-out', 993: 'ok' });
    const { outcomes } = seen(
      ['submission', 'imaps', 'pop3s'].map((name) => outcome(name, [attempt(name, [id])])),
      { tested },
    );
    assert.deepEqual(outcomes.map(found), [
      [{ id: 'not-tested-from-here', args: { finding: id, close: 'timed-out' } }],
      [{ id, args: {} }],
      [{ id, args: {} }],
    ]);
  });
}

test('what was seen on such a port holds: it is open now', () => {
  const tested = selfTest('ok', { 587: 'timed-out' });
  const met = [['certificate-expired'], ['greeting-timeout'], ['bridge-busy'], []];
  const { outcomes } = seen(
    met.map((ids) => outcome('submission', [attempt('submission', ids)])),
    { tested },
  );
  assert.deepEqual(
    outcomes.map((one) => found(one).map(({ id }) => id)),
    met,
  );
});

/** What the conversation may come to where somebody in between accepts it. */
const BY_A_MIDDLEBOX = [
  ['submission', 'connect-reset'],
  ['submission', 'greeting-closed'],
  ['submission', 'greeting-timeout'],
  ['submission', 'greeting-refused'],
  ['submission', 'greeting-malformed'],
  ['submission', 'not-a-mail-server'],
  ['submissions', 'handshake-closed'],
  ['submissions', 'handshake-timeout'],
  ['submissions', 'handshake-alert'],
  ['submissions', 'handshake-failed'],
];
for (const how of ['server-closed', 'reset', 'silent', 'other-answer']) {
  test(`a network that accepts every connection itself (${how}) lets nobody be seen`, () => {
    const tested = selfTest('ok', { 587: how, 465: how });
    for (const [name, id] of BY_A_MIDDLEBOX) {
      const { outcomes } = seen([outcome(name, [attempt(name, [id])])], { tested });
      const expected = { id: 'not-tested-from-here', args: { finding: id, close: how } };
      assert.deepEqual(found(outcomes[0]), [expected], id);
    }
  });
}

test('behind such a network, too, what a mail server said holds', () => {
  const tested = selfTest('ok', { 587: 'other-answer', 465: 'other-answer' });
  const met = [
    ['submission', []],
    ['submission', ['tls-expected']],
    ['submission', ['starttls-not-offered']],
    ['submission', ['certificate-expired']],
    ['submissions', ['starttls-expected']],
    ['submissions', ['certificate-unknown-issuer']],
    ['submissions', ['bridge-busy']],
  ];
  const given = met.map(([name, ids]) => outcome(name, [attempt(name, ids)]));
  const { outcomes } = seen(given, { tested });
  assert.deepEqual(
    outcomes.map((one) => found(one).map(({ id }) => id)),
    met.map(([, ids]) => ids),
  );
});

test('the evidence stays as it was', () => {
  const given = outcome('submission', [attempt('submission', ['connect-timeout'])]);
  const before = structuredClone(given);
  seen([given], { tested: selfTest('failed', { 587: 'refused' }), answered: false });
  assert.deepEqual(given, before);
});

/** When a name that was not found may exist, and why. */
const LOOKUPS = [
  [{ tested: selfTest('ok'), answered: false }, null],
  [{ tested: null, answered: true }, null],
  [{ tested: selfTest('failed'), answered: true }, null],
  [{ tested: selfTest('failed'), answered: false }, 'failed'],
  [{ tested: selfTest('invents'), answered: true }, 'invents'],
  [{ tested: selfTest('invents'), answered: false }, 'invents'],
  [{ tested: selfTest(null), answered: false }, 'unproved'],
  [{ tested: null, answered: false }, 'unproved'],
];
for (const [how, reason] of LOOKUPS) {
  const resolver = how.tested ? how.tested.resolver : 'not tested';
  test(`resolver ${resolver}, ${how.answered ? '' : 'no '}answer seen: ${reason ?? 'it can be relied upon'}`, () => {
    for (const id of ['name-not-found', 'name-without-address', 'name-servers-failed']) {
      const missing = [{ host: 'imap.example.test', source: 'published', finding: gone(id) }];
      const given = outcome('imaps', [], { finding: gone(id), missing });
      const summary = { ...QUIET, exchange: false, meant: ['example.org'], domain: gone(id) };
      const { outcomes, summary: told } = seen([given], { ...how, summary });
      const [{ finding, missing: lost }] = outcomes;
      if (reason === null) {
        assert.deepEqual([outcomes[0], told], [given, summary]);
        continue;
      }
      const failed = { id: 'resolver-failed', args: { host: 'imap.example.test', reason } };
      assert.deepEqual([finding, lost[0].finding, told.domain], [failed, failed, failed]);
      const { published, autoconfig, exchange, meant } = told;
      assert.deepEqual([published, autoconfig, exchange, meant], [null, null, null, []]);
    }
  });
}

test('no server known at all, by lookups that nobody can rely upon', () => {
  const how = { tested: selfTest('failed'), answered: false };
  const [bare, declared, stopped] = seen(
    [
      outcome('imaps'),
      outcome('imaps', [], { declared: true }),
      outcome('imaps', [], { stopped: true }),
    ],
    how,
  ).outcomes;
  assert.deepEqual(bare.finding, { id: 'resolver-failed', args: { reason: 'failed' } });
  assert.deepEqual([declared.finding, stopped.finding], [null, null]);
});

test('where addresses are made up, only who proves to be the server is the server', () => {
  const tested = selfTest('invents');
  const of = (ids, more) => outcome('imaps', [attempt('imaps', ids, more)]);
  const { outcomes } = seen(
    [
      of(['certificate-unknown-issuer']),
      of(['connect-refused']),
      of(['not-a-mail-server']),
      of([]),
      of(['bridge-busy']),
      of(['connect-refused'], { host: '192.0.2.1' }),
    ],
    { tested },
  );
  assert.deepEqual(
    outcomes.map((one) => found(one).map(({ id }) => id)),
    [
      ['resolver-failed'],
      ['resolver-failed'],
      ['resolver-failed'],
      [],
      ['bridge-busy'],
      ['connect-refused'],
    ],
  );
});

test('without a summary there is none', () => {
  const how = { tested: null, answered: false, summary: null };
  assert.equal(seen([], how).summary, null);
});
