import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PROVIDERS } from '../../../web/discover/providers.js';
import { VERDICTS } from '../../../web/verdict/findings.js';
import { createWords, missingWords } from '../../../web/i18n/words.js';
import { locale, tables } from '../fixtures/tables.js';

const words = createWords(locale);
const german = new URL('../../../web/locales/de.json', import.meta.url);
const locales = {
  en: words,
  de: createWords(JSON.parse(readFileSync(german, 'utf8')), 'de'),
};

test('the locale has words for every id, and for nothing else', () => {
  assert.deepEqual(missingWords(locale, tables, VERDICTS), []);
});

test('what is missing is named', () => {
  const poor = structuredClone(locale);
  delete poor.diagnosis['connect-refused'].fix;
  poor.diagnosis['certificate-expired'].title = 'Expired on {not_after}';
  poor.verdict['made-up'] = {};
  poor.diagnosis['certificate-expired'].apps = 'no-such-group';
  delete poor.services.imaps;
  assert.deepEqual(missingWords(poor, tables, VERDICTS), [
    'diagnosis.connect-refused has no fix',
    'diagnosis.certificate-expired.title: the last variant needs {not_after}',
    'diagnosis.certificate-expired.apps: no group "no-such-group"',
    'verdict.made-up is no known id',
    'services.imaps is missing',
  ]);
});

test('the first variant whose values are known is used', () => {
  const args = { port: 465, host: 'smtp.example.test' };
  assert.match(
    words.explain('connect-refused', args).fix,
    /^Ask your provider for the right server name/,
  );
  assert.match(words.explain('connect-refused', { ...args, other: 587 }).fix, /^Use port 587,/);
  assert.match(
    words.explain('connect-refused', { ...args, other: [993, 995] }).fix,
    /^Use ports 993 and 995,/,
  );
});

