/** The demo's domains through the page: what is wrong with each is found, and nothing else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  READY,
  check,
  eventually,
  reportAfter,
  rowOf,
  seen,
  statusesOf,
  unfold,
  violations,
} from './page.mjs';
import { startSite } from './site.mjs';

let page;
let complaints;
startSite(async ({ open }) => {
  ({ page, complaints } = await open());
});

const PORTS = [25, 465, 587, 993, 995, 143, 110];
const every = (status, special = {}) =>
  Object.fromEntries(PORTS.map((port) => [port, special[port] ?? status]));
const ids = (report, port) => rowOf(report, port).findings.map(({ id }) => id);

test('a domain on which everything works', async () => {
  const report = await check(page, 'anna@demo.test');
  assert.deepEqual(statusesOf(report), every('works'));
  assert.equal(report.version, 1);
  assert.equal(report.domain, 'demo.test');
  assert.equal(report.settings.incoming.server, 'imap.demo.test');
  assert.equal(report.settings.incoming.port, 993);
  assert.equal(report.settings.outgoing.server, 'smtp.demo.test');
  assert.equal(report.settings.outgoing.port, 465);
  assert.ok(report.vantages[0].probes.length >= 7);
  assert.ok(!JSON.stringify(report).includes('anna'), 'nothing from before the @');
  assert.match(await page.textContent('#answer-title'), /Use these settings/);
});

const EXPECTED = {
  'expired.demo.test': ['broken', 993, ['certificate-expired']],
  'self-signed.demo.test': ['broken', 465, ['certificate-self-signed']],
  'unknown-issuer.demo.test': ['broken', 993, ['certificate-unknown-issuer']],
  'not-yet-valid.demo.test': ['broken', 995, ['certificate-not-yet-valid']],
  'expires-soon.demo.test': ['works-but', 993, ['certificate-expires-soon']],
  'wrong-name.demo.test': ['broken', 993, ['served-by-other-name', 'certificate-name-mismatch']],
  'stranger.demo.test': ['broken', 993, ['certificate-name-mismatch']],
  'hosted.demo.test': ['broken', 465, ['served-by-other-name', 'certificate-name-mismatch']],
  'old-tls.demo.test': ['broken', 587, ['tls-version-old']],
  'half-down.demo.test': ['works-but', 993, ['address-differs']],
  'ipv6-broken.demo.test': ['works-but', 993, ['ipv6-broken']],
  'odd-port.demo.test': ['not-tested', 993, ['published-on-other-port', 'connect-refused']],
  'web.demo.test': ['broken', 993, ['not-a-mail-server']],
  'busy.demo.test': ['not-tested', 143, ['greeting-busy']],
  'no-starttls.demo.test': ['broken', 143, ['starttls-not-offered']],
  'cleartext.demo.test': ['works-but', 143, ['cleartext-sign-in-offered']],
  'implicit-only.demo.test': ['not-offered', 143, ['declared-not-offered']],
  'refused.demo.test': ['not-offered', 587, ['connect-refused']],
  'refused-everywhere.demo.test': ['not-offered', 993, ['refused-everywhere', 'connect-refused']],
  'moved.demo.test': ['broken', 465, ['served-by-other-name', 'connect-refused']],
  'no-mail.demo.test': ['not-offered', 993, ['mail-not-accepted']],
  'port25-blocked.demo.test': ['blocked', 25, ['port-25-blocked', 'connect-timeout']],
  'nobody-has-this.test': ['broken', 993, ['domain-not-found']],
};
for (const [domain, [status, port, findings]] of Object.entries(EXPECTED)) {
  test(`${domain}: ${findings[0]}`, async () => {
    const report = await check(page, domain);
    assert.equal(rowOf(report, port).status, status);
    assert.deepEqual(ids(report, port), findings);
    const shown = await page.$$eval('[data-id]', (cards) => cards.map((card) => card.dataset.id));
    assert.ok(shown.includes(findings[0]), `a card or a note for ${findings[0]}`);
  });
}

/** What the settings card shows, by the names of its fields. */
const shownFields = () =>
  page.$$eval('.settings .side', (sides) =>
    sides.map((side) =>
      Object.fromEntries(
        [...side.querySelectorAll('.fields > div')].map((row) => [
          row.querySelector('dt').textContent,
          row.querySelector('dd > span').textContent,
        ]),
      ),
    ),
  );

