import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problems } from '../../../web/verdict/problems.js';
import { providerById } from '../../../web/discover/providers.js';
import { shownFindings } from '../../../web/verdict/severity.js';
import { createWords } from '../../../web/i18n/words.js';
import { DOMAIN, QUIET, attempt, ids, outcome, row, rowsOf } from '../fixtures/outcomes.js';
import { reportOf } from '../fixtures/reports.js';
import { locale, tables } from '../fixtures/tables.js';

test('a conversation without findings works', () => {
  const rows = rowsOf();
  assert.deepEqual(
    rows.map(({ port }) => port),
    tables.services.map(({ port }) => port),
  );
  assert.ok(rows.every(({ status }) => status === 'works'));
  assert.equal(row(rows, 'imaps').server, 'mail.example.test');
  assert.ok(row(rows, 'imaps').ms > 0);
  assert.deepEqual(problems(rows, tables), []);
});

test('a row takes the status of its weightiest finding', () => {
  const rows = rowsOf({
    imaps: outcome('imaps', [
      attempt('imaps', ['cipher-weak', 'certificate-expired', 'greeting-slow']),
    ]),
  });
  assert.equal(row(rows, 'imaps').status, 'broken');
});

test('port 25 without an answer is normal when others answer', () => {
  const rows = rowsOf({ smtp: outcome('smtp', [attempt('smtp', ['connect-timeout'])]) });
  assert.deepEqual(ids(row(rows, 'smtp')), ['port-25-blocked', 'connect-timeout']);
  assert.equal(row(rows, 'smtp').status, 'blocked');
  const [problem] = problems(rows, tables);
  assert.equal(problem.id, 'port-25-blocked');
  assert.equal(problem.act, 'none');
});

test('nothing that answers, not even port 25, is one problem', () => {
  const silent = Object.fromEntries(
    tables.services.map(({ name }) => [name, outcome(name, [attempt(name, ['connect-timeout'])])]),
  );
  const rows = rowsOf(silent);
  assert.ok(rows.every((one) => ids(one)[0] === 'silent-everywhere'));
  const found = problems(rows, tables);
  assert.deepEqual(
    found.map(({ id, act, who }) => [id, act, who]),
    [['silent-everywhere', 'fix', ['you', 'provider', 'network']]],
  );
  assert.equal(found[0].rows.length, 7);
});

test('an older port that is refused is switched off, if the newer one works', () => {
  const refused = {
    imap: outcome('imap', [attempt('imap', ['connect-refused'])]),
    pop3: outcome('pop3', [attempt('pop3', ['connect-refused'])]),
    pop3s: outcome('pop3s', [attempt('pop3s', ['connect-refused'])]),
  };
  const rows = rowsOf(refused);
  assert.deepEqual(ids(row(rows, 'imap')), ['older-port-off', 'connect-refused']);
  assert.deepEqual(row(rows, 'imap').findings[0].args, { other: 993 });
  assert.deepEqual(ids(row(rows, 'pop3')), ['connect-refused'], '995 does not work either');
});

test('refused on every port is one problem: no mail server', () => {
  const refused = Object.fromEntries(
    tables.services.map(({ name }) => [name, outcome(name, [attempt(name, ['connect-refused'])])]),
  );
  const rows = rowsOf(refused);
  assert.ok(rows.every((one) => ids(one)[0] === 'refused-everywhere'));
  assert.ok(rows.every(({ status }) => status === 'not-offered'));
  const found = problems(rows, tables);
  assert.deepEqual(
    found.map(({ id }) => id),
    ['refused-everywhere'],
  );
  assert.equal(found[0].rows.length, 7);
  assert.equal(found[0].args.ports.length, 6, 'those of apps');
});

test('one port that answers is enough against refused-everywhere', () => {
  const refused = Object.fromEntries(
    tables.services
      .filter(({ name }) => name !== 'submission')
      .map(({ name }) => [name, outcome(name, [attempt(name, ['connect-refused'])])]),
  );
  assert.ok(rowsOf(refused).every((one) => !ids(one).includes('refused-everywhere')));
});

