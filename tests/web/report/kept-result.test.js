import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initialState } from '../../../web/element/state.js';
import { present } from '../../../web/report/presentation.js';
import { KEPT_LIMIT, writeKept } from '../../../web/report/kept-result.js';
import { readKept } from '../../../web/report/read-kept.js';
import { ReportFileError } from '../../../web/report/report-file.js';
import { DOMAIN } from '../fixtures/outcomes.js';
import { madeReport } from '../fixtures/saved.js';
import { tables } from '../fixtures/tables.js';

const SUMMARY = {
  published: false,
  autoconfig: false,
  provider: null,
  own: false,
  foreign: false,
  meant: [],
  exchange: true,
  nullMx: false,
  elsewhere: [{ service: 'imaps', host: `imap.${DOMAIN}`, port: 9933 }],
  domain: null,
};

/** The element's state after a check. */
function checked(change = {}) {
  return {
    ...initialState('https://check.example/', 'linux'),
    ...madeReport(),
    phase: 'done',
    target: DOMAIN,
    domain: DOMAIN,
    mailbox: { address: `anna@${DOMAIN}`, localPart: 'anna' },
    address: `anna@${DOMAIN}`,
    summary: SUMMARY,
    vouchers: [],
    ...change,
  };
}

function again(state) {
  const fresh = initialState('https://check.example/', 'linux');
  return { ...fresh, ...readKept(writeKept(state), tables), phase: 'done', restored: true };
}

test('what a check showed is shown again, but for the local part', () => {
  const state = checked();
  assert.doesNotMatch(writeKept(state), /anna/);
  const [then, now] = [present(state, tables), present(again(state), tables)];
  assert.deepEqual(now.answer.title, then.answer.title);
  for (const side of ['incoming', 'outgoing']) {
    assert.deepEqual(now.sides[side].setting, then.sides[side].setting);
    assert.equal(now.sides[side].username, undefined);
  }
  assert.deepEqual(now.rows.get(993).status, then.rows.get(993).status);
  assert.deepEqual(now.elsewhere, then.elsewhere);
  assert.deepEqual(now.answer.lead, { key: 'saved.lead', args: { domain: DOMAIN } });
  assert.ok(now.files.admin?.records, 'what the domain lacks is still known');
});

/** A state whose settings lead to another domain's server. */
function hosted(by) {
  const state = checked({ vouchers: by ? [{ host: 'mx.hoster.test', by }] : [] });
  const report = structuredClone(state.report);
  report.settings.incoming.server = 'mx.hoster.test';
  return { ...state, report };
}

test('who vouched is believed where only the check could know, and asked again elsewhere', () => {
  for (const by of ['records', 'person', 'preset']) {
    assert.equal(again(hosted(by)).settings.incoming.vouched, by);
  }
  for (const by of ['domain', 'provider', null]) {
    assert.equal(again(hosted(by)).settings.incoming.vouched, null, by);
  }
});

test('what is damaged or was written by somebody else is refused, and nothing is shown of it', () => {
  const good = JSON.parse(writeKept(checked()));
  const changed = (change) => {
    const copy = structuredClone(good);
    change(copy);
    return JSON.stringify(copy);
  };
  for (const text of [
    '',
    'null',
    '[]',
    '{"version":1}',
    JSON.stringify(good).slice(0, -20),
    changed((raw) => (raw.version = 2)),
    changed((raw) => (raw.report.domain = '<b>')),
    changed((raw) => (raw.vouchers = [{ host: 'mx.hoster.test', by: 'everybody' }])),
    changed((raw) => (raw.vouchers = Array(500).fill({ host: 'a.test', by: 'records' }))),
    changed((raw) => (raw.summary.elsewhere = [{ host: 'javascript:', port: 1 }])),
    changed((raw) => (raw.provider = {})),
    changed((raw) => delete raw.stopped),
    ' '.repeat(KEPT_LIMIT + 1),
  ]) {
    assert.throws(() => readKept(text, tables), ReportFileError, text.slice(0, 60));
  }
  assert.equal(
    readKept(
      changed((raw) => (raw.provider = 'no-such')),
      tables,
    ).provider,
    null,
  );
});

test('what is too large is kept without its transcripts, or not at all', () => {
  const state = checked();
  const report = structuredClone(state.report);
  const [probe] = report.vantages[0].probes;
  probe.transcript = Array.from({ length: 200 }, () => ({
    t: 0,
    from: 'S',
    text: 'x'.repeat(KEPT_LIMIT / 100),
  }));
  const text = writeKept({ ...state, report });
  assert.ok(text.length < KEPT_LIMIT);
  assert.deepEqual(readKept(text, tables).report.vantages[0].probes[0].transcript, []);
  probe.greeting = 'x'.repeat(KEPT_LIMIT);
  assert.equal(writeKept({ ...state, report }), null);
});
