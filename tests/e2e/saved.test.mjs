/** What leaves the page with the reader, and comes back to support staff: link, report, file. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startDemo } from './demo.mjs';
import {
  READY,
  check,
  eventually,
  inBrowser,
  openPage,
  openRows,
  saying,
  unfold,
  violations,
} from './page.mjs';

let demo;
before(async () => {
  demo = await startDemo();
});
after(() => demo?.stop());

const asFile = (text, name = 'report.json') => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(text),
});

/** Opens a file as a person does, and waits for what comes of it. */
async function open(page, file, wait) {
  await page.setInputFiles('#report-file', file);
  await page.waitForSelector(wait);
}
const openGood = (page, text) => open(page, asFile(text), '#saved-title');
const openBad = async (page, file, says) => {
  await page.setInputFiles('#report-file', file);
  await page.locator('#report-file-error').getByText(says).waitFor();
};

/** Rows, problems and fields, as they are read. */
const seen = (page) =>
  page.evaluate(() => {
    const { shadowRoot } = document.querySelector('mail-port-check');
    const texts = (selector) =>
      [...shadowRoot.querySelectorAll(selector)].map(({ textContent }) =>
        textContent.replace(/\s+/g, ' ').trim(),
      );
    return {
      title: texts('#answer-title'),
      rows: texts('.ports tbody tr:not(.more)'),
      problems: texts('[data-id]'),
      fields: texts('.fields dd'),
    };
  });

test(
  'the link that is copied holds the domain and leads to the page, and the report holds no name',
  inBrowser({ permissions: ['clipboard-read', 'clipboard-write'] }, async (context) => {
    const { page, complaints } = await openPage(context, demo.url);
    await check(page, 'anna@moved.demo.test');
    const link = page.getByRole('button', { name: 'Copy link' });
    await saying(page, '.headline-acts :text("Copied")', () => link.click());
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    assert.equal(await copied(), `${demo.url}?address=moved.demo.test`);
    await unfold(page);
    await saying(page, '.to-type .copied', () => page.locator('.to-type .copy').click());
    assert.equal(await copied(), 'mail.moved.demo.test');
    const copy = page.getByRole('button', { name: 'Copy report' });
    await saying(page, '.share :text("Copied")', () => copy.click());
    assert.match(await copied(), /Mail Port Check report for moved\.demo\.test/);
    assert.ok(!(await copied()).includes('anna'));
    assert.deepEqual(complaints, []);
  }),
);

