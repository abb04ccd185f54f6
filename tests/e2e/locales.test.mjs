/** The page in other languages: German as shipped, and one from right to left that nobody wrote. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pseudo } from '../web/fixtures/pseudo-locale.js';
import { APPS } from '../../web/verdict/settings.js';
import { startDemo } from './demo.mjs';
import {
  check,
  eventually,
  inBrowser,
  openPage,
  openRows,
  reportAfter,
  unfold,
  violations,
  whole,
} from './page.mjs';
import { root } from './program.mjs';

const WIDTHS = [320, 768, 1280];
const shots = path.join(root, 'build/shots');
const locales = path.join(root, 'web/locales');
const read = (tag) => JSON.parse(readFileSync(path.join(locales, `${tag}.json`), 'utf8'));
const english = read('en');

let demo;
let folder;
before(async () => {
  await mkdir(shots, { recursive: true });
  folder = await mkdtemp(path.join(root, 'build/locales-'));
  cpSync(locales, path.join(folder, 'locales'), { recursive: true });
  writeFileSync(path.join(folder, 'locales/he.json'), JSON.stringify(pseudo(english, 'he')));
  const web = path.join(folder, 'web');
  const make = [path.join(root, 'web/site/build.mjs'), '--locales', path.join(folder, 'locales')];
  execFileSync(process.execPath, [...make, '--out', web]);
  demo = await startDemo({ web });
});
after(async () => {
  await demo?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

function texts(node) {
  return typeof node === 'string' ? [node] : Object.values(node).flatMap(texts);
}

/**
 * English pieces that have no business in another language: texts of several words, where they are
 * not the same there, cut at the values that are filled in.
 */
function piecesOf(tag) {
  const own = new Set(texts(tag === 'he' ? pseudo(english, 'he') : read(tag)));
  return texts(english)
    .filter((text) => !own.has(text))
    .flatMap((text) => text.split(/\{\w+\}/))
    .map((piece) => piece.trim())
    .filter((piece) => piece.split(/\s+/).length > 2);
}

/** Labels of one or two words: English where they are all that an element says. */
function labelsOf(tag) {
  const own = new Set(texts(tag === 'he' ? pseudo(english, 'he') : read(tag)));
  return new Set(texts(english).filter((text) => !own.has(text)));
}

/** All that a reader may see or hear of the page and the element, piece by piece. */
function said(page) {
  return page.evaluate(() => {
    const found = [];
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) found.push(node.data.replace(/\s+/g, ' ').trim());
      if (node.nodeType !== Node.ELEMENT_NODE && node.nodeType !== Node.DOCUMENT_FRAGMENT_NODE)
        return;
      if (['SCRIPT', 'STYLE', 'CODE', 'PRE'].includes(node.nodeName)) return;
      // The operator's own words, the visitor's, and names of other languages.
      if (node.matches?.('.examples li, .pasted blockquote, .languages')) return;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        if (node.hasAttribute?.(name)) found.push(node.getAttribute(name));
      }
      (node.shadowRoot ?? node).childNodes.forEach(walk);
    };
    walk(document.documentElement);
    return found.filter(Boolean);
  });
}

async function assertNoEnglish(page, tag) {
  const all = await said(page);
  assert.ok(all.length > 100);
  const labels = labelsOf(tag);
  const whole = all.join('\n');
  assert.deepEqual(
    [...all.filter((text) => labels.has(text)), ...piecesOf(tag).filter((p) => whole.includes(p))],
    [],
  );
}

/** In every width nothing is wider than the screen; and a picture to look at. */
async function assertFits(page, name) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    await page.screenshot({ path: path.join(shots, `${name}-${width}.png`), fullPage: true });
    assert.equal(wider, 0, `${name} at ${width}`);
  }
}

/** Text whose own box is too narrow for it, and cannot be scrolled. */
function cut(page) {
  return page.evaluate(() =>
    [...document.querySelector('mail-port-check').shadowRoot.querySelectorAll('*')]
      .filter(
        (node) =>
          node.scrollWidth > node.clientWidth + 1 &&
          node.clientWidth > 1 &&
          getComputedStyle(node).display !== 'inline' &&
          !['auto', 'scroll'].includes(getComputedStyle(node).overflowX) &&
          !['PRE', 'INPUT', 'SELECT', 'TEXTAREA'].includes(node.nodeName) &&
          !node.closest('.unseen, thead'),
      )
      .map((node) => `${node.className}: ${node.textContent.trim().slice(0, 60)}`),
  );
}

const rootOf = (page) =>
  page.$eval('mail-port-check', ({ shadowRoot }) => {
    const { lang } = shadowRoot.firstElementChild;
    return { lang, direction: getComputedStyle(shadowRoot.firstElementChild).direction };
  });