test('a server that only DNS names is found, and the page says where its name is from', async () => {
  const report = await check(page, 'anna@srv-only.demo.test');
  assert.deepEqual(statusesOf(report), every('works'));
  assert.equal(report.settings.incoming.server, 'post.srv-only.demo.test');
  assert.equal(report.settings.incoming.source, 'published');
  assert.match(
    await page.textContent('.settings .source'),
    /names this server in its published settings/,
  );
  const [incoming] = await shownFields();
  assert.equal(incoming.Username, 'anna@srv-only.demo.test');
  assert.ok(!JSON.stringify(report).includes('anna'), 'nothing from before the @');
  assert.equal(await page.locator('.admin').count(), 1, 'there is no configuration file');
  assert.equal(await page.locator('.admin pre').count(), 0, 'the records are there');
});

test('aliases lead to the server and keep their own name', async () => {
  const report = await check(page, 'alias.demo.test');
  assert.deepEqual(statusesOf(report), every('works'));
  assert.equal(report.settings.incoming.server, 'imap.alias.demo.test');
});

test('465 published under the label of 587 is 465', async () => {
  const report = await check(page, 'submission-465.demo.test');
  const { server, port, security, source } = report.settings.outgoing;
  assert.deepEqual(
    [server, port, security, source],
    ['smtp.submission-465.demo.test', 465, 'ssl', 'published'],
  );
});

test('the files of the settings card can be taken along', async () => {
  await check(page, 'anna@usual-names.demo.test');
  const take = async (name) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name }).first().click(),
    ]);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    return [download.suggestedFilename(), Buffer.concat(chunks).toString()];
  };
  await page.click('.more-settings summary');
  const [config, xml] = await take('Download the file (config-v1.1.xml)');
  assert.equal(config, 'config-v1.1.xml');
  assert.match(xml, /<hostname>imap\.usual-names\.demo\.test</);
  assert.ok(!xml.includes('anna'));
  await page.check('input[name=app][value=ios]');
  const [profile, plist] = await take('Download profile');
  assert.equal(profile, 'usual-names.demo.test.mobileconfig');
  assert.match(plist, /<string>anna@usual-names\.demo\.test</);
  await page.click('.admin summary');
  assert.match(
    await page.textContent('.admin pre'),
    /_imaps\._tcp\.usual-names\.demo\.test\. 3600 IN SRV 0 1 993 imap\./,
  );
  await page.check('input[name=app][value=thunderbird]');
});

test('the wrong mode is proved with the right one', async () => {
  const report = await check(page, 'swapped.demo.test');
  assert.deepEqual(ids(report, 465), ['starttls-expected']);
  assert.deepEqual(ids(report, 587), ['tls-expected']);
  const proofs = report.vantages[0].probes.filter(({ role }) => role === 'other-mode');
  assert.deepEqual(proofs.map(({ target }) => `${target.port} ${target.mode}`).sort(), [
    '465 starttls',
    '587 implicit-tls',
  ]);
  assert.ok(proofs.every(({ trusted }) => trusted));
});

test('a server name on the certificate is proved and recommended', async () => {
  const report = await check(page, 'wrong-name.demo.test');
  assert.equal(report.settings.incoming.server, 'mail.demo.test');
  assert.equal(report.settings.incoming.source, 'certificate');
});

