/** The pages for providers: how to put the check up, the form of a preset, the demo of frame and element. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { READY, check, eventually, reportAfter, violations } from './page.mjs';
import { startSite } from './site.mjs';

const site = startSite();

/** The form of a preset, with the text that it makes. */
const openForm = (query = '') => site.open(`preset.html${query}`, '#preset-json:not(:empty)');

for (const [name, count] of [
  ['index.html?lang=en', 2],
  ['providers.html', 5],
]) {
  test(`the snippets of ${name} name the host that serves them, and can be copied`, async () => {
    const { page, complaints } = await site.open(name, '.snippet button:not([hidden])');
    const codes = await page.locator('.snippet code').allTextContents();
    assert.equal(codes.length, count);
    assert.doesNotMatch(codes.join(), /check\.example/);
    const { origin } = new URL(site.url);
    const text = codes.join('\n');
    for (const url of [`src="${site.url}embed.html?`, `src="${site.url}mail-port-check.js"`]) {
      assert.ok(text.includes(url), url);
    }
    if (count > 2) assert.ok(text.includes(`origins = ["${origin}", "https://help.example.com"]`));
    for (const snippet of await page.locator('.snippet').all()) {
      await snippet.getByRole('button').click();
      await snippet.getByText('Copied').waitFor();
      await page.evaluate(() => document.body.append(document.createElement('textarea')));
      await page.focus('body > textarea');
      await page.keyboard.press('Control+V');
      const copied = await page.inputValue('body > textarea');
      await page.evaluate(() => document.querySelector('body > textarea').remove());
      assert.equal(copied, await snippet.locator('code').textContent());
    }
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(complaints, []);
    await page.close();
  });
}

test('a snippet that may not be copied is selected, and that is said', async () => {
  const { page } = await site.open('providers.html', '.snippet button:not([hidden])');
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('denied'));
    document.execCommand = () => false;
  });
  await page.locator('.snippet button').first().click();
  await page.getByText(/Copying is not allowed here/).waitFor();
  const selected = await page.evaluate(() => getSelection().toString());
  assert.equal(selected, await page.locator('.snippet code').first().textContent());
  await page.close();
});