async function openEverything(page) {
  await unfold(page);
  await openRows(page);
  await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('mail-port-check');
    for (const fold of document.querySelectorAll('details')) fold.open = true;
    for (const fold of shadowRoot.querySelectorAll('details:not(.examples)')) fold.open = true;
  });
  await whole(page);
}

/** Follows a link to the page in another language. */
async function follow(page, name, url) {
  await page.getByRole('link', { name }).click();
  await page.waitForURL(url);
  await page.waitForSelector('#address');
}

for (const [tag, direction] of [
  ['de', 'ltr'],
  ['he', 'rtl'],
]) {
  const url = () => `${demo.url}index.${tag}.html`;

  test(
    `${tag}: the reference is there without scripts`,
    inBrowser({ javaScriptEnabled: false }, async (context) => {
      const page = await context.newPage();
      await page.goto(url());
      assert.equal(await page.locator('table.ports tbody tr').count(), 7);
      assert.ok(await page.locator('table.ports').isVisible());
      const { title } = tag === 'de' ? read('de').site.errors : pseudo(english, tag).site.errors;
      assert.ok(await page.getByRole('heading', { name: title }).isVisible());
      assert.equal(await page.getAttribute('html', 'lang'), tag);
    }),
  );

  test(
    `${tag}: nothing English is left, in no state, and everything fits`,
    inBrowser({}, async (context) => {
      const { page, complaints } = await openPage(context, url());
      await page.waitForSelector('#address');
      assert.deepEqual(await rootOf(page), { lang: tag, direction });
      await openEverything(page);
      await assertNoEnglish(page, tag);
      assert.deepEqual(await violations(page), []);
      await assertFits(page, `start-${tag}`);

      await page.fill('#address', 'slow.demo.test');
      await page.press('#address', 'Enter');
      await page.waitForSelector('#running-title');
      await assertNoEnglish(page, tag);
      await page.locator('#stop').click();
      await page.waitForSelector('#answer-title');
      await assertNoEnglish(page, tag);

      for (const domain of ['wrong-name.demo.test', 'no-starttls.demo.test']) {
        await check(page, domain);
        await openEverything(page);
        await assertNoEnglish(page, tag);
        for (const app of [...APPS.slice(1), APPS[0]]) {
          await page.check(`input[name=app][value=${app}]`);
          await assertNoEnglish(page, tag);
        }
        assert.deepEqual(await violations(page), []);
        await assertFits(page, `${domain.split('.')[0]}-${tag}`);
        await page.setViewportSize({ width: 320, height: 800 });
        assert.deepEqual(await cut(page), []);
      }
      assert.deepEqual(complaints, []);
    }),
  );

  test(
    `${tag}: the fold, its mistakes and its results`,
    inBrowser({}, async (context) => {
      const { page, complaints } = await openPage(context, url());
      await page.locator('details.more-ask > summary').click();
      const button = page.locator('.more-ask button[type=submit]');
      await page.fill('#incoming-server', 'a b');
      await page.fill('#outgoing-port', '99999');
      await button.click();
      await page.waitForSelector('#incoming-server-error');
      await assertNoEnglish(page, tag);
      await page.fill('#incoming-server', 'imap.demo.test');
      await page.fill('#incoming-port', '993');
      await page.selectOption('#incoming-security', 'starttls');
      await page.fill('#outgoing-server', 'smtp.demo.test');
      await page.fill('#outgoing-port', '2525');
      await page.selectOption('#outgoing-security', 'none');
      await page.fill('#pasted', 'Connection refused');
      await reportAfter(page, () => button.click());
      await page.waitForSelector('#pasted-title');
      await assertNoEnglish(page, tag);
      assert.deepEqual(await violations(page), []);
      await assertFits(page, `typed-${tag}`);
      assert.deepEqual(complaints, []);
    }),
  );
}

test(
  'de: the headline and the links between the languages, which keep the domain',
  inBrowser({}, async (context) => {
    const { page } = await openPage(context, `${demo.url}index.de.html`);
    await check(page, 'anna@demo.test');
    assert.match(
      await page.textContent('#answer-title'),
      /^Verwenden Sie diese Einstellungen für demo\.test:/,
    );
    await follow(page, 'English', /index\.html/);
    assert.equal(new URL(page.url()).pathname, '/index.html');
    assert.equal(new URL(page.url()).search, '?lang=en&address=demo.test');
    assert.equal((await rootOf(page)).lang, 'en');
    await follow(page, 'Deutsch', /index\.de\.html/);
    assert.equal((await rootOf(page)).lang, 'de');
    assert.equal(await page.inputValue('#address'), 'demo.test');
  }),
);