test('a stranger\u2019s server is recommended nowhere, however good its certificate', async () => {
  const report = await check(page, 'anna@stranger.demo.test');
  assert.deepEqual(statusesOf(report), every('broken', { 25: rowOf(report, 25).status }));
  const { incoming, outgoing, alternatives } = report.settings;
  assert.deepEqual([incoming, outgoing, alternatives], [null, null, []]);
  assert.match(await seen(page, '#answer-title'), /^Neither receiving nor sending passed the test/);
  assert.equal(await page.locator('.headline-icon.broken').count(), 1);
  assert.equal(await page.locator('.settings, .admin, .to-type').count(), 0);
  const card = await seen(page, 'article[data-id="certificate-name-mismatch"] .problem-body');
  assert.match(card, /The server calls itself mail\.evil-box\.test\./);
  assert.match(card, /Ask your provider which server name is right/);
  assert.match(card, /Do not type mail\.evil-box\.test only because it stands here/);
  const who = await seen(page, 'article[data-id="certificate-name-mismatch"] .problem-who li.on');
  assert.match(who, /You Ask your provider for the right server name/);
  assert.match(who, /Your mail provider/);
  const probed = report.vantages[0].probes.map(({ target }) => target.name);
  assert.ok(!probed.includes('mail.evil-box.test'), 'not even tried');
  assert.doesNotMatch(
    await seen(page, 'mail-port-check .root'),
    /Use mail\.evil-box|Type mail\.evil-box/,
  );
});

test('a name that the domain\u2019s own records lead to is recommended, and said to be published', async () => {
  const report = await check(page, 'anna@hosted.demo.test');
  const { server, source, vouched } = report.settings.incoming;
  assert.deepEqual([server, source, vouched], ['mx7.hoster.test', 'certificate', 'records']);
  assert.match(await seen(page, '#answer-title'), /^Use these settings/);
  assert.match(
    await seen(page, '.settings .source'),
    /hosted\.demo\.test itself names this server in its published settings \(CNAME record\)/,
  );
  const card = await seen(page, 'article[data-id="served-by-other-name"] .problem-body');
  assert.match(card, /The domain hosted\.demo\.test names mx7\.hoster\.test for it/);
});

test('a provider\u2019s preset makes no other domain ready', async () => {
  const element = page.locator('mail-port-check');
  const preset = { name: 'Northwind', imap: ['imap.demo.test'], smtp: ['smtp.demo.test'] };
  const use = (more) =>
    element.evaluate((node, value) => node.setAttribute('preset', value), JSON.stringify(more));
  try {
    await use({ ...preset, domains: ['demo.test'] });
    const mistyped = await check(page, 'anna@dmeo.test');
    assert.deepEqual([mistyped.settings.incoming, mistyped.settings.outgoing], [null, null]);
    assert.match(
      await seen(page, '#answer-title'),
      /^dmeo\.test is not one of the domains of Northwind\.$/,
    );
    assert.equal(await page.locator('.headline-icon.not-tested').count(), 1);
    const note = await seen(page, '[data-id="not-this-provider"]');
    assert.match(note, /^Another provider Is your address spelled right\?/);
    assert.match(await seen(page, '.answer .meant'), /Did you mean demo\.test\?/, 'its own domain');
    const meant = await reportAfter(page, () => page.click('.answer .meant button'));
    assert.deepEqual([meant.domain, meant.notices], ['demo.test', []]);
    assert.equal(await page.inputValue('#address'), 'anna@demo.test');
    const other = await check(page, 'anna@usual-names.demo.test');
    assert.equal(other.settings.incoming.server, 'imap.usual-names.demo.test', 'its own');
    assert.deepEqual(
      other.notices.map(({ id }) => id),
      ['not-this-provider'],
    );
    assert.equal(await page.locator('.headline-icon.works').count(), 0);
    const own = await check(page, 'anna@demo.test');
    assert.deepEqual(own.notices, []);
    assert.match(await seen(page, '#answer-title'), /^Use these settings/);
    await use({ ...preset, domains: ['demo.test', 'usual-names.demo.test'] });
    const listed = await check(page, 'anna@usual-names.demo.test');
    assert.equal(listed.settings.incoming.server, 'imap.demo.test');
    assert.equal(listed.settings.incoming.source, 'preset');
  } finally {
    await element.evaluate((node) => node.removeAttribute('preset'));
  }
});

