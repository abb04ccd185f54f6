import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerKey } from '../../../web/verdict/answer-key.js';
import { readReportFile } from '../../../web/report/report-file.js';
import { stateOfReport } from '../../../web/report/saved-report.js';
import { comparePlaces } from '../../../web/verdict/vantage-comparison.js';
import { attempt, outcome } from '../fixtures/outcomes.js';
import { madeReport } from '../fixtures/saved.js';
import { tables } from '../fixtures/tables.js';

/** What was shown then, and what the file shows now. */
function both(special) {
  const then = madeReport(special);
  const text = JSON.stringify(then.report);
  return { then, now: stateOfReport(readReportFile(text, tables), tables) };
}

const SCANS = {
  'everything works': {},
  'a certificate is for another name, and the right one was proved': {
    imaps: outcome('imaps', [
      attempt('imaps', ['certificate-name-mismatch'], {
        host: 'imap.example.test',
        source: 'published',
      }),
      attempt('imaps', [], { role: 'other-name', host: 'mail.example.test' }),
    ]),
  },
  'a port wants the other mode': {
    submission: outcome('submission', [
      attempt('submission', ['tls-expected'], { source: 'published' }),
      attempt('submission', [], { role: 'other-mode', mode: 'implicit-tls' }),
    ]),
  },
  'ports refuse': {
    submissions: outcome('submissions', [attempt('submissions', ['connect-refused'])]),
    submission: outcome('submission', [attempt('submission', ['connect-refused'])]),
    smtp: outcome('smtp', [attempt('smtp', ['connect-timeout'])]),
  },
};
for (const [what, special] of Object.entries(SCANS)) {
  test(`the same rows, problems and answer as then: ${what}`, () => {
    const { then, now } = both(special);
    const plain = (rows) =>
      rows.map(({ port, status, server, ms, main, proof, attempts }) => [
        port,
        status,
        server,
        ms,
        main.host,
        proof?.host,
        attempts.length,
      ]);
    assert.deepEqual(plain(now.rows), plain(then.rows));
    const short = (list) => list.map(({ id, act, status, args }) => [id, act, status, args]);
    assert.deepEqual(short(now.problems), short(then.problems));
    assert.deepEqual(now.settings, then.settings);
    assert.deepEqual(now.strangers, []);
    const summary = null;
    assert.equal(answerKey({ ...now, summary }), answerKey({ ...then, summary }));
  });
}

test('what a second place met is there again, and so is what followed from it', () => {
  const silent = (name) => outcome(name, [attempt(name, ['connect-timeout'])]);
  const special = { submissions: silent('submissions'), submission: silent('submission') };
  const places = { here: { name: '', local: true }, there: { name: 'Paris', local: false } };
  const then = madeReport(special, (rows) =>
    rows.map((row) => {
      if (row.status !== 'blocked') return row;
      const made = attempt(row.service.name);
      const report = { ...made.report, role: 'elsewhere' };
      return comparePlaces(row, { ...made, role: 'elsewhere', report }, places, tables);
    }),
  );
  const text = JSON.stringify(then.report);
  const now = stateOfReport(readReportFile(text, tables), tables);
  assert.deepEqual(now.elsewhere, { name: 'Paris', local: false, ports: [465, 587], why: null });
  const row = now.rows.find(({ port }) => port === 587);
  assert.equal(row.elsewhere.role, 'elsewhere');
  assert.deepEqual(
    now.problems.map(({ id, who }) => [id, who]),
    [['blocked-here', ['you', 'network']]],
  );
  assert.equal(answerKey({ ...now, summary: null }), 'receiveHere');
});

test('where it was tested from, and nobody\u2019s address', () => {
  const { now } = both({});
  assert.deepEqual(now.vantage, { name: 'Frankfurt', local: false });
  assert.equal(now.mailbox, null);
  assert.equal(now.target, 'example.test');
});

test('a row whose conversations are missing is shown without them', () => {
  const { report } = madeReport();
  report.vantages[0].probes = [];
  const now = stateOfReport(readReportFile(JSON.stringify(report), tables), tables);
  assert.ok(
    now.rows.every(({ attempts, main, proof }) => attempts.length === 0 && !main && !proof),
  );
});