test('a misnamed server that is proved under the name on its certificate', () => {
  const rows = rowsOf({
    pop3s: outcome('pop3s', [
      attempt('pop3s', ['certificate-name-mismatch'], { host: 'pop.example.test' }),
      attempt('pop3s', [], { host: 'mail.example.test', role: 'other-name' }),
    ]),
  });
  const one = row(rows, 'pop3s');
  assert.deepEqual(ids(one), ['served-by-other-name', 'certificate-name-mismatch']);
  assert.deepEqual(one.findings[0].args, { asked: 'pop.example.test', name: 'mail.example.test' });
  assert.equal(one.status, 'broken');
  assert.equal(one.server, 'pop.example.test');
  assert.equal(one.proof.host, 'mail.example.test');
  assert.deepEqual(
    shownFindings(one).map(({ id }) => id),
    ['served-by-other-name'],
  );
});

test('a name known from a certificate alone is proof of nothing', () => {
  const stranger = 'mail.evil-box.example';
  const mismatch = { id: 'certificate-name-mismatch', args: { names: [stranger] } };
  const special = {
    imaps: outcome('imaps', [
      attempt('imaps', [mismatch], { host: 'imap.example.test' }),
      attempt('imaps', [], { host: stranger, role: 'other-name', source: 'certificate' }),
    ]),
    // Not even where it was tried as a server of its own.
    submissions: outcome('submissions', [
      attempt('submissions', ['connect-refused'], { host: 'smtp.example.test' }),
      attempt('submissions', [], { host: stranger }),
    ]),
  };
  const rows = rowsOf(special);
  const one = row(rows, 'imaps');
  assert.deepEqual(ids(one), ['certificate-name-mismatch']);
  assert.equal(one.status, 'broken');
  assert.equal(one.proof, null);
  assert.ok(!ids(row(rows, 'submissions')).includes('served-by-other-name'));
  assert.ok(rows.every(({ proof }) => proof === null));

  const aliases = [stranger];
  const published = rowsOf(special, QUIET, { domain: DOMAIN, aliases });
  const { id, args } = row(published, 'imaps').findings[0];
  assert.equal(id, 'served-by-other-name');
  assert.equal(args.published, DOMAIN);
  assert.match(
    createWords(locale).explain(id, args).cause,
    /The domain example\.test names mail\.evil-box\.example for it/,
  );
});

test('a misnamed server stays misnamed where the other name proves nothing', () => {
  const rows = rowsOf({
    pop3s: outcome('pop3s', [
      attempt('pop3s', ['certificate-name-mismatch'], { host: 'pop.example.test' }),
      attempt('pop3s', ['certificate-expired'], { host: 'mail.example.test', role: 'other-name' }),
    ]),
  });
  assert.deepEqual(ids(row(rows, 'pop3s')), ['certificate-name-mismatch']);
});

test('a typed server that is refused everywhere, and proved under another name', () => {
  const typed = { host: 'typed.example.test', address: '192.0.2.7', source: 'typed' };
  const receiving = ['imaps', 'imap', 'pop3s', 'pop3'];
  const rows = rowsOf(
    Object.fromEntries(
      receiving.map((name) => [
        name,
        outcome(name, [attempt(name, ['connect-refused'], typed), attempt(name)]),
      ]),
    ),
  );
  assert.deepEqual(row(rows, 'imaps').findings[0], {
    id: 'served-by-other-name',
    args: { asked: 'typed.example.test', name: 'mail.example.test' },
  });
});

test('a typed server that answers on another port has the right name', () => {
  const typed = { host: 'typed.example.test', address: '192.0.2.7', source: 'typed' };
  const rows = rowsOf({
    imaps: outcome('imaps', [attempt('imaps', [], typed)]),
    imap: outcome('imap', [attempt('imap', ['connect-refused'], typed), attempt('imap')]),
  });
  assert.deepEqual(ids(row(rows, 'imap')), ['older-port-off', 'connect-refused']);
});