test(
  'a file cannot recommend a stranger\u2019s server',
  inBrowser({}, async (context) => {
    const { page, complaints } = await openPage(context, demo.url);
    const report = await check(page, 'demo.test');
    const stranger = 'mail.evil-box.test';
    for (const side of ['incoming', 'outgoing']) {
      Object.assign(report.settings[side], { server: stranger, vouched: 'domain' });
    }
    report.vantages[0].rows[3].findings = [
      { id: 'served-by-other-name', args: { asked: 'imap.demo.test', name: stranger } },
    ];
    report.vantages[0].rows[3].findings.push({ id: 'certificate-name-mismatch' });
    await openGood(page, JSON.stringify(report));
    const text = (selector) => page.locator(selector).first().textContent();
    assert.match(await text('#answer-title'), /settings for receiving and sending that we cannot/);
    assert.match(
      await text('.saved-strangers'),
      /servers outside demo\.test: mail\.evil-box\.test/,
    );
    assert.match(await text('.settings .source'), /Do not type it unless the provider/);
    assert.equal(await page.locator('.headline-icon.not-tested').count(), 1);
    assert.equal(await page.locator('.settings .works, .to-type, .admin').count(), 0);
    assert.equal(await page.locator('.settings .copy[aria-label*="Hostname"]').count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Copy all' }).count(), 0);
    assert.doesNotMatch(await text('.root'), /using the settings above/);
    assert.deepEqual(await violations(page, 'mail-port-check'), []);
    assert.deepEqual(complaints, []);
  }),
);

test(
  'a report is opened again, marked as saved, and nobody but the page is asked for anything',
  inBrowser({}, async (context) => {
    const { page, complaints } = await openPage(context, demo.url);
    await check(page, 'wrong-name.demo.test');
    const then = await seen(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download JSON' }).click(),
    ]);
    const file = await download.path();

    const fresh = await openPage(context, demo.url);
    const asked = [];
    fresh.page.on('websocket', (socket) => asked.push(socket.url()));
    fresh.page.on('request', (request) => asked.push(request.url()));
    await open(fresh.page, file, '#saved-title');
    assert.deepEqual(await seen(fresh.page), then);
    const banner = (await fresh.page.textContent('.saved')).replace(/\s+/g, ' ');
    assert.match(banner, /Saved report for wrong-name\.demo\.test/);
    assert.match(banner, /Checked today at .* from this computer's network, in \d+ seconds?\./);
    assert.match(banner, /Nothing was tested just now/);
    await unfold(fresh.page);
    await openRows(fresh.page);
    assert.ok((await fresh.page.locator('.steps li').count()) > 20);
    assert.equal(await fresh.page.getByRole('button', { name: 'Test the versions' }).count(), 0);
    assert.equal(await fresh.page.getByRole('button', { name: 'Download the file' }).count(), 0);
    assert.deepEqual(await violations(fresh.page), []);
    const report = await fresh.page.evaluate(
      () => document.querySelector('mail-port-check').report,
    );
    assert.equal(report, null, 'a file is no check of this page');
    // What reads a report, and shows it, is the page's own, and comes when it is needed.
    assert.ok(asked.includes(new URL('parts/report-reader.js', demo.url).href));
    const own = ['parts/', 'locales/'].map((folder) => new URL(folder, demo.url).href);
    const foreign = asked.filter((one) => !own.some((folder) => one.startsWith(folder)));
    assert.deepEqual(foreign, []);

    await fresh.page.getByRole('button', { name: 'Close the report' }).click();
    await fresh.page.waitForSelector('#saved-title', { state: 'detached' });
    await check(fresh.page, 'demo.test');
    assert.equal(await fresh.page.locator('#saved-title').count(), 0);
    assert.deepEqual([...complaints, ...fresh.complaints], []);
  }),
);

test(
  'typed settings and a pasted message come back, but for the message itself',
  inBrowser({}, async (context) => {
    const { page } = await openPage(context, demo.url);
    await page.locator('details.more-ask summary').click();
    await page.fill('#incoming-server', 'imap.demo.test');
    await page.fill('#incoming-port', '995');
    await page.fill('#pasted', 'Connection refused while talking to secret-name');
    const report = await check(page, 'demo.test');
    const sides = () => page.locator('.checked').allInnerTexts();
    const then = await sides();
    await openGood(page, JSON.stringify(report));
    const now = await sides();
    assert.equal(now[0], then[0]);
    assert.ok(then[1].includes('secret-name') && !now[1].includes('secret-name'));
  }),
);

test(
  'what stands in a file is text, wherever it stands',
  inBrowser({}, async (context) => {
    const { page, complaints } = await openPage(context, demo.url);
    const report = await check(page, 'expired.demo.test');
    const evil = '</pre><img src=x onerror="window.hit=1"><script>window.hit=1</script>';
    const [vantage] = report.vantages;
    vantage.name = evil;
    vantage.rows.forEach((row) => {
      row.server = evil.slice(0, 250);
      row.findings.forEach((finding) => (finding.args.host = evil));
    });
    for (const probe of vantage.probes) {
      Object.assign(probe, { greeting: evil, tls: { version: evil.slice(0, 60), suite: evil } });
      probe.certificates.forEach((one) => Object.assign(one, { subject: evil, names: [evil] }));
      probe.transcript.push({ t: 1, from: 'S', text: `${evil}\u202e\u0000` });
    }
    await openGood(page, JSON.stringify(report));
    await unfold(page);
    await openRows(page);
    const made = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector('mail-port-check');
      return shadowRoot.querySelectorAll('img, script, iframe, object').length;
    });
    assert.equal(made, 0);
    assert.equal(await page.evaluate(() => window.hit), undefined);
    assert.deepEqual(complaints, []);
  }),
);