test('the demo has the frame and beside it the element, and both check', async () => {
  const { page, complaints } = await site.open(
    'embed-demo.html?preset=demo&bridge=wss://x.test&x=1',
  );
  const frame = page.frames()[1];
  await frame.waitForSelector(READY);
  for (const place of [page, frame]) {
    const report = await check(place, 'demo.test');
    assert.equal(report.settings.outgoing.port, 587, 'the preset\u2019s own choice');
  }
  await eventually(async () =>
    assert.equal(
      await page.$eval('iframe', ({ clientHeight }) => clientHeight),
      await frame.evaluate(() => document.documentElement.scrollHeight),
    ),
  );
  const query = new URL(frame.url()).searchParams;
  assert.deepEqual([...query.keys()].sort(), ['color-scheme', 'lang', 'preset']);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('the form writes a preset, shows what it does, and hands it out', async () => {
  const { page, complaints } = await openForm();
  const json = async () => JSON.parse(await page.textContent('#preset-json'));
  assert.deepEqual(await json(), {});
  assert.deepEqual(await violations(page), []);
  await page.fill('#f-name', 'Nordpost');
  await page.fill('#f-domains', 'demo.test');
  await page.fill('#f-imap-0-host', 'imap.demo.test');
  await page.fill('#f-smtp-0-host', 'smtp.demo.test');
  await page.selectOption('#f-smtp-0-port', '587 starttls');
  await page.fill('#f-colours-accent-light', '#123456');
  const preset = {
    name: 'Nordpost',
    domains: ['demo.test'],
    imap: [{ host: 'imap.demo.test' }],
    smtp: [{ host: 'smtp.demo.test', port: 587, security: 'starttls' }],
    colours: { accent: '#123456' },
  };
  assert.deepEqual(await json(), preset);
  await page.waitForFunction(
    () =>
      getComputedStyle(
        document.querySelector('mail-port-check').shadowRoot.querySelector('.button.primary'),
      ).backgroundColor === 'rgb(18, 52, 86)',
  );
  const report = await reportAfter(page, async () => {
    await page.fill('#address', 'anna@demo.test');
    await page.press('#address', 'Enter');
  });
  assert.equal(report.settings.outgoing.port, 587);
  assert.equal(report.settings.outgoing.source, 'preset');
  await page.fill('#preset-id', 'nordpost');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#preset-save')]);
  assert.equal(download.suggestedFilename(), 'nordpost.json');
  assert.deepEqual(JSON.parse(await readFile(await download.path(), 'utf8')), preset);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('each mistake stands at its field and by its key, and nothing is handed out', async () => {
  const { page, complaints } = await openForm();
  const HTML = '<img src=x onerror="window.hit=1">';
  await page.fill('#f-name', HTML);
  await page.fill('#f-imap-1-host', HTML);
  await page.fill('#f-links-help', 'javascript:window.hit=1');
  await page.fill('#f-contact', 'https://a.test/{x}');
  const told = await page.locator('#preset-mistakes li').allTextContents();
  assert.deepEqual(
    told.map((line) => line.split(':')[0]),
    ['preset.imap[1].host', 'preset.links.help', 'preset.contact'],
  );
  assert.match(await page.textContent('#f-imap-1-error'), /preset\.imap\[1\]\.host: .*<img/);
  assert.equal(await page.getAttribute('#f-imap-1-host', 'aria-invalid'), 'true');
  assert.equal(await page.getAttribute('#f-name', 'aria-invalid'), 'false');
  assert.ok(await page.isDisabled('#preset-save'));
  assert.deepEqual(await violations(page), []);
  for (const name of ['#f-imap-1-host', '#f-links-help', '#f-contact']) await page.fill(name, '');
  await page.waitForSelector('#preset-save:not([disabled])');
  assert.equal(await page.locator('.field-error:visible').count(), 0);
  // A name is text wherever it comes to stand.
  await page.fill('#f-domains', 'demo.test');
  await page.waitForFunction(() =>
    document.querySelector('mail-port-check').getAttribute('preset')?.includes('demo.test'),
  );
  await check(page, 'demo.test');
  assert.equal(await page.locator('img').count(), 0);
  for (const bad of ['../x', 'google', 'A b', '']) {
    await page.fill('#preset-id', bad);
    assert.ok(await page.isDisabled('#preset-save'), bad);
  }
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('nothing in the URL fills the form or reaches the element', async () => {
  const preset = encodeURIComponent('{"name":"Evil","imap":["mail.evil.example"]}');
  const query = `?preset=${preset}&name=Evil&address=evil.test&autostart&bridge=wss://evil.test&f-name=Evil`;
  const { page, complaints } = await openForm(`${query}#preset=${preset}`);
  await page.waitForFunction(() =>
    document.querySelector('mail-port-check').hasAttribute('preset'),
  );
  const values = await page.$$eval('#preset-form [name]', (fields) =>
    fields.map(({ value }) => value).filter(Boolean),
  );
  assert.deepEqual(values, []);
  const attributes = await page.$eval('mail-port-check', (element) =>
    Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
  );
  assert.deepEqual(attributes, { lang: 'en', compact: '', state: 'idle', preset: '{}' });
  assert.equal(await page.inputValue('#address'), '');
  assert.deepEqual(complaints, []);
  await page.close();
});

for (const width of [1280, 390, 320]) {
  test(`the German pages fit ${width} pixels`, async () => {
    const pages = {
      providers: '.snippet button:not([hidden])',
      preset: READY,
      'embed-demo': READY,
    };
    for (const [name, ready] of Object.entries(pages)) {
      const { page, complaints } = await site.open(`${name}.de.html`, ready);
      await page.setViewportSize({ width, height: 844 });
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(wider, 0, name);
      assert.deepEqual(await violations(page), [], name);
      assert.deepEqual(complaints, [], name);
      await page.close();
    }
  });
}