test('a typed server that does not exist, and one that works in its place', () => {
  const lost = {
    host: 'imap.example.test',
    source: 'typed',
    finding: { id: 'name-not-found', args: { host: 'imap.example.test' } },
  };
  const rows = rowsOf({ imaps: outcome('imaps', [attempt('imaps')], { missing: [lost] }) });
  const one = row(rows, 'imaps');
  assert.deepEqual(ids(one), ['served-by-other-name', 'name-not-found']);
  assert.equal(one.server, 'imap.example.test');
  assert.equal(one.status, 'broken');
});

test('the first guess refused on every port, and another guess proved', () => {
  const moved = (name) =>
    outcome(name, [
      attempt(name, ['connect-refused'], { host: 'smtp.example.test', address: '192.0.2.8' }),
      attempt(name),
    ]);
  const rows = rowsOf({ submissions: moved('submissions'), submission: moved('submission') });
  const one = row(rows, 'submission');
  assert.deepEqual(ids(one), ['served-by-other-name', 'connect-refused']);
  assert.equal(one.server, 'smtp.example.test');
  assert.equal(one.proof.host, 'mail.example.test');
  const found = problems(rows, tables);
  assert.equal(found.length, 1);
  assert.deepEqual(found[0].args.ports, [465, 587]);
});

test('a guess that answers on another port is no wrong name', () => {
  const imap = { host: 'imap.example.test', address: '192.0.2.8' };
  const rows = rowsOf({
    imaps: outcome('imaps', [attempt('imaps', [], imap)]),
    imap: outcome('imap', [attempt('imap', ['connect-refused'], imap), attempt('imap')]),
  });
  assert.equal(row(rows, 'imap').status, 'works');
  assert.equal(row(rows, 'imap').server, 'mail.example.test');
});

test('of guesses that all fail, the one that came furthest is told', () => {
  const rows = rowsOf({
    imaps: outcome('imaps', [
      attempt('imaps', ['connect-refused'], { host: 'imap.example.test' }),
      attempt('imaps', ['certificate-expired']),
    ]),
  });
  assert.deepEqual(ids(row(rows, 'imaps')), ['certificate-expired']);
});

test('one address that fails beside one that works', () => {
  const rows = rowsOf({
    imaps: outcome('imaps', [
      attempt('imaps'),
      attempt('imaps', ['connect-refused'], { role: 'other-address', address: '192.0.2.2' }),
    ]),
  });
  const one = row(rows, 'imaps');
  assert.equal(one.status, 'works-but');
  assert.deepEqual(one.findings, [
    {
      id: 'address-differs',
      args: {
        host: 'mail.example.test',
        works: ['192.0.2.1'],
        fails: ['192.0.2.2'],
        count: 2,
      },
    },
  ]);
});

test('the first address refused and the second one fine is the same', () => {
  const rows = rowsOf({
    imaps: outcome('imaps', [
      attempt('imaps', ['connect-refused']),
      attempt('imaps', [], { address: '192.0.2.2' }),
    ]),
  });
  assert.deepEqual(row(rows, 'imaps').findings[0].args.fails, ['192.0.2.1']);
});

test('one address of three that does not answer is told as that', () => {
  const rows = rowsOf({
    imaps: outcome('imaps', [
      attempt('imaps'),
      attempt('imaps', [], { role: 'other-address', address: '192.0.2.2' }),
      attempt('imaps', ['connect-timeout'], { role: 'other-address', address: '192.0.2.3' }),
    ]),
  });
  const [problem] = problems(rows, tables);
  assert.equal(problem.id, 'address-differs');
  const { title, cause } = createWords(locale).explain(problem.id, problem.args);
  assert.equal(title, 'One of the 3 machines behind mail.example.test does not answer');
  assert.match(cause, /Working: 192\.0\.2\.1 and 192\.0\.2\.2\. Failing: 192\.0\.2\.3\./);
});