test(
  'the folder leads a reader of German to the German page, with what was asked; a choice stays',
  inBrowser({ locale: 'de-AT' }, async (context) => {
    const { page, complaints } = await openPage(context, `${demo.url}?address=demo.test`);
    await page.waitForURL(`${demo.url}index.de.html?address=demo.test`);
    await page.waitForSelector('#address');
    assert.equal((await rootOf(page)).lang, 'de');
    assert.equal(await page.inputValue('#address'), 'demo.test');
    await follow(page, 'English', /lang=en/);
    assert.equal((await rootOf(page)).lang, 'en');
    // Many hosts show index.html under the name of its folder.
    await page.goto(`${demo.url}?lang=en`);
    await page.waitForSelector('#address');
    assert.equal((await rootOf(page)).lang, 'en');
    assert.equal(new URL(page.url()).pathname, '/');
    assert.deepEqual(complaints, []);
  }),
);

test(
  'a language that is set later changes all words, during a check, too',
  inBrowser({}, async (context) => {
    const { page } = await openPage(context, demo.url);
    await check(page, 'wrong-name.demo.test');
    const set = (lang) =>
      page.$eval('mail-port-check', (element, value) => element.setAttribute('lang', value), lang);
    await set('de-CH');
    await page.waitForFunction(
      () => document.querySelector('mail-port-check').shadowRoot.firstElementChild.lang === 'de-CH',
    );
    await eventually(async () => {
      assert.match(await page.textContent('#problems-title'), /Problem/);
      assert.match(await page.textContent('[data-id] summary'), /^Warum\?$/);
    });
    await set('de');
    await set('en');
    await page.waitForFunction(
      () => document.querySelector('mail-port-check').shadowRoot.firstElementChild.lang === 'en',
    );
    await eventually(async () =>
      assert.match(await page.textContent('[data-id] summary'), /^Why\?$/),
    );
  }),
);

const READERS = [
  ['de-AT', '', 'de-AT'],
  ['fr-FR', '', 'en'],
  ['de-DE', '?lang=en', 'en'],
  ['en-US', '?lang=de', 'de'],
];
for (const [locale, query, expected] of READERS) {
  test(
    `a frame for a reader of ${locale}${query} is in ${expected}`,
    inBrowser({ locale }, async (context) => {
      const { page, complaints } = await openPage(context, `${demo.url}embed.html${query}`);
      await page.waitForSelector('#address');
      assert.equal((await rootOf(page)).lang, expected);
      assert.deepEqual(await violations(page, 'mail-port-check'), []);
      assert.deepEqual(complaints, []);
    }),
  );
}

test(
  'words that do not come are English, and one warning says so',
  inBrowser({}, async (context) => {
    await context.route('**/locales/de.json', (route) => route.abort());
    const page = await context.newPage();
    const warnings = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    await page.goto(`${demo.url}index.de.html`);
    await page.waitForSelector('#address');
    assert.deepEqual(await rootOf(page), { lang: 'en', direction: 'ltr' });
    await page.evaluate(() => {
      const second = document.createElement('mail-port-check');
      second.lang = 'de';
      document.body.append(second);
    });
    await check(page, 'demo.test');
    assert.match(await page.textContent('#answer-title'), /^Use these settings/);
    const ours = warnings.filter((text) => text.startsWith('mail-port-check:'));
    assert.equal(ours.length, 1, warnings.join('\n'));
    assert.match(ours[0], /locales\/de\.json.*English/);
  }),
);

test(
  'a check that is asked for before the words have come waits for them',
  inBrowser({}, async (context) => {
    let release;
    const released = new Promise((resolve) => (release = resolve));
    await context.route('**/locales/de.json', async (route) => {
      await released;
      await route.continue();
    });
    const page = await context.newPage();
    // The page's load event waits for the words, too.
    await page.goto(`${demo.url}index.de.html`, { waitUntil: 'domcontentloaded' });
    await page.waitForFunction(() => customElements.get('mail-port-check'));
    assert.ok(await page.locator('table.ports').first().isVisible());
    await page.evaluate(() => {
      window.started = document.querySelector('mail-port-check').start();
    });
    release();
    await page.evaluate(() => window.started);
    await page
      .locator('#address-error', { hasText: /^Geben Sie Ihre E-Mail-Adresse ein/ })
      .waitFor();
  }),
);

test(
  'words that did not come are tried again at the next check',
  inBrowser({}, async (context) => {
    let away = true;
    await context.route('**/locales/de.json', (route) => (away ? route.abort() : route.continue()));
    const page = await context.newPage();
    await page.goto(`${demo.url}index.de.html`);
    await page.waitForSelector('#address');
    await check(page, 'demo.test');
    assert.match(await page.textContent('#answer-title'), /^Use these settings/);
    away = false;
    await check(page, 'demo.test');
    // The check has not waited for them.
    await eventually(async () =>
      assert.match(await page.textContent('#answer-title'), /^Verwenden Sie diese Einstellungen/),
    );
  }),
);
