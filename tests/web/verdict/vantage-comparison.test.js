import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerKey } from '../../../web/verdict/answer-key.js';
import { catalogue } from '../../../web/verdict/findings.js';
import { problems } from '../../../web/verdict/problems.js';
import { proveSettings } from '../../../web/verdict/settings.js';
import {
  comparePlaces,
  elsewhereOf,
  rowsElsewhere,
  worthComparing,
} from '../../../web/verdict/vantage-comparison.js';
import { DOMAIN, attempt, ids, outcome, row, rowsOf } from '../fixtures/outcomes.js';
import { tables } from '../fixtures/tables.js';

const HOME = { name: 'this computer', local: true };
const BERLIN = { name: 'Berlin', local: false };
const FRANKFURT = { name: 'Frankfurt', local: false };

/** A conversation with this certificate. */
function showing(made, { sha256, issuer = 'CN=Good CA' }) {
  const [certificate] = made.report.certificates;
  return {
    ...made,
    report: { ...made.report, certificates: [{ ...certificate, sha256, issuer }] },
  };
}

/** The rows of a check in which only `name` met these findings, compared with what the other place met. */
function compared(name, here, there, { from = HOME, rows = null } = {}) {
  const made = (found) => (Array.isArray(found) ? attempt(name, found) : found);
  const all = rows ?? rowsOf({ [name]: outcome(name, [made(here)]) });
  const places = { here: from, there: FRANKFURT };
  return all.map((one) =>
    one.service.name === name ? comparePlaces(one, made(there), places, tables) : one,
  );
}

/** What the port is said to have. */
const told = (...args) => row(compared(...args), args[0]);

/** Port, what the one place met, what the other did → status and findings of the port. */
const TABLE = [
  // Here nothing gets through, and there it does.
  ['submission', ['connect-timeout'], [], 'blocked', ['blocked-here']],
  ['submission', ['connect-unreachable'], [], 'blocked', ['blocked-here']],
  ['submission', ['connect-timeout'], ['certificate-expired'], 'blocked', ['blocked-here']],
  ['submission', ['connect-refused'], [], 'blocked', ['refused-here']],
  ['submission', ['connect-reset'], ['greeting-busy'], 'blocked', ['refused-here']],
  ['smtp', ['connect-timeout'], [], 'blocked', ['port-25-blocked-here']],
  ['smtp', ['connect-refused'], [], 'blocked', ['port-25-blocked-here']],
  // Neither place gets through.
  ['submission', ['connect-timeout'], ['connect-timeout'], 'blocked', ['connect-timeout']],
  ['submission', ['connect-refused'], ['connect-timeout'], 'not-offered', ['connect-refused']],
  [
    'smtp',
    ['connect-timeout'],
    ['connect-timeout'],
    'blocked',
    ['port-25-blocked', 'connect-timeout'],
  ],
  // It answers both.
  ['imaps', ['certificate-expired'], ['certificate-expired'], 'broken', ['certificate-expired']],
  ['imap', ['starttls-masked'], [], 'broken', ['starttls-removed-here']],
  ['imap', ['starttls-not-offered'], ['certificate-expired'], 'broken', ['starttls-removed-here']],
  ['imap', ['starttls-masked'], ['starttls-masked'], 'broken', ['starttls-masked']],
  ['imap', ['not-a-mail-server'], [], 'broken', ['conversation-changed-here']],
  ['imaps', ['handshake-alert'], [], 'broken', ['conversation-changed-here']],
  ['imaps', ['handshake-alert'], ['certificate-expired'], 'broken', ['handshake-alert']],
  // There it does not even answer: that tells nothing of what was met here.
  ['imaps', ['certificate-expired'], ['connect-timeout'], 'broken', ['certificate-expired']],
  // The first place knows that its own network lets nothing out there.
  ['submission', ['not-tested-from-here'], [], 'blocked', ['blocked-here']],
  [
    'submission',
    ['not-tested-from-here'],
    ['connect-refused'],
    'not-tested',
    ['not-tested-from-here'],
  ],
  // The second does, and tells nothing of the server.
  ['imaps', [], ['not-tested-from-here'], 'works', []],
  ['submission', ['connect-timeout'], ['not-tested-from-here'], 'blocked', ['connect-timeout']],
  // It works here.
  ['imaps', [], [], 'works', []],
  ['imaps', [], ['connect-refused'], 'works', ['fails-elsewhere']],
];