test(
  'a file that is no report is named as what it is, and changes nothing',
  inBrowser({}, async (context) => {
    const { page, complaints } = await openPage(context, demo.url);
    const report = await check(page, 'demo.test');
    const then = await seen(page);
    const whole = JSON.stringify(report);
    const changed = (change) => {
      const copy = structuredClone(report);
      change(copy);
      return JSON.stringify(copy);
    };
    for (const [text, says] of [
      ['', /not a JSON file/],
      [whole.slice(0, 2000), /cut off/],
      ['{"hello":1}', /no version/],
      ['{"version":7}', /version is 7/],
      [changed((raw) => (raw.domain = '<b>x</b>')), /At report\.domain it has "<b>x<\/b>"/],
      [changed((raw) => raw.vantages[0].rows.pop()), /one row for port/],
      [changed((raw) => (raw.settings.incoming.port = 0)), /report\.settings\.incoming\.port/],
      [`{"version":1,"domain":${'['.repeat(99_999)}`, /not a JSON file/],
      [' '.repeat(9_000_000), /larger than 8 MB/],
    ]) {
      await openBad(page, asFile(text), says);
      assert.deepEqual(await seen(page), then);
    }
    const picture = {
      name: 'a.png',
      mimeType: 'image/png',
      buffer: Buffer.from([137, 80, 78, 71, 0, 255]),
    };
    await openBad(page, picture, /not a JSON file/);
    await openGood(page, whole);
    assert.equal(await page.locator('#report-file-error').isVisible(), false);
    assert.deepEqual(complaints, []);
  }),
);

/** Drops files on the element, as a file manager does. */
async function drop(page, texts) {
  await page.evaluate((list) => {
    const data = new DataTransfer();
    list.forEach((text, index) => data.items.add(new File([text], `dropped-${index}.json`)));
    const { shadowRoot } = document.querySelector('mail-port-check');
    const target = shadowRoot.querySelector('.root');
    for (const type of ['dragenter', 'dragover', 'drop']) {
      const event = new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
      if (target.dispatchEvent(event)) throw new Error(`${type} was left to the browser`);
    }
  }, texts);
}

test(
  'a report can be dropped on the page; two at once cannot',
  inBrowser({}, async (context) => {
    const { page } = await openPage(context, demo.url);
    const text = JSON.stringify(await check(page, 'demo.test'));
    await drop(page, [text, text]);
    await page.waitForSelector('text=Open one file at a time.');
    await drop(page, [text]);
    await page.waitForSelector('#saved-title');
    assert.match(await page.textContent('.saved'), /dropped-0\.json/);
    assert.equal(await page.locator('.drop').count(), 0);
  }),
);

test(
  'by keyboard a report is opened where the last button is, and the reader is led to it',
  inBrowser({}, async (context) => {
    const { page } = await openPage(context, demo.url);
    const text = JSON.stringify(await check(page, 'demo.test'));
    // The browser's own dialog comes after that.
    const focused = () =>
      page.evaluate(() => document.querySelector('mail-port-check').shadowRoot.activeElement?.id);
    await page.getByRole('button', { name: 'Print' }).focus();
    for (const key of ['Tab', 'Enter', 'Tab']) await page.keyboard.press(key);
    assert.equal(await focused(), 'report-file');
    await page.setInputFiles('#report-file', asFile(text));
    await page.waitForFunction(
      () =>
        document.querySelector('mail-port-check').shadowRoot.activeElement?.id === 'saved-title',
    );
    assert.match(
      await page.locator('[role=status].unseen').last().textContent(),
      /saved report is shown/,
    );
  }),
);

