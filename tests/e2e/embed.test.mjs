/** The check in other people's pages: element and frame, from another origin, under foreign rules. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { HELO, startElsewhere } from './elsewhere.mjs';
import {
  READY,
  check,
  eventually,
  inBrowser,
  openBrowser,
  openPage,
  saying,
  statusesOf,
  unfold,
  violations,
} from './page.mjs';

const examples = new URL('../../web/examples/', import.meta.url);
const products = readdirSync(examples)
  .filter((name) => name.endsWith('.html'))
  .map((name) => name.replace('.html', ''));
const placeholder = 'https://check.example/';

/** A page of the other site with this in its body. */
const wrapped = (body, head = '') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Help</title>
  <link rel="icon" href="data:,">${head}</head><body><main><h1>Help</h1>${body}</main></body></html>`;

/** Rules that a help center might really have, and worse. */
const HOSTILE = `
  * { all: unset !important; font-size: 90px !important; line-height: 0 !important;
      letter-spacing: 2em !important; text-transform: uppercase !important; color: #eee !important;
      opacity: 0 !important; text-indent: -999px !important;
      white-space: nowrap !important; word-spacing: 9em !important; cursor: none !important;
      pointer-events: none !important; user-select: none !important; direction: rtl !important; }
  html, body, main { display: block !important; opacity: 1 !important; }
  head, style, script, title, link, meta { display: none !important; }
  div, section, table, tr, td, input, button, form, svg { display: none !important; }
  .root, .card, .status, .button, #address { display: none !important; }
  mail-port-check { display: none !important; font: 3px/1 serif !important; }`;

let elsewhere;
let browser;
before(async () => {
  browser = await openBrowser();
  elsewhere = await startElsewhere((url, demo) => {
    const script = `<script type="module" src="${url}mail-port-check.js"></script>`;
    const pages = Object.fromEntries(
      products.map((name) => [
        `/${name}`,
        readFileSync(new URL(`${name}.html`, examples), 'utf8').replaceAll(placeholder, url),
      ]),
    );
    return {
      ...pages,
      '/hostile': wrapped(
        '<mail-port-check></mail-port-check>',
        `<style>${HOSTILE}</style>${script}`,
      ),
      '/rtl': wrapped(
        '<mail-port-check id="page"></mail-port-check><mail-port-check dir="rtl"></mail-port-check>',
        script,
      ).replace('<html', '<html dir="rtl"'),
      '/german': wrapped('<mail-port-check></mail-port-check>', script).replace(
        'lang="en"',
        'lang="de-AT"',
      ),
      ...Object.fromEntries(
        Object.entries({ '/dots': url, '/strangers-dots': demo }).map(([at, from]) => [
          at,
          wrapped(
            Array.from(
              { length: 5 },
              (_, index) =>
                `<iframe src="${from}embed.html?address=demo.test&autostart" title="${index}"
                  width="1" height="1" style="border: 0"></iframe>`,
            ).join(''),
          ),
        ]),
      ),
      '/autostart': wrapped(
        `<div style="height: 3000px"></div>
        <iframe src="${url}embed.html?address=anna@demo.test&autostart" title="Check"
          width="600" height="400"></iframe>`,
      ),
      '/strangers-autostart': wrapped(
        `<iframe src="${demo}embed.html?address=anna@demo.test&autostart" title="Check"
          width="600" height="400"></iframe>`,
      ),
      '/element-autostart': wrapped(
        `<mail-port-check address="demo.test" autostart></mail-port-check>
        <mail-port-check address="demo.test" autostart></mail-port-check>`,
        script,
      ),
      '/plain': wrapped('<mail-port-check></mail-port-check>', script),
      // As README has it, but for the element's preset.
      '/snippet': wrapped(
        `<iframe class="mail-port-check" src="${url}embed.html?preset=demo&color-scheme=light"
          title="Mail port check" allow="clipboard-write" height="640" style="width: 100%; border: 0"></iframe>`,
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
      ),
      '/frame': wrapped(
        `<iframe src="${url}embed.html" title="Check" width="600" height="400"></iframe>`,
        '<script>addEventListener("message", ({ data }) => (window.said ??= []).push(data))</script>',
      ),
    };
  });
});
after(async () => {
  await browser?.close();
  await elsewhere?.stop();
});

/** A test with pages of its own in the one browser. */
function inShared(use) {
  return async () => {
    const open = browser.context.pages();
    await use(browser.context);
    for (const page of browser.context.pages()) if (!open.includes(page)) await page.close();
  };
}

const at = (path) => elsewhere.url + path;

test('there is an example for every product of README', () => {
  assert.deepEqual(products.sort(), ['docusaurus', 'freshdesk', 'wordpress', 'zendesk']);
});

for (const product of products) {
  test(
    `the example for ${product} checks a domain from another origin`,
    inShared(async (context) => {
      const framed = product === 'zendesk';
      const ready = framed ? 'iframe' : undefined;
      const { page, complaints } = await openPage(context, at(product), ready);
      const frame = framed ? page.frames()[1] : page;
      await frame.waitForSelector(READY);
      const report = await check(frame, 'anna@demo.test');
      assert.deepEqual(new Set(Object.values(statusesOf(report))), new Set(['works']));
      // Each socket brought a ticket, or the bridge would have closed it; and EHLO says whose they are.
      const { probes } = report.vantages[0];
      const said = probes.flatMap(({ transcript }) => transcript.map(({ text }) => text));
      assert.ok(said.includes(`EHLO ${HELO}`), said.join('\n'));
      const title = framed ? /Settings for demo\.test/ : /Use these settings/;
      assert.match(await frame.textContent('#answer-title'), title);
      if (framed) await frame.click('[data-fold=trouble] summary');
      assert.equal(report.settings.outgoing.port, 587, 'the preset\u2019s own choice');
      assert.equal(
        await frame.textContent('#help-title').then((text) => text.trim()),
        'Help from Demo Mail',
      );
      assert.deepEqual(await violations(frame, 'mail-port-check'), []);
      assert.deepEqual(complaints, []);
    }),
  );
}

test(
  'the parent\u2019s listener gives the frame its height, and heeds no other window',
  inShared(async (context) => {
    const { page } = await openPage(context, at('zendesk'), 'iframe');
    const frame = page.frames()[1];
    const height = () => page.$eval('iframe', (element) => element.clientHeight);
    const content = () =>
      frame.evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height));
    await frame.waitForSelector(READY);
    await check(frame, 'demo.test');
    await page.waitForFunction(() => document.querySelector('iframe').clientHeight > 500);
    const fitting = await eventually(async () => {
      const now = await height();
      assert.equal(now, await content());
      return now;
    });
    // Messages arrive in their order: after the second, the first has been heeded or not.
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          window.addEventListener('message', ({ data }) => data === 'next' && resolve());
          window.postMessage({ type: 'mail-port-check-height', height: 77 }, '*');
          window.postMessage('next', '*');
        }),
    );
    assert.equal(await height(), fitting);
    await frame.evaluate(() =>
      document.querySelector('mail-port-check').setAttribute('hidden', ''),
    );
    await page.waitForFunction(() => document.querySelector('iframe').clientHeight < 100);
  }),
);

test(
  'a frame tells its parent heights and nothing else',
  inShared(async (context) => {
    const { page } = await openPage(context, at('frame'), 'iframe');
    await page.frames()[1].waitForSelector(READY);
    await check(page.frames()[1], 'anna@demo.test');
    await page.waitForFunction(() => window.said?.length > 0);
    const said = await page.evaluate(() => window.said);
    for (const message of said) {
      assert.deepEqual(Object.keys(message).sort(), ['height', 'type']);
      assert.equal(message.type, 'mail-port-check-height');
      assert.ok(Number.isInteger(message.height));
    }
  }),
);

/** The frame at this path of the other site, or of the check's own. */
async function openFrame(context, path) {
  const { page } = await openPage(context, at(path), 'iframe');
  const frame = page.frames()[1];
  await frame.waitForSelector(READY);
  return { page, frame };
}

/** What is pasted from the clipboard. */
async function pasted(page) {
  await page.evaluate(() => document.body.append(document.createElement('textarea')));
  await page.focus('body > textarea');
  await page.keyboard.press('Control+V');
  const text = await page.inputValue('body > textarea');
  await page.evaluate(() => document.querySelector('body > textarea').remove());
  return text;
}

for (const [path, allowed] of [
  ['snippet', true],
  ['frame', false],
]) {
  test(
    `the copy buttons copy in a frame that ${allowed ? 'may use the clipboard' : 'may not'}`,
    inShared(async (context) => {
      const { page, frame } = await openFrame(context, path);
      const may = await frame.evaluate(() =>
        document.featurePolicy.allowsFeature('clipboard-write'),
      );
      assert.equal(may, allowed);
      await check(frame, 'anna@demo.test');
      for (const [side, server] of [
        ['incoming', 'imap.demo.test'],
        ['outgoing', 'smtp.demo.test'],
      ]) {
        const button = `[aria-label="Copy ${side} server"]`;
        await saying(frame, `${button} .copied`, () => frame.click(button));
        assert.equal(await frame.locator('#by-hand').count(), 0);
        assert.equal(await pasted(page), server);
      }
    }),
  );
}

test(
  'where nothing may be copied at all, the text is there, selected, and that is said',
  inShared(async (context) => {
    const { frame } = await openFrame(context, 'frame');
    await check(frame, 'anna@demo.test');
    await frame.evaluate(() => {
      document.execCommand = () => false;
    });
    for (const [name, text] of [
      ['Copy outgoing server', /^smtp\.demo\.test$/],
      ['Copy all', /imap\.demo\.test[^]*smtp\.demo\.test/],
    ]) {
      await frame.getByRole('button', { name }).click();
      const focused = () =>
        frame.evaluate(() => {
          const found = document.querySelector('mail-port-check').shadowRoot.activeElement;
          const { id, value = '', selectionStart, selectionEnd, labels } = found ?? {};
          const selected = value.slice(selectionStart, selectionEnd);
          return { id, value, selected, says: labels?.[0]?.textContent };
        });
      // The clipboard is tried before.
      const field = await eventually(async () => {
        const found = await focused();
        assert.equal(found.id, 'by-hand');
        assert.match(found.value, text);
        assert.equal(found.selected, found.value);
        return found;
      });
      assert.match(field.says, /Copying is not allowed here\. The text is selected/);
      assert.equal(await frame.locator('#by-hand').count(), 1);
      assert.deepEqual(await violations(frame, 'mail-port-check'), []);
    }
  }),
);

/** Once the frame's ground and its card are so: which colours it may have, and whether it is light. */
async function assertLightness(frame, expected, what) {
  await frame.waitForSelector('mail-port-check .card', { state: 'attached' });
  await eventually(async () => assert.deepEqual(await lightness(frame), expected, what));
}

function lightness(frame) {
  return frame.evaluate(() => {
    const { shadowRoot } = document.querySelector('mail-port-check');
    const style = getComputedStyle(shadowRoot.querySelector('.card'));
    const [red] = style.backgroundColor.match(/\d+/g);
    return [getComputedStyle(document.documentElement).colorScheme, Number(red) > 128];
  });
}

for (const system of ['light', 'dark']) {
  test(
    `a frame is as light or dark as its query, its preset, or the reader\u2019s system: ${system}`,
    inBrowser({ colorScheme: system }, async (context) => {
      const at = async (query, route = null) => {
        const page = await context.newPage();
        if (route) await page.route('**/presets/demo.json', route);
        const warnings = [];
        page.on('console', (message) => warnings.push(message.text()));
        await page.goto(`${elsewhere.check}${query}`);
        await page.waitForSelector(READY);
        return { page, warnings };
      };
      const preset = (scheme) => (route) =>
        route.fulfill({ json: { name: 'Demo', domains: ['demo.test'], 'color-scheme': scheme } });
      const other = system === 'light' ? 'dark' : 'light';
      for (const name of ['embed.html', 'index.html']) {
        const plain = await at(name);
        await assertLightness(plain.page, ['light dark', system === 'light'], name);
        const asked = await at(`${name}?color-scheme=${other}`);
        await assertLightness(asked.page, [other, other === 'light'], name);
        assert.deepEqual(asked.warnings, []);
        const set = await at(`${name}?preset=demo`, preset(other));
        await set.page.waitForSelector(`mail-port-check[color-scheme=${other}]`);
        await assertLightness(set.page, [other, other === 'light'], name);
        const both = await at(`${name}?preset=demo&color-scheme=${system}`, preset(other));
        await both.page.waitForLoadState('networkidle');
        await assertLightness(both.page, [system, system === 'light'], name);
        const wrong = await at(`${name}?color-scheme=sepia`);
        await assertLightness(wrong.page, ['light dark', system === 'light'], name);
        assert.deepEqual(wrong.warnings, ['mail-port-check: color-scheme=sepia cannot be used']);
      }
      const unknown = await at('embed.html?theme=dark');
      assert.match(unknown.warnings.join(), /^mail-port-check: theme means nothing here/);
    }),
  );
}

test(
  'a preset\u2019s colour scheme goes with the preset, and one that was set stays',
  inShared(async (context) => {
    const { page } = await openPage(context, at('plain'));
    const use = (preset) =>
      page.$eval(
        'mail-port-check',
        (element, value) => element.setAttribute('preset', JSON.stringify(value)),
        preset,
      );
    await use({ 'color-scheme': 'dark' });
    await page.waitForSelector('mail-port-check[color-scheme=dark]');
    await use({});
    await page.waitForSelector('mail-port-check:not([color-scheme])');
    await page.$eval('mail-port-check', (element) => element.setAttribute('color-scheme', 'light'));
    await use({ name: 'Nordpost', 'color-scheme': 'dark' });
    const report = await check(page, 'demo.test');
    assert.equal(report.domain, 'demo.test');
    assert.equal(await page.getAttribute('mail-port-check', 'color-scheme'), 'light');
  }),
);

test(
  'a provider\u2019s frame says of a foreign or mistyped address that it is not its own, never in green',
  inShared(async (context) => {
    const { page, frame } = await openFrame(context, 'snippet');
    const green = () =>
      frame.$$eval('.widget-head .status, .headline .status, .settings .status', (marks) =>
        marks.map((mark) => getComputedStyle(mark).color).filter((c) => c === 'rgb(13, 107, 63)'),
      );
    const mistyped = await check(frame, 'anna@deno.test');
    assert.deepEqual([mistyped.settings.incoming, mistyped.settings.outgoing], [null, null]);
    assert.match(
      await frame.textContent('#answer-title'),
      /deno\.test is not one of the domains of Demo Mail\./,
    );
    assert.match(await frame.textContent('.meant'), /Did you mean demo\.test\?/);
    assert.deepEqual(await green(), []);
    // Somebody else's domain, with servers of its own that work.
    const other = await check(frame, 'anna@usual-names.demo.test');
    assert.equal(other.settings.incoming.server, 'imap.usual-names.demo.test');
    assert.match(
      await frame.textContent('#answer-title'),
      /usual-names\.demo\.test is not one of the domains of Demo Mail\./,
    );
    assert.deepEqual(await green(), []);
    const elsewhereLink = frame.getByRole('link', { name: /on the page for all providers/ });
    const [neutral] = await Promise.all([context.waitForEvent('page'), elsewhereLink.click()]);
    await neutral.waitForSelector(READY);
    assert.equal(await neutral.getAttribute('mail-port-check', 'preset'), null);
    assert.equal(await neutral.inputValue('#address'), 'usual-names.demo.test');
    const own = await check(frame, 'anna@demo.test');
    assert.deepEqual(own.notices, []);
    assert.ok((await green()).length >= 2);
    assert.equal(await frame.locator('.meant').count(), 0);
    await page.close();
  }),
);

test(
  'on a phone the frame of README begins whole, keeps the field in view, and leads to the full page',
  inBrowser(
    { viewport: { width: 390, height: 844 }, locale: 'de-DE', colorScheme: 'dark' },
    async (context) => {
      const { frame } = await openFrame(context, 'snippet');
      const fits = () =>
        frame.evaluate(() => {
          const { scrollHeight, scrollWidth, clientHeight, clientWidth } = document.documentElement;
          const { shadowRoot } = document.querySelector('mail-port-check');
          const inView = (id) => {
            const { top, bottom } = shadowRoot.getElementById(id).getBoundingClientRect();
            return top >= 0 && bottom <= clientHeight;
          };
          return {
            tall: scrollHeight > clientHeight,
            wide: scrollWidth > clientWidth,
            field: inView('address'),
            title: shadowRoot.getElementById('answer-title') ? inView('answer-title') : null,
          };
        });
      await eventually(async () =>
        assert.deepEqual(await fits(), { tall: false, wide: false, field: true, title: null }),
      );
      await check(frame, 'anna@demo.test');
      await eventually(async () =>
        assert.deepEqual(await fits(), { tall: true, wide: false, field: true, title: true }),
      );
      const [full] = await Promise.all([
        context.waitForEvent('page'),
        frame.getByRole('link', { name: 'Ganze Prüfung öffnen' }).click(),
      ]);
      await full.waitForURL(/index\.de\.html/);
      await full.waitForSelector(READY);
      const { searchParams } = new URL(full.url());
      assert.deepEqual(Object.fromEntries(searchParams), {
        address: 'demo.test',
        preset: 'demo',
        lang: 'de-DE',
        'color-scheme': 'light',
      });
      const element = full.locator('mail-port-check');
      assert.equal(await element.getAttribute('preset'), 'demo');
      await assertLightness(full, ['light', true]);
      await eventually(async () => {
        const english = new URL(await full.getAttribute('.languages a', 'href'));
        assert.equal(english.searchParams.get('preset'), 'demo');
        assert.equal(english.searchParams.get('color-scheme'), 'light');
      });
    },
  ),
);

const HOSTILE_QUERIES = {
  'markup as an address': `address=${encodeURIComponent('<img src=x onerror=window.hit=1>')}&autostart`,
  'a script as the bridge': 'bridge=javascript:window.hit=1&address=demo.test&autostart',
  'a foreign preset': 'preset={"links":{"help":"https://evil.example"}}&address=demo.test',
  'huge values': `address=${'a'.repeat(3000)}.test&lang=${'x'.repeat(900)}&preset=${'y'.repeat(900)}`,
  'names of Object': '__proto__=1&constructor=2&toString=3&address=demo.test',
  'broken escapes': 'address=%ff%zz&autostart=%00&lang=%F0%9F%92%A9',
};
for (const [what, query] of Object.entries(HOSTILE_QUERIES)) {
  test(
    `the frame stands ${what} in its query`,
    inShared(async (context) => {
      const { page } = await openPage(context, `${elsewhere.check}embed.html?${query}`);
      const report = await check(page, 'demo.test');
      assert.equal(statusesOf(report)[993], 'works');
      assert.equal(await page.evaluate(() => window.hit), undefined);
      assert.equal(await page.locator('#help-title').count(), 0);
    }),
  );
}

test(
  'a link cannot send the frame\u2019s check through a bridge that the operator has not named',
  inShared(async (context) => {
    const foreign = elsewhere.demo.url.replace('http', 'ws');
    const page = await context.newPage();
    const violated = [];
    page.on('console', (message) => violated.push(message.text()));
    let opened = 0;
    page.on('websocket', (socket) => {
      socket.on('framereceived', () => (opened += 1));
    });
    await page.goto(`${elsewhere.check}embed.html?bridge=${foreign}bridge`);
    await page.waitForSelector(READY);
    const report = await check(page, 'demo.test');
    assert.equal(report.vantages[0].rows[0].findings[0].id, 'bridge-unreachable');
    assert.equal(opened, 0);
    assert.ok(violated.some((text) => text.includes('Content Security Policy')));
  }),
);

test(
  'a foreign page\u2019s rules do not reach into the element',
  inShared(async (context) => {
    const { page, complaints } = await openPage(context, at('hostile'));
    assert.ok(await page.locator('mail-port-check').isVisible());
    await check(page, 'no-starttls.demo.test');
    await unfold(page);
    await page.locator('button.toggle').first().click();
    const style = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector('mail-port-check');
      const of = (selector) => getComputedStyle(shadowRoot.querySelector(selector));
      return {
        text: of('.root').fontSize,
        title: of('#answer-title').fontSize,
        spacing: of('#answer-title').letterSpacing,
        transform: of('#answer-title').textTransform,
        visibility: of('#address').visibility,
        pointer: of('.toggle').pointerEvents,
        direction: of('.root').direction,
      };
    });
    assert.equal(style.text, '16px');
    assert.ok(parseFloat(style.title) < 40, style.title);
    assert.ok(Math.abs(parseFloat(style.spacing)) < 2, style.spacing);
    assert.equal(style.transform, 'none');
    assert.equal(style.visibility, 'visible');
    assert.equal(style.pointer, 'auto');
    assert.equal(style.direction, 'ltr');
    assert.deepEqual(await violations(page, 'mail-port-check'), []);
    const { width } = await page.locator('mail-port-check').boundingBox();
    assert.ok(width <= 1280);
    assert.deepEqual(complaints, []);
  }),
);

test(
  'words come from beside the script, in the language of the page around the element',
  inShared(async (context) => {
    const { page, complaints } = await openPage(context, at('german'));
    await check(page, 'demo.test');
    assert.match(await page.textContent('#answer-title'), /^Verwenden Sie diese Einstellungen/);
    const lang = await page.$eval(
      'mail-port-check',
      ({ shadowRoot }) => shadowRoot.firstElementChild.lang,
    );
    assert.equal(lang, 'de-AT');
    assert.deepEqual(complaints, []);
  }),
);

test(
  'English words stay left to right in a page from right to left, unless the embedder says otherwise',
  inShared(async (context) => {
    const { page } = await openPage(context, at('rtl'));
    await page.waitForSelector('mail-port-check[dir=rtl] .root');
    const directions = await page.$$eval('mail-port-check', (elements) =>
      elements.map(({ shadowRoot }) => getComputedStyle(shadowRoot.firstElementChild).direction),
    );
    assert.deepEqual(directions, ['ltr', 'rtl']);
  }),
);

/** Sockets of a page and of all that is in it, from its beginning. */
async function opened(context, path) {
  const page = await context.newPage();
  const sockets = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  await page.goto(at(path));
  const attached = { state: 'attached' };
  for (const frame of page.frames().slice(1)) {
    await frame.waitForSelector('mail-port-check[state]', attached);
  }
  return { page, sockets };
}

for (const path of ['dots', 'strangers-dots']) {
  test(
    `five frames of one pixel open no connection (${path})`,
    inShared(async (context) => {
      const { page, sockets } = await opened(context, path);
      assert.equal(page.frames().length, 6);
      for (const frame of page.frames().slice(1)) {
        await frame.waitForSelector('.offer button', { state: 'attached' });
      }
      // As long as it takes where one may begin.
      await page.waitForTimeout(2000);
      assert.deepEqual(sockets, []);
    }),
  );
}

test(
  'a frame in a page that the operator lists begins by itself, once it is seen',
  inShared(async (context) => {
    const { page, sockets } = await opened(context, 'autostart');
    const [, frame] = page.frames();
    await page.waitForTimeout(1500);
    assert.deepEqual(sockets, []);
    await page.evaluate(() => window.scrollTo(0, 3000));
    await frame.waitForSelector('#answer-title');
    assert.ok(sockets.length > 5);
  }),
);

test(
  'in any other page it offers the check, in one button with the domain, and waits for a click',
  inShared(async (context) => {
    const { page, sockets } = await opened(context, 'strangers-autostart');
    const [, frame] = page.frames();
    const button = frame.getByRole('button', { name: 'Check demo.test', exact: true });
    await button.waitFor();
    await page.waitForTimeout(1500);
    assert.deepEqual(sockets, []);
    assert.equal(await frame.locator('#address').count(), 0);
    assert.deepEqual(await violations(frame, 'mail-port-check'), []);
    await button.click();
    await frame.waitForSelector('#answer-title');
    assert.ok(await frame.locator('#address').isVisible());
  }),
);

test(
  'of two elements in one page one begins by itself',
  inShared(async (context) => {
    const { page } = await opened(context, 'element-autostart');
    await page.waitForSelector('mail-port-check[state=done]');
    await page.waitForTimeout(500);
    const states = await page.$$eval('mail-port-check', (elements) =>
      elements.map((element) => element.getAttribute('state')),
    );
    assert.deepEqual(states.sort(), ['done', 'idle']);
  }),
);

for (const colorScheme of ['light', 'dark']) {
  test(
    `in a page without dark colours the element has none, for a reader who likes ${colorScheme}`,
    inBrowser({ colorScheme }, async (context) => {
      const { page } = await openPage(context, at('plain'));
      const ink = () =>
        page.$eval(
          'mail-port-check',
          ({ shadowRoot }) => getComputedStyle(shadowRoot.querySelector('.root')).color,
        );
      assert.equal(await ink(), 'rgb(23, 32, 43)');
      await page.evaluate(() => (document.documentElement.style.colorScheme = 'dark'));
      await eventually(async () => assert.equal(await ink(), 'rgb(231, 235, 241)'));
    }),
  );
}

test(
  'a preset colours the element, and the page\u2019s own rules win over it',
  inShared(async (context) => {
    const { page } = await openPage(context, at('plain'));
    const accent = () =>
      page.$eval(
        'mail-port-check',
        ({ shadowRoot }) => getComputedStyle(shadowRoot.querySelector('.button')).backgroundColor,
      );
    const set = (preset) =>
      page.$eval(
        'mail-port-check',
        (element, value) => element.setAttribute('preset', value),
        preset,
      );
    assert.equal(await accent(), 'rgb(36, 80, 196)');
    await set('{"colours":{"accent":"#123456"}}');
    await page.waitForFunction(
      () =>
        getComputedStyle(
          document.querySelector('mail-port-check').shadowRoot.querySelector('.button'),
        ).backgroundColor === 'rgb(18, 52, 86)',
    );
    await page.addStyleTag({ content: 'mail-port-check { --mpc-accent: #654321; }' });
    await eventually(async () => assert.equal(await accent(), 'rgb(101, 67, 33)'));
  }),
);

test(
  'a preset that cannot be read is told once to the embedder, and the check goes on without',
  inShared(async (context) => {
    const { page, complaints } = await openPage(context, at('plain'));
    await page.$eval('mail-port-check', (element) =>
      element.setAttribute('preset', '{"links":{"help":"javascript:alert(1)"}}'),
    );
    const report = await check(page, 'demo.test');
    assert.equal(statusesOf(report)[993], 'works');
    assert.deepEqual(complaints, [
      'mail-port-check: preset.links.help: "javascript:alert(1)" is not an https: URL',
    ]);
  }),
);

test(
  'what is put into the slot stands beside the answer',
  inShared(async (context) => {
    const { page } = await openPage(context, at('freshdesk'));
    const contact = page.getByText('Or write to');
    assert.ok(!(await contact.isVisible()));
    await check(page, 'demo.test');
    assert.ok(await contact.isVisible());
  }),
);

test(
  'an element that was moved after its check tests the versions of TLS, also when moved meanwhile',
  inShared(async (context) => {
    const { page, complaints } = await openPage(context, at('plain'));
    await check(page, 'demo.test');
    const move = () =>
      page.evaluate(() => document.body.append(document.querySelector('mail-port-check')));
    const ask = page.getByRole('button', { name: 'Test the versions of TLS' });
    await move();
    await unfold(page);
    await page.click('[aria-controls="details-993"]');
    // The first test meets sockets that never open, and so has not ended when the element is moved.
    await page.evaluate(() => {
      const silent = () =>
        Object.assign(new EventTarget(), {
          readyState: WebSocket.CONNECTING,
          send() {},
          close() {},
        });
      document.querySelector('mail-port-check').openSocket = silent;
    });
    await ask.click();
    await page.getByRole('button', { name: 'Testing' }).waitFor();
    await move();
    await page.evaluate(() => delete document.querySelector('mail-port-check').openSocket);
    await ask.click();
    await page.waitForSelector('.versions ul');
    assert.deepEqual(complaints, []);
  }),
);
