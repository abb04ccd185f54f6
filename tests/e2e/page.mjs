/**
 * The page in a real browser, for the end-to-end tests: a fresh Chromium, what its console says, and
 * one check from the typed address to the report.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** An element that is drawn: the first time that is a task of its own. */
export const READY = 'mail-port-check[state] .root';
/** As long as anything may take on a machine that is busy with something else. */
const LIMIT_MS = 60_000;
const POLL_MS = 50;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Debian's Chromium, or the one that $CHROMIUM names. */
const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';

/**
 * @param {object} [options] for the browser context, such as viewport and colorScheme
 * @param {string[]} [options.args] more of Chromium's command line
 * @returns {Promise<{context: object, close: () => Promise<void>}>}
 */
export async function openBrowser({ args = [], ...options } = {}) {
  const profile = await mkdtemp(path.join(tmpdir(), 'mail-port-check-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: EXECUTABLE,
    args: [...ARGS, ...args],
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  context.setDefaultTimeout(LIMIT_MS);
  const close = async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  };
  return { context, close };
}

/** A test with a fresh browser of its own. */
export function inBrowser(options, use) {
  return async () => {
    const browser = await openBrowser(options);
    try {
      await use(browser.context);
    } finally {
      await browser.close();
    }
  };
}

/** What axe finds, one line each; an empty list is good. @param {string} [within] a selector */
export async function violations(page, within) {
  await page.evaluate(axe);
  const result = await page.evaluate(
    (selector) => window.axe.run(selector ?? document, { resultTypes: ['violations'] }),
    within,
  );
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  );
}

/**
 * A page at this URL, with everything it complains about: console errors and warnings, exceptions, and
 * requests that failed or were answered with an error.
 * @param {string} [ready] what to wait for
 * @returns {Promise<{page: object, complaints: string[]}>}
 */
export async function openPage(context, url, ready = READY) {
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    // The page was left or loaded again meanwhile, or the script itself gave up.
    if (why !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${why}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.url()}: ${response.status()}`);
  });
  await page.goto(url);
  await page.waitForSelector(ready);
  return { page, complaints };
}

/**
 * Lets sockets to the bridge wait before they lead there.
 * @param {(target: string) => Promise<void>} until the socket to `resolver` or `ip:port` goes on
 */
export function holdSockets(context, until) {
  return context.routeWebSocket(/\/bridge/, async (socket) => {
    const named = new URL(socket.url()).searchParams.get('token');
    if (named !== null) {
      await until(named);
      socket.connectToServer();
      return;
    }
    // Opened ahead: its first message names the target.
    const said = [];
    let server = null;
    socket.onMessage(async (message) => {
      if (server) return server.send(message);
      if (said.push(message) > 1) return;
      await until(message);
      server = socket.connectToServer();
      for (const one of said) server.send(one);
    });
  });
}

/**
 * Does something that begins a check, and waits for `mail-port-check-done`.
 * @param {() => Promise<void>} begin
 * @returns {Promise<object>} the report
 */
export async function reportAfter(page, begin, { timeout = 120_000 } = {}) {
  await page.evaluate(() => {
    window.ended = new Promise((resolve) => {
      document.addEventListener('mail-port-check-done', ({ detail }) => resolve(detail), {
        once: true,
      });
    });
  });
  await begin();
  const limit = new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no report in ${timeout} ms`)), timeout).unref();
  });
  return Promise.race([page.evaluate(() => window.ended), limit]);
}

/** Types an address, presses Check, and waits for the report. */
export function check(page, address, options) {
  const begin = async () => {
    await page.fill('#address', address);
    await page.press('#address', 'Enter');
  };
  return reportAfter(page, begin, options);
}

/** The row of a port in a report. */
export function rowOf(report, port) {
  return report.vantages[0].rows.find((row) => row.port === port);
}

/** `{"993": "works", …}` */
export function statusesOf(report) {
  return Object.fromEntries(report.vantages[0].rows.map(({ port, status }) => [port, status]));
}

/**
 * Until this holds: what a press or a file leads to is read, fetched or drawn in tasks of their own.
 * @param {() => T | Promise<T>} holds throws an AssertionError as long as it does not
 * @template T
 * @returns {Promise<T>} what it returned
 */
export async function eventually(holds) {
  const end = performance.now() + LIMIT_MS;
  for (;;) {
    try {
      return await holds();
    } catch (error) {
      if (!(error instanceof assert.AssertionError) || performance.now() > end) throw error;
    }
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
}

/** All that a reader sees of these elements, white space made one. */
export function seen(page, selector) {
  return page.$$eval(selector, (found) =>
    found.map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim()).join(' | '),
  );
}

/** The words of the result that stand there without anything being unfolded; the form is not counted. */
export function wordsShown(page) {
  return page.evaluate(() => {
    const root = document.querySelector('mail-port-check').shadowRoot.querySelector('.root');
    const unseen = [...root.querySelectorAll('.unseen')];
    for (const element of unseen) element.hidden = true;
    const parts = [...root.children].filter((part) => !part.matches('form, .unseen'));
    const text = parts.map(({ innerText }) => innerText).join(' ');
    for (const element of unseen) element.hidden = false;
    return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  });
}

/** Opens what is folded below the answer: the table of ports, and what else was found. */
export async function unfold(page) {
  await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('mail-port-check');
    for (const fold of shadowRoot.querySelectorAll('.fold')) fold.open = true;
  });
  await whole(page);
}

/** Opens the rows of all ports. */
export async function openRows(page) {
  for (const toggle of await page.locator('button.toggle').all()) await toggle.click();
  await whole(page);
}

/** Does something, and waits for what says so: from before, since buttons say such things for a moment only. */
export async function saying(page, selector, act) {
  await Promise.all([page.waitForSelector(selector), act()]);
}

/** Until all that was opened has something in it: it is fetched then. */
export function whole(page) {
  return page.waitForFunction(() => {
    const { shadowRoot } = document.querySelector('mail-port-check');
    const steps = [...shadowRoot.querySelectorAll('.how-to details[open]')];
    const opened = [...shadowRoot.querySelectorAll('details[open], tr.more')];
    const says = (part) => part.localName !== 'summary' && part.textContent.trim() !== '';
    return (
      steps.every((one) => one.querySelector('ol')) &&
      opened.every(({ children }) => [...children].some(says))
    );
  });
}