for (const [name, here, there, status, findings] of TABLE) {
  test(`${name}: here ${here.join() || 'works'}, there ${there.join() || 'works'}`, () => {
    const one = told(name, here, there);
    assert.deepEqual([one.status, ids(one)], [status, findings]);
    assert.equal(one.elsewhere.role, 'main');
  });
}

test('what both places met is said to be so, and is no longer the network\u2019s', () => {
  const rows = compared('submission', ['connect-timeout'], ['connect-timeout']);
  const [finding] = row(rows, 'submission').findings;
  assert.equal(finding.args.there, 'Frankfurt');
  const [problem] = problems(rows, tables).filter(({ id }) => id === 'connect-timeout');
  assert.deepEqual(problem.who, ['provider']);
  const alone = problems(
    rowsOf({ submission: outcome('submission', [attempt('submission', ['connect-timeout'])]) }),
    tables,
  );
  assert.deepEqual(alone.find(({ id }) => id === 'connect-timeout').who, ['provider', 'network']);
  const masked = compared('imap', ['starttls-masked'], ['starttls-masked']);
  const told = problems(masked, tables).find(({ id }) => id === 'starttls-masked');
  assert.deepEqual(told.who, ['provider']);
});

test('silence everywhere, seen from two places, is the provider\u2019s alone', () => {
  const silent = (name) => outcome(name, [attempt(name, ['connect-timeout'])]);
  const all = Object.fromEntries(tables.services.map(({ name }) => [name, silent(name)]));
  const places = { here: HOME, there: FRANKFURT };
  const rows = rowsOf(all).map((one) =>
    comparePlaces(one, attempt(one.service.name, ['connect-timeout']), places, tables),
  );
  const problem = problems(rows, tables).find(({ id }) => id === 'silent-everywhere');
  assert.deepEqual(problem.who, ['provider']);
  assert.equal(problem.args.there, 'Frankfurt');
});

test('a certificate of another issuer, which only one place is shown, was put in on the way', () => {
  const own = showing(attempt('imaps', ['certificate-unknown-issuer']), {
    sha256: 'aa',
    issuer: 'CN=Web Shield',
  });
  const real = showing(attempt('imaps'), { sha256: 'bb' });
  const one = told('imaps', own, real);
  assert.deepEqual(one.findings, [
    { id: 'certificate-replaced-here', args: { issuer: 'CN=Web Shield', there: 'Frankfurt' } },
  ]);
  const expired = showing(attempt('imaps', ['certificate-expired']), { sha256: 'bb' });
  assert.deepEqual(ids(told('imaps', own, expired)), ['certificate-replaced-here']);
  // The same certificate is the server's own.
  const same = told('imaps', own, own);
  assert.deepEqual(ids(same), ['certificate-unknown-issuer']);
  assert.equal(same.findings[0].args.there, 'Frankfurt');
  // And one that both places distrust is not ours to explain.
  const other = showing(attempt('imaps', ['certificate-self-signed']), { sha256: 'cc' });
  assert.deepEqual(ids(told('imaps', own, other)), ['certificate-unknown-issuer']);
});

test('what is ours, at either place, changes nothing', () => {
  for (const ours of ['bridge-unreachable', 'bridge-busy', 'bridge-denied']) {
    assert.deepEqual(ids(told('imaps', ['connect-refused'], [ours])), ['connect-refused']);
    assert.deepEqual(ids(told('imaps', [ours], [])), [ours]);
  }
  const stopped = attempt('imaps');
  stopped.report = { ...stopped.report, trusted: false, phases: [] };
  assert.deepEqual(ids(told('imaps', ['connect-refused'], stopped)), ['connect-refused']);
});

test('a bridge elsewhere is not the reader\u2019s network: what another one proves is proved', () => {
  const rows = compared('imaps', ['connect-timeout'], [], { from: BERLIN });
  const one = row(rows, 'imaps');
  assert.equal(one.status, 'works-but');
  assert.deepEqual(one.findings, [
    { id: 'works-from-elsewhere', args: { here: 'Berlin', there: 'Frankfurt' } },
  ]);
  const settings = proveSettings({ tables, rows, vouching: { domain: DOMAIN } });
  assert.equal(settings.incoming.port, 993);
  const local = compared('imaps', ['connect-timeout'], []);
  const here = proveSettings({ tables, rows: local, vouching: { domain: DOMAIN } });
  assert.equal(here.incoming.port, 143);
  // What only the second reached is the server's, as far as anybody knows.
  const seen = told('imaps', ['connect-timeout'], ['certificate-expired'], { from: BERLIN });
  assert.deepEqual([seen.status, ids(seen)], ['broken', ['certificate-expired']]);
  const relay = told('smtp', ['connect-timeout'], [], { from: BERLIN });
  assert.deepEqual(ids(relay), ['works-from-elsewhere']);
});