test('the steps of an app have its fields in them, and the phone reads the link', async () => {
  await check(page, 'anna@demo.test');
  assert.equal(await page.locator('.how-to details[open]').count(), 0, 'folded');
  await page.click('.how-to summary');
  await page.waitForSelector('.how-to ol');
  assert.match(
    await seen(page, '.how-to ol'),
    /New Account.*incoming server.*imap\.demo\.test.*993.*outgoing server.*smtp\.demo\.test.*465/,
  );
  await page.check('input[name=app][value=gmail]');
  await eventually(async () =>
    assert.match(
      await seen(page, '.how-to'),
      /Step by step: Gmail app.*Add another account.*anna@demo\.test/,
    ),
  );
  await page.check('input[name=app][value=thunderbird]');
  await page.locator('.phone > summary').click();
  const name = await page.locator('.phone svg').getAttribute('aria-label');
  assert.match(name, /\?address=demo\.test$/, 'the domain and nothing more');
  // On the phone the same settings are one tap away.
  const phone = await page.context().newPage();
  await phone.goto(/http\S+/.exec(name)[0]);
  await phone.waitForSelector(READY);
  assert.equal(await phone.inputValue('#address'), 'demo.test');
  const there = await reportAfter(phone, () =>
    phone.getByRole('button', { name: 'Check' }).click(),
  );
  assert.equal(there.settings.incoming.server, 'imap.demo.test');
  await phone.close();
});

test('both sides of the settings are level, and each copy button says what it copies', async () => {
  await check(page, 'anna@demo.test');
  const apps = await page
    .locator('input[name=app]')
    .evaluateAll((inputs) => inputs.map(({ value }) => value));
  assert.ok(apps.length > 6);
  for (const app of apps) {
    await page.check(`input[name=app][value=${app}]`);
    const sides = await page.$$eval('.side', (found) =>
      found.map((side) => [
        side.querySelector('.protocol').textContent,
        ...[...side.querySelectorAll('.fields > div')].map((row) => row.getBoundingClientRect().y),
      ]),
    );
    const [[incoming, ...left], [outgoing, ...right]] = sides;
    assert.deepEqual([incoming, outgoing], ['IMAP', 'SMTP'], app);
    assert.ok(left.length >= 4);
    assert.deepEqual(left, right, app);
    const names = await page.$$eval('.side .copy', (found) =>
      found.map((button) => button.getAttribute('aria-label')),
    );
    assert.equal(new Set(names).size, names.length, names.join());
    assert.ok(names.includes('Copy incoming server') && names.includes('Copy outgoing server'));
  }
  await page.check(`input[name=app][value=${apps[0]}]`);
});