test('a bridge without IPv6 blames no server', () => {
  for (const id of ['connect-unreachable', 'connect-timeout', 'bridge-denied']) {
    const rows = rowsOf({
      imaps: outcome('imaps', [
        attempt('imaps'),
        attempt('imaps', [id], { role: 'other-address', address: '2001:db8::1' }),
      ]),
    });
    assert.equal(row(rows, 'imaps').status, 'works', id);
    const found = problems(rows, tables).map((problem) => `${problem.id} ${problem.act}`);
    // Silence may be either's, and is told as that.
    assert.deepEqual(found, id === 'connect-timeout' ? ['ipv6-unproved aware'] : [], id);
  }
});

test('IPv6 that is refused, or answered wrongly, while IPv4 works is broken IPv6', () => {
  for (const id of ['connect-refused', 'certificate-name-mismatch']) {
    const rows = rowsOf({
      imaps: outcome('imaps', [
        attempt('imaps'),
        attempt('imaps', [id], { role: 'other-address', address: '2001:db8::1' }),
      ]),
    });
    assert.equal(row(rows, 'imaps').status, 'works-but', id);
    assert.deepEqual(ids(row(rows, 'imaps')), ['ipv6-broken'], id);
  }
});

test('IPv6 that fails on one of two IPv6 addresses is one address that differs', () => {
  const v6 = (address, found) => attempt('imaps', found, { role: 'other-address', address });
  const rows = rowsOf({
    imaps: outcome('imaps', [
      attempt('imaps'),
      v6('2001:db8::1', []),
      v6('2001:db8::2', ['connect-refused']),
    ]),
  });
  assert.deepEqual(ids(row(rows, 'imaps')), ['address-differs']);
});

test('a published port that cannot be tested is named, and nothing is called broken', () => {
  const elsewhere = [{ host: 'mail.example.test', port: 9933 }];
  const rows = rowsOf({
    imaps: outcome('imaps', [attempt('imaps', ['connect-refused'], { source: 'related' })], {
      elsewhere,
    }),
    imap: outcome('imap', [attempt('imap', ['connect-refused'], { source: 'related' })]),
    pop3s: outcome('pop3s', [attempt('pop3s', ['connect-refused'])]),
    pop3: outcome('pop3', [attempt('pop3', ['connect-refused'])]),
  });
  const one = row(rows, 'imaps');
  assert.deepEqual(ids(one), ['published-on-other-port', 'connect-refused']);
  assert.equal(one.status, 'not-tested');
  const told = problems(rows, tables).find(({ id }) => id === 'published-on-other-port');
  const { cause } = createWords(locale).explain(told.id, { domain: DOMAIN, ...told.args });
  assert.match(cause, /mail\.example\.test:9933/);
  const fine = rowsOf({ imaps: outcome('imaps', [attempt('imaps')], { elsewhere }) });
  assert.deepEqual(ids(row(fine, 'imaps')), []);
});

test('a provider without ports for apps is told as that', () => {
  const none = Object.fromEntries(tables.services.map(({ name }) => [name, outcome(name)]));
  const provider = providerById('proton');
  const rows = rowsOf(none, { ...QUIET, provider });
  assert.ok(rows.every((one) => ids(one)[0] === 'provider-without-ports'));
});

test('IPv6 that works elsewhere and is silent here is the server', () => {
  const v6 = { role: 'other-address', address: '2001:db8::1' };
  const rows = rowsOf({
    imaps: outcome('imaps', [attempt('imaps'), attempt('imaps', ['connect-timeout'], v6)]),
    pop3s: outcome('pop3s', [attempt('pop3s'), attempt('pop3s', [], v6)]),
  });
  assert.deepEqual(ids(row(rows, 'imaps')), ['ipv6-broken']);
});

test('a service without a server, beside others that have one', () => {
  const rows = rowsOf({ pop3s: outcome('pop3s'), pop3: outcome('pop3') });
  assert.deepEqual(ids(row(rows, 'pop3')), ['no-server-known']);
  assert.equal(row(rows, 'pop3').status, 'not-tested');
});