test('what is several times slower here is said so, and a far server is not', () => {
  const after = (ms) => {
    const made = attempt('imaps');
    const phases = made.report.phases.map((one) =>
      one.phase === 'greeting' ? { ...one, ms } : one,
    );
    return { ...made, report: { ...made.report, phases } };
  };
  const slow = told('imaps', after(12_000), after(100));
  assert.deepEqual(ids(slow), ['slower-here']);
  const { here_seconds: here, there_seconds: there } = slow.findings[0].args;
  assert.ok(here >= 12 && there < 1);
  assert.deepEqual(ids(told('imaps', after(2000), after(100))), []);
  assert.deepEqual(ids(told('imaps', after(12_000), after(6000))), []);
});

const key = (rows) =>
  answerKey({
    rows,
    settings: proveSettings({ tables, rows, vouching: { domain: DOMAIN } }),
    problems: problems(rows, tables),
    summary: null,
  });

test('the headline names the reader\u2019s network where that is what stops mail', () => {
  const blocked = (name) => outcome(name, [attempt(name, ['connect-timeout'])]);
  const of = (names) => {
    const before = rowsOf(Object.fromEntries(names.map((name) => [name, blocked(name)])));
    return names.reduce((rows, name) => compared(name, ['connect-timeout'], [], { rows }), before);
  };
  const sending = ['submissions', 'submission'];
  const receiving = ['imaps', 'imap', 'pop3s', 'pop3'];
  assert.equal(key(of(sending)), 'receiveHere');
  assert.equal(key(of(receiving)), 'sendHere');
  assert.equal(key(of([...sending, ...receiving])), 'nothingHere');
  assert.equal(key(of(['submission'])), 'ready');
  assert.equal(key(of(['smtp'])), 'ready');
  // One more port to fix than there are others to use.
  const [first] = problems(of(sending), tables);
  assert.deepEqual([first.id, first.act, first.who], ['blocked-here', 'fix', ['you', 'network']]);
});

test('only what failed, matters, and may be the network\u2019s is worth the second place', () => {
  const worth = (name, found) =>
    worthComparing(row(rowsOf({ [name]: outcome(name, [attempt(name, found)]) }), name), tables);
  assert.equal(worth('imaps', []), false);
  assert.equal(worth('imaps', ['certificate-expires-soon']), false);
  assert.equal(worth('imap', ['connect-refused']), false, 'an older port that is closed');
  assert.equal(worth('imaps', ['bridge-busy']), false);
  assert.equal(worth('imaps', ['connect-refused']), true);
  assert.equal(worth('imaps', ['certificate-unknown-issuer']), true);
  assert.equal(worth('imap', ['greeting-masked']), true);
  assert.equal(worth('smtp', ['connect-timeout']), true);
  const nowhere = rowsOf({ imaps: outcome('imaps', []) });
  assert.equal(worthComparing(row(nowhere, 'imaps'), tables), false);
  const [once] = compared('smtp', ['connect-timeout'], []);
  assert.equal(worthComparing(once, tables), false, 'no port twice');
});

test('the rows of the second place say what it met, and of the rest nothing', () => {
  const rows = compared('imaps', ['connect-timeout'], ['certificate-expired']);
  const there = rowsElsewhere(rows, tables);
  assert.equal(there.length, tables.services.length);
  const seen = there.find(({ port }) => port === 993);
  assert.deepEqual([seen.status, seen.server], ['broken', 'mail.example.test']);
  for (const other of there.filter((one) => one !== seen)) {
    assert.deepEqual([other.status, other.findings], ['not-tested', []]);
  }
  assert.deepEqual(elsewhereOf(rows, FRANKFURT, tables), {
    ...FRANKFURT,
    ports: [993],
    why: null,
  });
  const lost = compared('imaps', ['connect-timeout'], ['bridge-busy']);
  assert.equal(elsewhereOf(lost, FRANKFURT, tables).why.id, 'bridge-busy');
  assert.equal(row(rowsElsewhere(lost, tables), 'imaps').status, 'not-tested');
});

test('every conclusion is a row of the table', () => {
  const known = catalogue(tables);
  for (const [, , , , findings] of TABLE) for (const id of findings) assert.ok(known.has(id), id);
});
