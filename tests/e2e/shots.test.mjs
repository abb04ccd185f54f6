/**
 * Every state of the page as a picture in build/shots/, for people to look at; and in each of them
 * nothing is wider than the screen, whatever the reader's settings. web/tokens.png is made here, too.
 */
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startDemo } from './demo.mjs';
import { READY, check, inBrowser, openPage, unfold, whole } from './page.mjs';
import { root } from './program.mjs';

const folder = path.join(root, 'build/shots');
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const SMALLEST = { width: 320, height: 640 };

/** The reader's settings → options of the browser, and what is done to the page before. */
const READERS = {
  'desktop-light': { options: { viewport: DESKTOP, colorScheme: 'light' } },
  'desktop-dark': { options: { viewport: DESKTOP, colorScheme: 'dark' } },
  'phone-light': { options: { viewport: PHONE, colorScheme: 'light' } },
  'phone-dark': { options: { viewport: PHONE, colorScheme: 'dark' } },
  'smallest-text-200': { options: { viewport: SMALLEST }, settle: doubleText },
  'desktop-text-200': { options: { viewport: DESKTOP }, settle: doubleText },
  'desktop-rtl': { options: { viewport: DESKTOP }, settle: rightToLeft },
  'phone-rtl': { options: { viewport: PHONE }, settle: rightToLeft },
  'desktop-forced-colors': { options: { viewport: DESKTOP, forcedColors: 'active' } },
};

let demo;
before(async () => {
  await mkdir(folder, { recursive: true });
  demo = await startDemo();
});
after(() => demo?.stop());

for (const [reader, { options, settle = async () => {} }] of Object.entries(READERS)) {
  test(
    `start, run, result, problems, print, saved report and frame fit: ${reader}`,
    inBrowser({ ...options, reducedMotion: 'reduce' }, async (context) => {
      const { page, complaints } = await openPage(context, demo.url);
      await settle(page, context);
      const shoot = async (state) => {
        const wider = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        const name = `${state}-${reader}`;
        await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
        assert.equal(wider, 0, name);
      };
      await shoot('start');
      await page.fill('#address', 'silent.demo.test');
      await page.press('#address', 'Enter');
      await page.waitForSelector('text=Waiting for its greeting');
      await shoot('running');
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.waitForSelector('#answer-title');
      await check(page, 'demo.test');
      await shoot('result');
      const report = await check(page, 'wrong-name.demo.test');
      await unfold(page);
      await page.locator('button.toggle').nth(3).click();
      await whole(page);
      await shoot('problems');
      await page.emulateMedia({ media: 'print' });
      await shoot('print');
      await page.emulateMedia({ media: null });
      const buffer = Buffer.from(JSON.stringify(report));
      await page.setInputFiles('#report-file', { name: 'r.json', mimeType: '', buffer });
      await page.waitForSelector('#saved-title');
      await shoot('saved');
      await page.goto(`${demo.url}embed.html`);
      await page.waitForSelector(READY);
      await settle(page, context);
      await check(page, 'wrong-name.demo.test');
      await shoot('embed');
      for (const fold of await page.locator('.compact-fold > summary').all()) await fold.click();
      await whole(page);
      await shoot('embed-open');
      assert.deepEqual(complaints, []);
    }),
  );
}

test(
  'nothing moves for readers who want no motion',
  inBrowser({ reducedMotion: 'reduce' }, async (context) => {
    const { page } = await openPage(context, demo.url);
    await page.fill('#address', 'silent.demo.test');
    await page.press('#address', 'Enter');
    await page.waitForSelector('text=Waiting for its greeting');
    const moving = await page.evaluate(() =>
      document
        .querySelector('mail-port-check')
        .shadowRoot.getAnimations()
        .map(({ effect }) => effect.target.outerHTML),
    );
    assert.deepEqual(moving, []);
  }),
);

test(
  'README\u2019s picture of the tokens, each beside the card that it colours',
  inBrowser({ viewport: { width: 1180, height: 900 } }, async (context) => {
    const readme = await readFile(path.join(root, 'README.md'), 'utf8');
    const rows = [...readme.matchAll(/^\| `(--mpc-[\w-]+)` \| `(#[^`]+)` \| `(#[^`]+)` \|/gm)];
    assert.equal(rows.length, 14, 'every colour');
    const halves = [];
    for (const [index, scheme] of ['light', 'dark'].entries()) {
      const { page } = await openPage(context, `${demo.url}embed.html?color-scheme=${scheme}`);
      await page.setViewportSize({ width: 620, height: 900 });
      await check(page, 'demo.test');
      const card = await page.locator('.settings').screenshot();
      const swatches = rows.map(
        ([, name, ...values]) =>
          `<li><i style="background:${values[index]}"></i>${name}<b>${values[index]}</b></li>`,
      );
      halves.push(
        `<section class="${scheme}"><img src="data:image/png;base64,${card.toString('base64')}">
        <ul>${swatches.join('')}</ul></section>`,
      );
    }
    const page = await context.newPage();
    await page.setContent(`<!doctype html><style>
      body { margin: 0; display: grid; grid-template-columns: 1fr 1fr; font: 13px ui-monospace, monospace; }
      section { padding: 18px; } .light { background: #f4f6f9; color: #17202b; }
      .dark { background: #10141a; color: #e7ebf1; } img { width: 100%; }
      ul { columns: 2; margin: 14px 0 0; padding: 0; list-style: none; }
      li { display: flex; align-items: center; gap: 8px; padding: 3px 0; } b { font-weight: 400; opacity: .75; }
      i { width: 26px; height: 18px; border: 1px solid #8888; border-radius: 4px; }
    </style>${halves.join('')}`);
    await page.screenshot({ path: path.join(folder, 'tokens.png'), fullPage: true });
  }),
);

/** As the browser's own setting for text does it. */
async function doubleText(page, context) {
  const session = await context.newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
}

async function rightToLeft(page) {
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
    document.querySelector('mail-port-check').dir = 'rtl';
  });
}