test('a reason may have words of its own', () => {
  const args = { host: 'x.test', reason: 'client-certificate' };
  assert.match(words.explain('beyond-our-reach', args).cause, /certificate of its own/);
  const suite = { ...args, reason: 'suite', suite: 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256' };
  assert.match(words.explain('beyond-our-reach', suite).cause, /insists on the cipher TLS_DHE_RSA/);
  const poor = structuredClone(locale);
  poor.diagnosis['beyond-our-reach'].reasons['client-certificate'].fix = ' ';
  assert.deepEqual(missingWords(poor, tables, VERDICTS), [
    'diagnosis.beyond-our-reach.reasons.client-certificate has no fix',
  ]);
});

test('a close of the bridge may have words of its own', () => {
  const title = (close) => words.explain('bridge-busy', { close }).title;
  assert.match(title('draining'), /was restarted$/);
  assert.match(title('rate'), /is busy$/);
  const poor = structuredClone(locale);
  poor.diagnosis['bridge-busy'].closes = { 'no-such-close': {} };
  assert.deepEqual(missingWords(poor, tables, VERDICTS), [
    'diagnosis.bridge-busy.closes.no-such-close is no close of the bridge for it',
  ]);
});

/** Ids whose words tell of the bridge; the others tell of the server whatever the close was. */
const OURS = ['bridge-unreachable', 'bridge-denied', 'bridge-busy', 'bridge-budget'];

for (const [tag, spoken] of Object.entries(locales)) {
  test(`${tag}: every close of the bridge has words of its own, and none blames a server`, () => {
    const said = new Map();
    for (const { id: close, code, finding } of tables.closes) {
      if (finding === null) continue;
      const { cause } = spoken.explain(finding, { host: 'mx.example.test', close });
      assert.ok(!said.has(cause), `${code} ${close} says what ${said.get(cause)} says`);
      said.set(cause, close);
      if (!OURS.includes(finding)) continue;
      assert.match(cause, /\((?:the|die) Bridge\)/i, `${code} ${close}`);
      const { fix } = spoken.explain(finding, { host: 'mx.example.test', close });
      assert.match(fix, /^(?:This says nothing about your mail server|Über Ihren Mailserver sagt)/);
    }
    assert.ok(said.size > 15);
  });

  test(`${tag}: each limit says whose it is`, () => {
    const said = new Set();
    for (const of of ['client', 'target', 'everybody']) {
      said.add(spoken.explain('bridge-busy', { close: 'rate', of, host: 'mx.example.test' }).title);
    }
    const args = { close: 'upload-budget', of: 'check' };
    said.add(spoken.explain('bridge-budget', args).title);
    said.add(spoken.explain('bridge-busy', { close: 'rate' }).title);
    assert.equal(said.size, 5);
  });
}

test('the relay port has advice of its own', () => {
  const { fix } = words.explain('starttls-not-offered', { port: 25, relay: true });
  assert.equal(fix, locale.relayFix);
});

test('dates, lists and ports are written out', () => {
  const { title } = words.explain('certificate-expired', {
    host: 'x.test',
    not_after: '2025-01-02T00:00:00Z',
  });
  assert.match(title, /January 2, 2025/);
  const { cause } = words.explain('certificate-name-mismatch', {
    asked: 'a.test',
    names: ['b.test', 'c.test', 'd.test', 'e.test', 'f.test'],
  });
  assert.match(cause, /b\.test, c\.test, d\.test, e\.test, and …/);
  assert.match(
    words.explain('starttls-expected', { ports: [587, 465] }).title,
    /^Ports 587 and 465/,
  );
});

test('more than two servers are counted', () => {
  const { title } = words.explain('tls13-only', { host: ['a.test', 'b.test', 'c.test'] });
  assert.match(title, /^a\.test and 2 more /);
});

test('what is said of several servers agrees with them', () => {
  const title = (id, host) => words.explain(id, { host }).title;
  const many = ['a.test', 'b.test', 'c.test'];
  assert.equal(
    title('certificate-self-signed', 'a.test'),
    'The certificate of a.test is signed by itself',
  );
  assert.equal(
    title('certificate-self-signed', ['a.test']),
    title('certificate-self-signed', 'a.test'),
  );
  assert.match(
    title('certificate-self-signed', many),
    /^The certificates of a\.test and 2 more are /,
  );
  assert.match(title('certificate-chain-long', many.slice(1)), /^b\.test and c\.test send /);
  const expired = { host: many, not_after: '2025-01-02T00:00:00Z' };
  assert.match(words.explain('certificate-expired', expired).title, / expired on January 2, 2025$/);
  assert.match(words.explain('connect-refused', { host: many }).cause, /^The servers refused/);

  const polish = structuredClone(locale);
  polish.diagnosis['certificate-self-signed'].title = {
    one: 'jeden',
    few: '{host} few',
    other: '-',
  };
  const said = createWords(polish, 'pl').explain('certificate-self-signed', { host: many });
  assert.equal(said.title, 'a.test and 2 more few');
});

test('text of a server stays text: controls are visible, and it cannot grow without end', () => {
  const { cause } = words.explain('handshake-alert', { alert: `a\u202e\u0007${'x'.repeat(5000)}` });
  assert.match(cause, /a\\u202e\u2407x/);
  assert.ok(cause.length < 400);
  assert.match(words.explain('certificate-expired', { not_after: '<b>' }).title, /<b>/);
});

test('what mail apps make of it is told where it is known', () => {
  const expired = { id: 'certificate-expired', host: 'x.test' };
  assert.equal(words.explain('certificate-expired', expired).apps, locale.appsSay.dates);
  assert.equal(words.explain('certificate-name-mismatch').apps, locale.appsSay.name);
  assert.equal('apps' in words.explain('connect-refused'), false);
  // between servers no mail app is concerned
  assert.equal('apps' in words.explain('certificate-expired', { relay: true }), false);
  const told = Object.values(locale.diagnosis).map(({ apps }) => apps);
  assert.deepEqual(
    [...new Set(told.filter(Boolean))].sort(),
    Object.keys(locale.appsSay).sort(),
    'each group is used',
  );
});

test('a word from a short list becomes a sentence; one without a sentence says nothing', () => {
  const cause = (constraint) =>
    words.explain('certificate-constraint-violated', { constraint }).cause;
  assert.equal(cause('name'), locale.values.constraint.name);
  assert.match(cause('no-such-word'), /^One of the certificates/);
  assert.match(cause('constructor'), /^One of the certificates/);
  const { cause: unusual } = words.explain('certificate-out-of-profile', { rule: 'version' });
  assert.ok(unusual.startsWith(locale.values.rule.version));
});

test('every word that the core may use has its sentence', () => {
  const core = ['path_validate.c', 'profile.c', 'judge.c'].map((name) =>
    readFileSync(new URL(`../../../wasm/x509/${name}`, import.meta.url), 'utf8'),
  );
  const used = (pattern) =>
    [
      ...new Set(core.flatMap((text) => [...text.matchAll(pattern)].map(([, word]) => word))),
    ].sort();
  const constraints = used(/faults_constraint\(\s*&?\w+, "([\w-]+)"/g);
  assert.deepEqual(Object.keys(locale.values.constraint).sort(), constraints);
  const rules = used(/(?:faults_profile\(\w+, |^\t\t\{ )"([\w-]+)"/gm);
  assert.deepEqual(Object.keys(locale.values.rule).sort(), rules);
});

test("an authority's fault is not told as the server's", () => {
  const args = { host: 'x.test', not_after: '2025-01-02T00:00:00Z', authority: 'CN=Middle, C=DE' };
  assert.match(words.explain('certificate-expired', args).title, /“Middle”, which x\.test/);
  assert.match(words.explain('certificate-wrong-purpose', args).cause, /“Middle”/);
});

test('so many things have the form of their number', () => {
  assert.equal(words.count('problems.count', 1), 'One problem');
  assert.equal(words.count('problems.count', 5), '5 problems');
  assert.equal(words.ports([993]), 'port 993');
  const polish = structuredClone(locale);
  polish.problems.count = { one: 'problem', few: '{count} few', many: '{count} many', other: '-' };
  const said = createWords(polish, 'pl');
  assert.equal(said.count('problems.count', 3), '3 few');
  assert.equal(said.count('problems.count', 12), '12 many');
  polish.problems.count = { other: '{count} in all' };
  assert.equal(said.count('problems.count', 3), '3 in all');
});

test('a path or an id without words is an error, not an empty page', () => {
  assert.throws(() => words.say('form.nothing'), /form\.nothing/);
  assert.throws(() => words.say('problems.count'), /problems\.count/);
  assert.throws(() => words.count('form.check', 2), /form\.check/);
  assert.throws(() => words.explain('no-such-id'), /no-such-id/);
});

test('every provider has its advice on signing in', () => {
  for (const { id, signIn } of PROVIDERS) {
    if (signIn) assert.ok(locale.signIn[signIn], `${id}: ${signIn}`);
  }
});
