/**
 * The page in Chromium against real Dovecot and Postfix: every domain of the laboratory, all seven rows,
 * and the same findings from `drive` on the command line.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { startLab } from './lab.mjs';
import { check, openBrowser, openPage } from './page.mjs';
import { root } from './program.mjs';

const { lab, url, stop } = await startLab();
const tables = JSON.parse(await readFile(path.join(root, 'build/tables.json'), 'utf8'));
const diagnoses = new Map(tables.diagnoses.map((row) => [row.id, row]));
const WEIGHT = ['works', 'works-but', 'not-offered', 'not-tested', 'blocked', 'broken'];

let browser;
before(async () => {
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await stop();
});

/** The findings of the conversations themselves; what the page concludes from them is left out. */
function found(row) {
  return row.findings.map(({ id }) => id).filter((id) => diagnoses.has(id));
}

function heaviest(ids) {
  const weights = ids.map((id) => WEIGHT.indexOf(diagnoses.get(id).status));
  return WEIGHT[Math.max(0, ...weights)];
}

for (const [domain, expected] of Object.entries(lab.domains)) {
  test(`${domain}: ${expected.shows}`, async () => {
    const { page, complaints } = await openPage(browser.context, url);
    const report = await check(page, `anna@${domain}`);
    const rows = report.vantages[0].rows;
    assert.deepEqual(
      rows.map(({ port }) => port),
      tables.services.map(({ port }) => port),
    );
    for (const service of tables.services) {
      const row = rows.find(({ port }) => port === service.port);
      const findings = expected.findings[service.name];
      assert.deepEqual(found(row), findings, `${domain}:${service.port}`);
      assert.equal(row.server, expected.servers[service.name], `the server of ${service.port}`);
      const concluded = row.findings.length > findings.length;
      if (!concluded) assert.equal(row.status, heaviest(findings), `the status of ${service.port}`);
    }
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test(`${domain}: drive finds the same`, async () => {
    for (const service of tables.services) {
      const { stdout } = await promisify(execFile)(path.join(root, 'build/native/drive'), [
        ...['--service', service.name],
        ...['--address', expected.loopback[service.name]],
        ...['--name', expected.servers[service.name]],
        ...['--anchors', lab.anchors],
      ]);
      const ids = JSON.parse(stdout).findings.map(({ id }) => id);
      assert.deepEqual(ids, expected.findings[service.name], `${domain}:${service.port}`);
    }
  });
}

test('a domain without mail says so on every row', async () => {
  const { page, complaints } = await openPage(browser.context, url);
  const report = await check(page, lab.no_mail);
  for (const row of report.vantages[0].rows) {
    assert.deepEqual(
      row.findings.map(({ id }) => id),
      ['mail-not-accepted'],
      `port ${row.port}`,
    );
  }
  assert.deepEqual(complaints, []);
  await page.close();
});
