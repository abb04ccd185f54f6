/** The check in other people's pages: element and frame, from another origin, under foreign rules. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { HELO, startElsewhere } from './elsewhere.mjs';
import {
  check,
  inBrowser,
  openBrowser,
  openPage,
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
  elsewhere = await startElsewhere((url) => {
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
      '/plain': wrapped('<mail-port-check></mail-port-check>', script),
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
      await frame.waitForSelector('mail-port-check[state]');
      const report = await check(frame, 'anna@demo.test');
      assert.ok(Object.values(statusesOf(report)).every((status) => status === 'works'));
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
    await frame.waitForSelector('mail-port-check[state]');
    await check(frame, 'demo.test');
    await page.waitForFunction(() => document.querySelector('iframe').clientHeight > 500);
    assert.equal(await height(), await content());
    const fitting = await height();
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
    await page.frames()[1].waitForSelector('mail-port-check[state]');
    await check(page.frames()[1], 'anna@demo.test');
    const said = await page.evaluate(() => window.said);
    assert.ok(said.length > 0);
    for (const message of said) {
      assert.deepEqual(Object.keys(message).sort(), ['height', 'type']);
      assert.equal(message.type, 'mail-port-check-height');
      assert.ok(Number.isInteger(message.height));
    }
  }),
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
    await page.waitForSelector('mail-port-check[state]');
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
    const directions = await page.$$eval('mail-port-check', (elements) =>
      elements.map(({ shadowRoot }) => getComputedStyle(shadowRoot.firstElementChild).direction),
    );
    assert.deepEqual(directions, ['ltr', 'rtl']);
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
      assert.equal(await ink(), 'rgb(231, 235, 241)');
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
    assert.equal(await accent(), 'rgb(101, 67, 33)');
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
      const silent = () => ({ readyState: WebSocket.CONNECTING, send() {}, close() {} });
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
