import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problems } from '../../../web/verdict/problems.js';
import { attempt, outcome, row, rowsOf } from '../fixtures/outcomes.js';
import { tables } from '../fixtures/tables.js';

test('nothing published and no usual name is one problem for all ports', () => {
  const none = Object.fromEntries(tables.services.map(({ name }) => [name, outcome(name)]));
  const found = problems(rowsOf(none), tables);
  assert.deepEqual(
    found.map(({ id }) => id),
    ['no-published-settings'],
  );
  assert.equal(found[0].rows.length, 7);
});

test('a cause weighs as much as what follows from it', () => {
  const old = ['ehlo-refused', 'starttls-not-offered'];
  const rows = rowsOf({ submission: outcome('submission', [attempt('submission', old)]) });
  const found = problems(rows, tables);
  assert.deepEqual(
    found.map(({ id, status, act }) => [id, status, act]),
    [['ehlo-refused', 'broken', 'fix']],
  );
  assert.equal(row(rows, 'submission').status, 'broken');
});

test('of an authority that nobody knows, that is said, and not only that a link is missing', () => {
  const chain = ['certificate-unknown-issuer', 'certificate-incomplete-chain'];
  const rows = rowsOf({ imaps: outcome('imaps', [attempt('imaps', chain)]) });
  assert.deepEqual(
    problems(rows, tables).map(({ id, status, act }) => [id, status, act]),
    [['certificate-unknown-issuer', 'broken', 'fix']],
  );
});

test('one cause on several ports is one problem, the most urgent first', () => {
  const expired = {
    id: 'certificate-expired',
    args: { not_after: '2025-01-01T00:00:00Z', subject: 'x' },
  };
  const rows = rowsOf({
    imaps: outcome('imaps', [attempt('imaps', [expired])]),
    pop3s: outcome('pop3s', [attempt('pop3s', [expired])]),
    submission: outcome('submission', [attempt('submission', ['greeting-slow'])]),
  });
  const found = problems(rows, tables);
  assert.deepEqual(
    found.map(({ id }) => id),
    ['certificate-expired', 'greeting-slow'],
  );
  assert.deepEqual(found[0].args.ports, [993, 995]);
  assert.equal(found[0].act, 'fix');
});

test('where several servers share a cause, all of them are named', () => {
  const expired = { id: 'certificate-expired', args: { not_after: '2025-01-01T00:00:00Z' } };
  const rows = rowsOf({
    imaps: outcome('imaps', [attempt('imaps', [expired], { host: 'imap.example.test' })]),
    pop3s: outcome('pop3s', [attempt('pop3s', [expired], { host: 'pop.example.test' })]),
  });
  const [problem] = problems(rows, tables);
  assert.deepEqual(problem.args.host, ['imap.example.test', 'pop.example.test']);
  assert.deepEqual(problem.args.other, [143, 110]);
});

test('a refused port is no worry where another does the same work', () => {
  const refused = {
    submissions: outcome('submissions', [attempt('submissions', ['connect-refused'])]),
  };
  const [eased] = problems(rowsOf(refused), tables);
  assert.equal(eased.act, 'none');
  assert.equal(eased.args.other, 587);
  const both = problems(
    rowsOf({
      ...refused,
      submission: outcome('submission', [attempt('submission', ['connect-refused'])]),
    }),
    tables,
  );
  assert.equal(both.length, 1);
  assert.equal(both[0].act, 'fix', 'nothing is left to send with');
  assert.equal(both[0].args.other, undefined);
});

test('a proved other mode is said with the problem', () => {
  const rows = rowsOf({
    imaps: outcome('imaps', [
      attempt('imaps', ['starttls-expected']),
      attempt('imaps', [], { role: 'other-mode', mode: 'starttls' }),
    ]),
  });
  const [problem] = problems(rows, tables);
  assert.equal(problem.id, 'starttls-expected');
  assert.equal(problem.args.proved, 993);
});

test('what failed on our side is nobody\u2019s to mend', () => {
  const rows = rowsOf({ imaps: outcome('imaps', [attempt('imaps', ['bridge-unreachable'])]) });
  assert.equal(row(rows, 'imaps').status, 'not-tested');
  const [problem] = problems(rows, tables);
  assert.deepEqual(problem.who, []);
  assert.equal(problem.act, 'none');
});

test('what apps meet, too, is told once', () => {
  const chain = ['certificate-incomplete-chain'];
  const smtp = outcome('smtp', [attempt('smtp', chain)]);
  const both = problems(
    rowsOf({ smtp, imaps: outcome('imaps', [attempt('imaps', chain)]) }),
    tables,
  );
  assert.deepEqual(
    both.map(({ args, rows }) => [args.ports, Boolean(args.relay), rows.length]),
    [[[993], false, 2]],
  );
  const [relay] = problems(rowsOf({ smtp }), tables);
  assert.equal(relay.args.relay, true, 'between servers alone it is another matter');
});

test('port 25 under a name that nobody gave is nobody\u2019s problem', () => {
  for (const found of ['connect-refused', 'certificate-expired']) {
    const smtp = outcome('smtp', [attempt('smtp', [found], { source: 'usual' })]);
    const [problem] = problems(rowsOf({ smtp }), tables);
    assert.deepEqual([problem.act, problem.who], ['none', []]);
  }
});

test('who can mend it follows from where the name of the server is from', () => {
  const refused = (source) => {
    const make = (name) => outcome(name, [attempt(name, ['connect-refused'], { source })]);
    const rows = rowsOf({ submissions: make('submissions'), submission: make('submission') });
    const [{ who, act, args }] = problems(rows, tables);
    return [act, who, args.reason];
  };
  assert.deepEqual(refused('published'), ['fix', ['provider'], 'published']);
  assert.deepEqual(refused('preset'), ['fix', ['provider'], 'published']);
  assert.deepEqual(refused('typed'), ['fix', ['you'], undefined]);
  assert.deepEqual(refused('usual'), ['fix', ['you'], undefined]);
});

test('a port that refuses where the same server answers on another asks nobody', () => {
  const rows = rowsOf({
    submissions: outcome('submissions', [attempt('submissions', ['connect-refused'])]),
    submission: outcome('submission', [attempt('submission', ['certificate-expired'])]),
  });
  const refused = problems(rows, tables).find(({ id }) => id === 'connect-refused');
  assert.deepEqual([refused.act, refused.who, refused.args.answers], ['none', [], 587]);
});

test('a port without encryption is the provider\u2019s, and the reader\u2019s only where another works', () => {
  const bare = outcome('submission', [attempt('submission', ['starttls-not-offered'])]);
  const of = (special) =>
    problems(rowsOf(special), tables).find(({ id }) => id === 'starttls-not-offered').who;
  assert.deepEqual(of({ submission: bare }), ['you', 'provider']);
  const refused = outcome('submissions', [attempt('submissions', ['connect-refused'])]);
  assert.deepEqual(of({ submission: bare, submissions: refused }), ['provider']);
});
