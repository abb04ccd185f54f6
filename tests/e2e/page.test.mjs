/** The page and its element as people use them: by hand, by ear, on a phone, without scripts. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startDemo } from './demo.mjs';
import {
  check,
  eventually,
  inBrowser,
  openPage,
  openRows,
  reportAfter,
  rowOf,
  statusesOf,
  unfold,
  violations,
} from './page.mjs';

let demo;
before(async () => {
  demo = await startDemo();
});
after(() => demo?.stop());

test(
  'without scripts the seven rows and the help are there',
  inBrowser({ javaScriptEnabled: false }, async (context) => {
    const page = await context.newPage();
    await page.goto(demo.url);
    assert.equal(await page.locator('table.ports tbody tr').count(), 7);
    assert.ok(await page.locator('table.ports').isVisible());
    assert.ok(await page.getByRole('heading', { name: 'Five common errors' }).isVisible());
  }),
);

for (const colorScheme of ['light', 'dark']) {
  test(
    `start, run and result are accessible in ${colorScheme} colours`,
    inBrowser({ colorScheme }, async (context) => {
      const { page, complaints } = await openPage(context, demo.url);
      assert.deepEqual(await violations(page), []);
      await page.fill('#address', 'silent.demo.test');
      await page.press('#address', 'Enter');
      await page.waitForSelector('#running-title');
      assert.deepEqual(await violations(page), []);
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.waitForSelector('#answer-title');
      await check(page, 'no-starttls.demo.test');
      await unfold(page);
      await openRows(page);
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(complaints, []);
    }),
  );
}

test(
  'on a phone nothing is wider than the screen',
  inBrowser({ viewport: { width: 320, height: 640 } }, async (context) => {
    const { page } = await openPage(context, demo.url);
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.equal(await overflow(), 0);
    await check(page, 'refused-everywhere.demo.test');
    assert.equal(await overflow(), 0);
    await check(page, 'wrong-name.demo.test');
    await unfold(page);
    await openRows(page);
    assert.equal(await overflow(), 0);
  }),
);

test(
  'whoever is typing is connected to the resolver, and then asked for before anything is drawn',
  inBrowser({}, async (context) => {
    await context.addInitScript(() => {
      window.order = [];
      const { send } = WebSocket.prototype;
      WebSocket.prototype.send = function (data) {
        const opened = typeof data === 'string';
        window.order.push(opened ? `to ${data}` : 'asked');
        send.call(this, data);
      };
    });
    const { page } = await openPage(context, demo.url);
    // The core is fetched for the first one.
    await check(page, 'works.demo.test');
    await page.evaluate(() => (window.order.length = 0));
    await page.fill('#address', 'works.demo.test ');
    await page.waitForFunction(() => window.order.length > 0);
    assert.deepEqual(await page.evaluate(() => window.order), ['to resolver']);
    await page.evaluate(() => {
      const { shadowRoot } = document.querySelector('mail-port-check');
      const watch = new MutationObserver(() => {
        if (shadowRoot.getElementById('running-title')) window.order.push('drawn');
      });
      watch.observe(shadowRoot, { childList: true, subtree: true });
    });
    await reportAfter(page, () => page.press('#address', 'Enter'));
    const order = await page.evaluate(() => window.order);
    assert.equal(order[1], 'asked');
    const early = order.slice(1, order.indexOf('drawn'));
    // All that can be asked without an answer: MX, six SRV, and two addresses for each of the usual names.
    assert.ok(early.length > 20 && early.every((what) => what === 'asked'), order.join(', '));
  }),
);

test(
  'nonsense is named at the field, and nothing is asked of anybody',
  inBrowser({}, async (context) => {
    const { page } = await openPage(context, demo.url);
    let sockets = 0;
    page.on('websocket', () => (sockets += 1));
    for (const [typed, sentence] of [
      ['', 'Type your email address'],
      ['anna', 'is not complete'],
      ['anna@', 'after the @'],
      ['two words', 'space'],
    ]) {
      await page.fill('#address', typed);
      await page.press('#address', 'Enter');
      await page.locator('#address-error').getByText(sentence).waitFor();
      assert.equal(await page.getAttribute('#address', 'aria-invalid'), 'true');
    }
    assert.equal(sockets, 0);
  }),
);

test(
  'the keyboard is enough, and the reader is led to the result',
  inBrowser({}, async (context) => {
    const { page } = await openPage(context, demo.url);
    await page.focus('#address');
    await page.keyboard.type('demo.test');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#answer-title');
    await page.waitForFunction(
      () =>
        document.querySelector('mail-port-check').shadowRoot.activeElement?.id === 'answer-title',
    );
    await page.focus('.ports-fold > summary');
    await page.keyboard.press('Enter');
    const toggle = page.locator('button.toggle').first();
    await toggle.focus();
    await page.keyboard.press('Enter');
    await page.locator('#details-25').waitFor();
    assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
  }),
);

test(
  'Stop ends a check at once and says so',
  inBrowser({}, async (context) => {
    const { page } = await openPage(context, demo.url);
    const report = await reportAfter(page, async () => {
      await page.fill('#address', 'silent.demo.test');
      await page.press('#address', 'Enter');
      await page.waitForSelector('text=Waiting for its greeting');
      await page.getByRole('button', { name: 'Stop' }).click();
    });
    assert.equal(statusesOf(report)[143], 'not-tested');
    assert.ok(await page.getByText('The check was stopped.', { exact: false }).first().isVisible());
  }),
);

test(
  'the URL fills the field and keeps only the domain',
  inBrowser({}, async (context) => {
    const { page } = await openPage(context, `${demo.url}?address=anna%40demo.test`);
    assert.equal(await page.inputValue('#address'), 'anna@demo.test');
    const search = (query) => eventually(() => assert.equal(new URL(page.url()).search, query));
    await search('?address=demo.test');
    await check(page, 'anna@expired.demo.test');
    await search('?address=expired.demo.test');
    assert.equal(new URL(page.url()).hash, '');
  }),
);

test(
  'two elements work side by side; one that is removed closes its sockets',
  inBrowser({}, async (context) => {
    const { page, complaints } = await openPage(context, demo.url);
    const open = new Set();
    const closed = [];
    page.on('websocket', (socket) => {
      open.add(socket);
      closed.push(new Promise((resolve) => socket.once('close', resolve)));
      socket.once('close', () => open.delete(socket));
    });
    const domains = await page.evaluate(async () => {
      const make = (address) => {
        const element = document.createElement('mail-port-check');
        element.setAttribute('address', address);
        document.body.append(element);
        return element;
      };
      const [one, two] = [make('demo.test'), make('anna@expired.demo.test')];
      const reports = await Promise.all([one.start(), two.start()]);
      return reports.map(({ domain }) => domain);
    });
    assert.deepEqual(domains, ['demo.test', 'expired.demo.test']);

    await page.evaluate(() => {
      const element = document.createElement('mail-port-check');
      element.setAttribute('address', 'slow.demo.test');
      element.setAttribute('autostart', '');
      document.body.append(element);
      window.slow = element;
    });
    await page.waitForFunction(() =>
      window.slow.shadowRoot.textContent.includes('Waiting for its'),
    );
    assert.ok(open.size > 0);
    await page.evaluate(() => window.slow.remove());
    await Promise.all(closed);
    assert.deepEqual(complaints, []);
  }),
);

test(
  'a bridge that is not there is not the server\u2019s fault',
  inBrowser({}, async (context) => {
    const { page } = await openPage(context, demo.url);
    await page.evaluate(() =>
      document.querySelector('mail-port-check').setAttribute('bridge', 'ws://localhost:9/bridge'),
    );
    const report = await check(page, 'demo.test');
    for (const row of report.vantages[0].rows) {
      assert.equal(row.status, 'not-tested');
      assert.equal(row.findings[0].id, 'bridge-unreachable');
    }
    assert.match(await page.textContent('#answer-title'), /could not be done/);
  }),
);

test(
  'the frame takes its settings from the query',
  inBrowser({}, async (context) => {
    const { page, complaints } = await openPage(
      context,
      `${demo.url}embed.html?address=demo.test&autostart`,
    );
    await page.waitForSelector('#answer-title');
    assert.match(await page.textContent('#answer-title'), /Settings for demo\.test/);
    assert.deepEqual(complaints, []);
  }),
);

/** What the page's server says of the time; `truth` is this machine's. */
function answeringTime(context, headers) {
  return context.route('**/config.json?clock=*', (route) => {
    const said = Object.entries(headers(Date.now())).filter(([, value]) => value !== null);
    return route.fulfill({ status: 200, headers: Object.fromEntries(said) });
  });
}
const HOUR = 3_600_000;
const hour = (truth) => new Date(truth + HOUR).toUTCString();

