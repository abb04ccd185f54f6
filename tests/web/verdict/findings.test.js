import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import {
  FINDING_IDS,
  NO_ENCRYPTION,
  PARTIES,
  VERDICTS,
  catalogue,
  policyOf,
} from '../../../web/verdict/findings.js';
import { locale, tables } from '../fixtures/tables.js';

const web = new URL('../../../web/', import.meta.url);
const read = (name) => readFileSync(new URL(name, web), 'utf8');
const rows = [...catalogue(tables).values()];
const ids = rows.map(({ id }) => id);

test('every diagnosis of the core and every verdict of the page has one row, and nothing else has', () => {
  const core = tables.diagnoses.map(({ id }) => id);
  const own = VERDICTS.map(({ id }) => id);
  assert.deepEqual([...FINDING_IDS].sort(), [...core, ...own].sort());
  assert.equal(new Set([...core, ...own]).size, core.length + own.length);
});

test('a row is whole: what the core says of a finding, or the page of a verdict, and the page\u2019s policy', () => {
  for (const row of rows) {
    assert.equal(typeof row.status, 'string', row.id);
    assert.ok(['fix', 'aware', 'none'].includes(row.act), row.id);
    for (const party of row.who) assert.ok(PARTIES.includes(party), row.id);
  }
  assert.deepEqual(
    tables.diagnoses.filter(({ id }) => policyOf(id).status),
    [],
    'the core says it of its own findings',
  );
  assert.equal(catalogue(tables).get('certificate-expired').tolerated, true);
  assert.equal(catalogue(tables).get('connect-refused').tolerated, false);
});

/** Everything that a row can have; a new column needs its line in the header of findings.js. */
const COLUMNS = {
  id: () => true,
  phase: (phase) => phase === null || tables.phases.includes(phase),
  status: (status) => Boolean(locale.status[status]),
  act: (act) => ['fix', 'aware', 'none'].includes(act),
  who: (who) => who.every((party) => locale.who[party]),
  hiddenBy: (others, { id }) => others.every((other) => other !== id && ids.includes(other)),
  groupedBy: (names) => names.length > 0,
  whoIf: (cases) =>
    Object.entries(cases).every(
      ([name, who]) =>
        ['published', 'unproved', 'alone', 'confirmed'].includes(name) &&
        who.every((party) => locale.who[party]),
    ),
  signIn: (value) => ['in', 'out', 'address', 'either'].includes(value),
  helpedBy: (by) => ['app-password', 'provider'].includes(by),
  ...Object.fromEntries(
    [
      'ours',
      'doubtful',
      'tolerated',
      'dispensable',
      'settles',
      'weakens',
      'portless',
      'inTheWay',
      'inAnswer',
      'retried',
      'pauses',
    ].map((name) => [name, (flag) => typeof flag === 'boolean']),
  ),
};

test('what a row names exists', () => {
  const header = read('verdict/findings.js').split('*/')[0];
  for (const row of rows) {
    for (const [column, value] of Object.entries(row)) {
      assert.ok(COLUMNS[column]?.(value, row), `${row.id}: ${column}`);
    }
  }
  for (const column of Object.keys(COLUMNS).slice(5)) {
    assert.match(header, new RegExp(`^ \\* +${column} `, 'm'), column);
  }
});

test('an id that is not in the table has no policy', () => {
  for (const id of ['from-the-future', 'constructor', '__proto__']) {
    assert.deepEqual(policyOf(id), {}, id);
  }
});

/**
 * Where ids may stand besides the table: whoever makes a finding, or acts on what one server said.
 * How a finding is weighed, grouped, hidden or mended belongs into its row.
 */
const ELSEWHERE = {
  'discover/discover.js': 'makes the findings of the DNS',
  'discover/dns.js': 'its outcomes',
  'transport/closes.js': 'makes the findings of the bridge',
  'transport/connection.js': 'a bridge that cannot be talked to',
  'transport/wall-clock.js': 'takes the dates out of a report',
  'scan/evidence.js': 'ways not to come about',
  'scan/scan.js': 'what is worth another conversation',
  'verdict/advice.js': 'what is told of them besides',
  'verdict/proved-causes.js': 'which error messages they explain',
  'verdict/from-here.js': 'takes out of it what was not seen',
  'verdict/port-results.js': 'makes the verdicts',
  'verdict/vantage-comparison.js': 'makes those of two places',
  'verdict/problems.js': 'a domain that names another port',
  'verdict/first-step.js': 'one without new mail',
  'verdict/answer-key.js': 'headlines',
  'verdict/app-settings-verdict.js': 'a server name that leads nowhere',
  'i18n/app-settings-words.js': 'the sentence about it',
  'input/error-causes.js': 'the list of them',
  'input/error-messages.js': 'causes, which have the ids of findings where these fit',
  'input/translated-messages.js': 'ids of rows of error-messages.js',
  'report/saved-report.js': 'advice that names a stranger',
  'verdict/notices.js': 'makes the findings of the whole check',
};

test('no other source knows a finding by its id', () => {
  const known = new Set([...ids, NO_ENCRYPTION]);
  const found = readdirSync(web, { recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.js') && !name.startsWith('node_modules'))
    .filter((name) => name !== 'verdict/findings.js')
    .filter((name) => [...read(name).matchAll(/'([a-z0-9-]+)'/g)].some(([, id]) => known.has(id)));
  assert.deepEqual(found.sort(), Object.keys(ELSEWHERE).sort());
});