const STRANGER = 'mail.evil-box.example';

/** What the page shows of a report that somebody has changed. */
function forged(change, special = {}) {
  const raw = JSON.parse(JSON.stringify(madeReport(special).report));
  change(raw);
  return stateOfReport(readReportFile(JSON.stringify(raw), tables), tables);
}

test('a file vouches for no server, whatever it says of it', () => {
  const now = forged((raw) => {
    for (const side of ['incoming', 'outgoing']) {
      Object.assign(raw.settings[side], { server: STRANGER, vouched: 'domain', source: 'typed' });
    }
    raw.settings.alternatives[0].server = STRANGER;
  });
  assert.equal(now.settings.incoming.vouched, null);
  assert.ok(!JSON.stringify(now.settings.alternatives).includes(STRANGER));
  assert.deepEqual(now.strangers, [STRANGER]);
  assert.equal(answerKey({ ...now, summary: null }), 'claimed');
});

test('a known provider\u2019s server needs nobody else', () => {
  const now = forged((raw) => Object.assign(raw.settings.incoming, { server: 'imap.gmail.com' }));
  assert.equal(now.settings.incoming.vouched, 'provider');
});

test('another domain lends a report no name', () => {
  const now = forged((raw) =>
    Object.assign(raw, { domain: 'evil-box.example', host: 'imap.example.test' }),
  );
  assert.equal(now.target, 'evil-box.example');
  const own = forged((raw) => Object.assign(raw, { host: 'imap.example.test' }));
  assert.equal(own.target, 'imap.example.test');
});

test('no finding of a file tells to type a stranger\u2019s name', () => {
  for (const name of [
    STRANGER,
    `${STRANGER} (see mail.example.test`,
    [STRANGER, 'mail.example.test'],
  ]) {
    const advice = { id: 'served-by-other-name', args: { asked: 'imap.example.test', name } };
    const elsewhere = { id: 'published-on-other-port', args: { elsewhere: [`${STRANGER}:9933`] } };
    const side = {
      side: 'incoming',
      protocol: 'imap',
      server: 'imap.example.test',
      port: 993,
      security: 'ssl',
      outcome: 'wrong',
      values: [{ name: 'server', typed: 'imap.example.test', mark: 'wrong', use: STRANGER }],
      use: { protocol: 'imap', server: STRANGER, port: 993, security: 'ssl' },
      finding: advice,
      findings: [advice],
    };
    const now = forged((raw) => {
      raw.vantages[0].rows[3].findings = [advice, { id: 'certificate-name-mismatch' }];
      raw.vantages[0].rows[3].status = 'broken';
      raw.vantages[0].rows[4].findings = [elsewhere];
      raw.notices = [advice];
      raw.typed = [side];
      raw.pasted = { outcome: 'confirmed', shown: [{ port: 993, finding: advice }] };
    });
    const shown = JSON.stringify({ ...now, report: null });
    assert.ok(!shown.includes('evil-box'), String(name));
    assert.deepEqual(
      now.rows[3].findings.map(({ id }) => id),
      ['certificate-name-mismatch'],
    );
    assert.equal(now.checked[0].use, null);
  }
});

test('a file asks only about a domain that is like the one in it', () => {
  const raw = JSON.parse(JSON.stringify(madeReport({}).report));
  const asked = (domain, meant) => {
    raw.domain = domain;
    raw.notices = [{ id: 'domain-misspelled', args: { domain: 'gmail.com', meant } }];
    return stateOfReport(readReportFile(JSON.stringify(raw), tables), tables)
      .problems.filter(({ id }) => id === 'domain-misspelled')
      .map(({ args }) => args);
  };
  const slip = { domain: 'gmial.com', meant: ['gmail.com'] };
  assert.deepEqual(asked('gmial.com', ['evil-box.example', 'gmail.com']), [slip]);
  assert.deepEqual(asked('gmial.com', ['evil-box.example']), []);
  assert.deepEqual(asked('example.test', ['gmail.com']), []);
  assert.deepEqual(asked('gmial.com', 'gmail.com'), [slip]);
});