for (const width of [320, 360]) {
  test(
    `on a phone of ${width} the apps stand on one line, and each can be reached`,
    inBrowser({ viewport: { width, height: 700 } }, async (context) => {
      const { page } = await openPage(context, demo.url);
      await check(page, 'demo.test');
      const strip = await page.$eval('.app-strip', (element) => ({
        tops: new Set(
          [...element.children].map((one) => Math.round(one.getBoundingClientRect().top)),
        ).size,
        scrolls: element.scrollWidth > element.clientWidth,
      }));
      assert.deepEqual(strip, { tops: 1, scrolls: true });
      await page.focus('input[name=app][value=thunderbird]');
      const apps = await page.locator('input[name=app]').count();
      for (let press = 1; press < apps; press += 1) await page.keyboard.press('ArrowRight');
      assert.ok(await page.isChecked('input[name=app][value=other]'));
      const within = () =>
        page.$eval('input[name=app][value=other]', (input) => {
          const { left, right } = input.parentElement.getBoundingClientRect();
          return left >= 0 && right <= innerWidth;
        });
      await eventually(async () => assert.ok(await within(), 'the chosen app is in sight'));
      const icon = await page.$eval('.headline-icon', (element) => element.getBoundingClientRect());
      const title = await page.$eval('#answer-title', (element) => element.getBoundingClientRect());
      assert.ok(title.left >= icon.right && Math.abs(title.top - icon.top) < 12, 'beside its icon');
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.equal(wider, 0);
    }),
  );
}

test(
  'the frame shows the settings, folds the rest, and leads to the full page',
  inBrowser({ viewport: { width: 320, height: 700 } }, async (context) => {
    const { page, complaints } = await openPage(
      context,
      `${demo.url}embed.html?address=anna@demo.test`,
    );
    await check(page, 'anna@demo.test');
    assert.equal((await page.textContent('#answer-title')).trim(), 'Settings for demo.test');
    assert.ok(await page.locator('.marks').getByText('Receiving works').isVisible());
    assert.equal(await page.locator('table.ports').isVisible(), false);
    for (const fold of await page.locator('.compact-fold > summary').all()) await fold.click();
    assert.ok(await page.locator('table.ports').isVisible());
    await openRows(page);
    // The card hides what is wider; nothing may be.
    const cut = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector('mail-port-check');
      const { right } = shadowRoot.querySelector('.widget').getBoundingClientRect();
      return [...shadowRoot.querySelectorAll('.widget *')]
        .filter((one) => !one.closest('.unseen, .app-strip, thead, svg, .apps, pre'))
        .filter((one) => one.getBoundingClientRect().right > right + 1)
        .map((one) => one.className || one.tagName);
    });
    assert.deepEqual(cut, []);
    const link = page.getByRole('link', { name: 'Open full check' });
    assert.equal(await link.getAttribute('href'), `${demo.url}?address=demo.test&lang=en-US`);
    assert.equal(await page.locator('.guide').count(), 0, 'no link to anchors that are not here');
    assert.deepEqual(await violations(page, 'mail-port-check'), []);
    assert.deepEqual(complaints, []);
  }),
);

test(
  'in the frame a problem that stands in the way is in sight, and ?full is the whole page',
  inBrowser({}, async (context) => {
    const { page } = await openPage(context, `${demo.url}embed.html`);
    await check(page, 'refused.demo.test');
    assert.ok(await page.locator('[data-id="connect-refused"]').first().isVisible());
    await page.goto(`${demo.url}embed.html?full`);
    await page.waitForSelector(READY);
    await check(page, 'demo.test');
    assert.match(await page.textContent('#answer-title'), /Use these settings/);
  }),
);

test(
  'a problem leads to the page\u2019s own guidance about it, unfolded',
  inBrowser({}, async (context) => {
    const { page } = await openPage(context, demo.url);
    await check(page, 'port25-blocked.demo.test');
    await unfold(page);
    await page.locator('[data-id="port-25-blocked"] .guide a').click();
    await page.waitForFunction(() => document.querySelector('#port-25').open);
    await eventually(() => assert.equal(new URL(page.url()).hash, '#port-25'));
  }),
);

test(
  'who can fix it says what to do, and names nobody else',
  inBrowser({}, async (context) => {
    const { page } = await openPage(context, demo.url);
    await check(page, 'moved.demo.test');
    await unfold(page);
    const parties = await page
      .locator('[data-id="served-by-other-name"] [data-party]')
      .allInnerTexts();
    assert.deepEqual(
      parties.map((text) => text.replace(/\s+/g, ' ')),
      ['You Change the server name in your app'],
    );
  }),
);