test(
  'the clock is asked anew at every check',
  inBrowser({}, async (context) => {
    const { page } = await openPage(context, demo.url);
    await answeringTime(context, (truth) => ({ date: hour(truth) }));
    const wrong = await check(page, 'demo.test');
    assert.deepEqual(
      wrong.notices.map(({ id }) => id),
      ['clock-wrong'],
    );
    await context.unroute('**/config.json?clock=*');
    const right = await check(page, 'demo.test');
    assert.deepEqual(right.notices, []);
  }),
);

test(
  'a stored answer is no clock, and without a clock no certificate is called expired',
  inBrowser({}, async (context) => {
    const { page } = await openPage(context, demo.url);
    const stored = new Date(Date.now() - HOUR).toUTCString();
    await answeringTime(context, () => ({ date: stored }));
    const good = await check(page, 'demo.test');
    assert.deepEqual(good.notices, []);
    assert.ok(Object.values(statusesOf(good)).every((status) => status === 'works'));
    const expired = await check(page, 'expired.demo.test');
    const { status, findings } = rowOf(expired, 993);
    assert.equal(status, 'not-tested');
    assert.equal(findings[0].id, 'clock-unconfirmed');
    assert.equal(findings[0].args.finding, 'certificate-expired');
    const card = await page.textContent('.answer > [part=problem]');
    assert.match(card, /could not test the dates/);
    assert.doesNotMatch(card, /has expired|expired on/);
    assert.deepEqual(await violations(page), []);
  }),
);