test('a null MX, a domain that is gone, a declared service, a stop', () => {
  const none = Object.fromEntries(tables.services.map(({ name }) => [name, outcome(name)]));
  assert.deepEqual(ids(row(rowsOf(none, { ...QUIET, nullMx: true }), 'imaps')), [
    'mail-not-accepted',
  ]);
  const gone = { id: 'name-not-found', args: { host: DOMAIN } };
  assert.deepEqual(ids(row(rowsOf(none, { ...QUIET, domain: gone }), 'imaps')), [
    'domain-not-found',
  ]);
  const declared = rowsOf({
    pop3: outcome('pop3', [], { declared: true }),
    smtp: outcome('smtp', [], { declared: true }),
    imap: outcome('imap', [], { stopped: true }),
  });
  assert.deepEqual(ids(row(declared, 'pop3')), ['declared-not-offered']);
  assert.deepEqual(ids(row(declared, 'smtp')), ['no-new-mail'], 'others work');
  const nowhere = { ...none, smtp: outcome('smtp', [], { declared: true }) };
  assert.deepEqual(ids(row(rowsOf(nowhere), 'smtp')), ['mail-not-accepted']);
  assert.deepEqual(ids(row(declared, 'imap')), ['check-stopped']);
});

test('a conversation that was stopped is not called working', () => {
  const stopped = attempt('imaps');
  stopped.report = reportOf({ stopped: true });
  const rows = rowsOf({ imaps: outcome('imaps', [stopped], { stopped: true }) });
  assert.equal(row(rows, 'imaps').status, 'not-tested');
  assert.deepEqual(ids(row(rows, 'imaps')), ['check-stopped']);
});

const SILENT = ['connect-timeout'];
const REFUSED = ['connect-refused'];
const every = (found, more) =>
  Object.fromEntries(
    tables.services.map(({ name }) => [name, outcome(name, [attempt(name, found, more)])]),
  );
const told = (special, summary) =>
  problems(rowsOf(special, summary), tables).map(({ id, act, who }) => [id, act, who]);

test('a newer port that answers is enough for an older one to be nobody\u2019s worry', () => {
  const expired = outcome('imaps', [attempt('imaps', ['certificate-expired'])]);
  for (const found of [REFUSED, SILENT]) {
    const rows = rowsOf({ imap: outcome('imap', [attempt('imap', found)]), imaps: expired });
    assert.deepEqual(row(rows, 'imap').findings[0], { id: 'older-port-off', args: {} });
    assert.equal(row(rows, 'imap').status, 'not-offered');
    const [, off] = problems(rows, tables);
    assert.deepEqual([off.id, off.act, off.who], ['older-port-off', 'none', []]);
  }
});

test('a domain without exchanger, whose guessed names have no mail server, has none', () => {
  const nowhere = { ...QUIET, exchange: false };
  for (const found of [REFUSED, SILENT, ['not-a-mail-server']]) {
    const special = every(found, { source: 'usual' });
    assert.deepEqual(told(special, nowhere), [['no-mail-server', 'fix', ['you', 'provider']]]);
    assert.ok(!told(special).some(([id]) => id === 'no-mail-server'), 'with an exchanger it has');
    const named = {
      ...special,
      imaps: outcome('imaps', [attempt('imaps', found, { source: 'published' })]),
    };
    assert.ok(!told(named, nowhere).some(([id]) => id === 'no-mail-server'), 'nor with a name');
  }
});

test('plain text where encryption belongs, and no upgrade, is no advice to choose STARTTLS', () => {
  const asked = (found) =>
    outcome('imaps', [
      attempt('imaps', ['starttls-expected']),
      attempt('imaps', found, { role: 'other-mode', mode: 'starttls' }),
    ]);
  const bare = rowsOf({ imaps: asked(['starttls-not-offered']) });
  assert.deepEqual(ids(row(bare, 'imaps')), ['plaintext-only', 'starttls-expected']);
  assert.deepEqual(told({ imaps: asked(['starttls-not-offered']) }), [
    ['plaintext-only', 'fix', ['provider']],
  ]);
  assert.deepEqual(told({ imaps: asked([]) }), [['starttls-expected', 'fix', ['you']]]);
  const [failing] = problems(rowsOf({ imaps: asked(['certificate-expired']) }), tables);
  assert.deepEqual(
    [failing.id, failing.who, failing.args.proved],
    ['starttls-expected', ['provider'], undefined],
  );
});
