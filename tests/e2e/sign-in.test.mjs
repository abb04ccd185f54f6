/** The password check, against the demo's servers; and that the password stays where it belongs. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startDemo } from './demo.mjs';
import { check, openBrowser, openPage, seen, violations } from './page.mjs';

const PASSWORD = 'demo-password';
/** Longer than half of it: what a search for the password and its encodings looks for. */
const HALVES = ['demo-pas', 'mo-passw', 'o-password'];

let demo;
let browser;
let page;
let complaints;

before(async () => {
  demo = await startDemo();
  browser = await openBrowser();
});

beforeEach(async () => {
  await page?.close();
  ({ page, complaints } = await openPage(browser.context, demo.url));
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

const CARD = 'section[part="sign-in"] > details';

async function openCard() {
  const card = page.locator(CARD);
  if (!(await card.evaluate(({ open }) => open))) await card.locator('summary').first().click();
}

async function signIn(password, user) {
  await openCard();
  if (user) await page.fill('#sign-in-user', user);
  await page.fill('#sign-in-password', password);
  await page.getByRole('button', { name: 'Sign in to test' }).click();
  await page.waitForFunction((selector) => {
    const { shadowRoot } = document.querySelector('mail-port-check');
    const button = shadowRoot.querySelector(`${selector} form button[type="submit"]`);
    return button && !button.disabled && shadowRoot.querySelector('.sign-in-tried');
  }, CARD);
  return seen(page, '.sign-in-result');
}

/** All that the page keeps or has sent, besides what went through TLS to the mail server. */
function outlets(sent) {
  return page.evaluate((frames) => {
    const element = document.querySelector('mail-port-check');
    return JSON.stringify([
      frames,
      element.report,
      location.href,
      document.title,
      { ...localStorage },
      { ...sessionStorage },
      history.state,
      document.cookie,
      element.outerHTML,
      element.shadowRoot.innerHTML,
      performance.getEntriesByType('resource').map(({ name }) => name),
    ]);
  }, sent);
}

/** As it is, in base64 at each place of a group, in hexadecimal and percent-encoded. */
function forms(text) {
  const shifted = [0, 1, 2].map((by) =>
    Buffer.from('\0'.repeat(by) + text)
      .toString('base64')
      .slice(by + (by > 0 ? 1 : 0), -4),
  );
  const hex = Buffer.from(text).toString('hex');
  return [text, ...shifted, hex, hex.replace(/../g, '%$&')];
}

function assertSilent(text) {
  for (const half of HALVES)
    for (const form of forms(half)) {
      assert.ok(!text.toLowerCase().includes(form.toLowerCase()), `${form} stands in an outlet`);
    }
}

test('the right password is right for receiving and for sending, and stays in the page', async () => {
  const sent = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) =>
      sent.push(socket.url(), Buffer.from(payload).toString('latin1')),
    ),
  );
  await check(page, 'anna@demo.test');
  assert.equal(await page.inputValue('#sign-in-user'), 'anna@demo.test');
  const result = await signIn(PASSWORD);
  assert.match(result, /Your password is right, for receiving and for sending\./);
  assert.equal(await page.locator('.sign-in-tried').count(), 2);
  assertSilent(await outlets(sent));
  assertSilent(complaints.join('\n'));
  // The fields work with password managers.
  const tokens = await page.$$eval('.sign-in input', (inputs) => inputs.map((i) => i.autocomplete));
  assert.deepEqual(tokens, ['username', 'current-password']);
  await page.getByRole('button', { name: 'Show' }).click();
  assert.equal(await page.getAttribute('#sign-in-password', 'type'), 'text');
  assert.equal(await page.inputValue('#sign-in-password'), PASSWORD);
  assert.deepEqual(await violations(page), []);
});

test('a wrong password is tried once, with one server, and the other form of the name is offered', async () => {
  await check(page, 'anna@demo.test');
  const targets = [];
  page.on('websocket', (socket) => targets.push(socket.url()));
  const result = await signIn('wrong horse battery');
  assert.match(result, /did not accept the username and password/);
  assert.doesNotMatch(result, /Your password is right/);
  assert.equal(await page.locator('.sign-in-tried').count(), 1);
  assert.equal(targets.length, 1);
  await page.getByRole('button', { name: 'Use anna', exact: true }).click();
  assert.equal(await page.inputValue('#sign-in-user'), 'anna');
  assert.equal(await page.inputValue('#sign-in-password'), 'wrong horse battery');
  assert.equal(targets.length, 1, 'nothing is tried unasked');
});

test('an app password is asked for where the server says so', async () => {
  await check(page, 'anna@app-password.demo.test');
  assert.match(await signIn(PASSWORD), /You likely need an app password/);
});

test('closing the card, and another check, forget the password', async () => {
  await check(page, 'anna@demo.test');
  await openCard();
  await page.fill('#sign-in-password', PASSWORD);
  await page.locator(`${CARD} > summary`).click();
  await page.waitForFunction(
    () =>
      document.querySelector('mail-port-check').shadowRoot.querySelector('#sign-in-password')
        .value === '',
  );
  await signIn(PASSWORD);
  await check(page, 'anna@demo.test');
  assert.equal(await page.inputValue('#sign-in-password'), '');
  assert.equal(await page.locator('.sign-in-tried').count(), 0);
});

test('a tab that nobody looks at forgets it after a minute', async () => {
  await check(page, 'anna@demo.test');
  await openCard();
  await page.fill('#sign-in-password', PASSWORD);
  await page.clock.install();
  const hide = (hidden) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await hide(true);
  await page.clock.runFor(59_000);
  assert.equal(await page.inputValue('#sign-in-password'), PASSWORD);
  await hide(false);
  await page.clock.runFor(5_000);
  assert.equal(await page.inputValue('#sign-in-password'), PASSWORD, 'looked at again in time');
  await hide(true);
  await page.clock.runFor(61_000);
  assert.equal(await page.inputValue('#sign-in-password'), '');
});

test('a server that only the records of the domain name is confirmed first', async () => {
  await check(page, 'anna@hosted.demo.test');
  await openCard();
  const names = await seen(page, '.sign-in-server');
  assert.match(names, /\S+\.\S+/);
  const targets = [];
  page.on('websocket', (socket) => targets.push(socket.url()));
  await page.fill('#sign-in-password', PASSWORD);
  await page.getByRole('button', { name: 'Sign in to test' }).click();
  assert.match(await seen(page, '#sign-in-error'), /First confirm that the server/);
  assert.deepEqual(targets, []);
  for (const box of await page.locator('.sign-in-confirm input').all()) await box.check();
  await page.getByRole('button', { name: 'Sign in to test' }).click();
  await page.waitForSelector('.sign-in-tried');
  assert.ok(targets.length > 0);
});

test('where no server passed every check there is no form', async () => {
  await check(page, 'anna@expired.demo.test');
  assert.equal(await page.locator('#sign-in-password').count(), 0);
  await check(page, 'anna@stranger.demo.test');
  assert.equal(await page.locator('#sign-in-password').count(), 0);
});

test('an embed has the form only where its page allows it', async () => {
  const { page: embed } = await openPage(browser.context, `${demo.url}embed.html`);
  await check(embed, 'anna@demo.test');
  assert.equal(await embed.locator('#sign-in-password').count(), 0);
  await embed.goto(`${demo.url}embed.html?allow-sign-in`);
  await check(embed, 'anna@demo.test');
  assert.equal(await embed.locator('#sign-in-password').count(), 1);
  await embed.close();
});