test('what only the provider can mend can be written to the provider', async () => {
  await check(page, 'anna@expired.demo.test');
  const letter = page.locator('[data-id=certificate-expired] .letter').first();
  await letter.locator('summary').click();
  const text = await letter.locator('pre').textContent();
  assert.match(text, /^\s*expired\.demo\.test: .*expired/);
  assert.match(text, /imap\.expired\.demo\.test, 993 \(IMAP\)/);
  assert.doesNotMatch(text, /anna/);
  const link = new URL(await letter.locator('a').getAttribute('href'));
  assert.equal(link.protocol, 'mailto:');
  assert.doesNotMatch(link.href, /anna/);
  assert.deepEqual(await violations(page), []);

  const element = page.locator('mail-port-check');
  const use = (preset) =>
    element.evaluate((node, value) => node.setAttribute('preset', value), JSON.stringify(preset));
  const own = {
    name: 'Nordpost',
    imap: ['imap.expired.demo.test'],
    domains: ['expired.demo.test'],
  };
  try {
    await use({ ...own, contact: 'event' });
    await page.evaluate(() => {
      document.addEventListener('mpc-contact', ({ detail }) => (window.written = detail), {
        once: true,
      });
    });
    await letter.getByRole('button', { name: 'Write to Nordpost' }).click();
    const written = await page.evaluate(() => window.written);
    assert.equal(written.domain, 'expired.demo.test');
    assert.equal(written.finding, 'certificate-expired');
    assert.ok(!JSON.stringify(written).includes('anna'));
    await use({ ...own, contact: 'https://help.example/new?s={subject}&d={message}' });
    const form = letter.getByRole('link', { name: 'Write to Nordpost' });
    await form.waitFor();
    const url = new URL(await form.getAttribute('href'));
    assert.equal(url.host, 'help.example');
    assert.match(url.searchParams.get('s'), /expired/);
  } finally {
    await element.evaluate((node) => node.removeAttribute('preset'));
  }
});

test('a mistyped address is asked about', async () => {
  await check(page, 'anna@gmial.con');
  assert.equal(await seen(page, '#answer-title'), 'We found no mail server for gmial.con.');
  assert.match(
    await seen(page, '.answer .meant'),
    /^Did you mean gmail\.com\? Check gmail\.com instead$/,
  );
  assert.equal(await page.locator('[part=problem]').count(), 0, 'and told once');
  assert.deepEqual(await violations(page), []);

  await page.fill('#address', 'anna@hotmial');
  await page.press('#address', 'Enter');
  await eventually(async () =>
    assert.match(await seen(page, '#address-error'), /hotmial.*is not complete/),
  );
  // What it takes to ask comes while the complaint is shown.
  await eventually(async () =>
    assert.match(await seen(page, '.ask .meant'), /Did you mean hotmail\.com\?/),
  );
  await page.fill('#address', 'anna@hotmai');
  await page.waitForSelector('.ask .meant', { state: 'detached' });
});

test('a server of TLS 1.3 alone is tested like any other', async () => {
  const report = await check(page, 'tls13-only.demo.test');
  const { probes, rows } = report.vantages[0];
  assert.deepEqual(new Set(rows.map(({ status }) => status)), new Set(['works']));
  assert.deepEqual(new Set(probes.map(({ tls }) => tls.version)), new Set(['TLS 1.3']));
  assert.deepEqual(
    probes.filter(({ role }) => role === 'hello'),
    [],
  );
});

test('the versions of TLS are asked for on request, and join the report', async () => {
  for (const [domain, port, expected] of [
    ['demo.test', 993, ['refused', 'refused', 'accepted', 'accepted']],
    ['old-tls.demo.test', 587, ['accepted', 'accepted', 'refused', 'refused']],
    ['tls13-only.demo.test', 143, ['refused', 'refused', 'refused', 'accepted']],
  ]) {
    const before = await check(page, domain);
    await page.evaluate(() => {
      window.given = document.querySelector('mail-port-check').report;
      document.addEventListener('mail-port-check-update', ({ detail }) => (window.told = detail), {
        once: true,
      });
    });
    await unfold(page);
    await page.click(`[aria-controls="details-${port}"]`);
    await page.getByRole('button', { name: 'Test the versions of TLS' }).click();
    await page.waitForSelector('.versions ul');
    const [given, told, report] = await page.evaluate(() => {
      const element = document.querySelector('mail-port-check');
      return [window.given, window.told, element.report];
    });
    assert.deepEqual(given, before, 'what was given out stays as it was');
    assert.deepEqual(told, report);
    const { role, versions, target } = report.vantages[0].probes.at(-1);
    assert.deepEqual([role, target.port], ['versions', port]);
    assert.deepEqual(Object.values(versions), expected, domain);
  }
});

test('nothing was complained of in the console', () => {
  assert.deepEqual(complaints, []);
});
