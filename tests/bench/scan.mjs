/**
 * How long a check takes, as a multiple of the round trips that nobody can spare, and beside a plain client
 * that does nothing else. While the address is typed the resolver is connected. Then it costs one to ask it,
 * and six for the longest dialog (TCP, greeting, EHLO, STARTTLS, one for TLS 1.3, EHLO again); until the
 * settings are proved, four (TCP, TLS, the greeting, EHLO).
 *
 *   node tests/bench/scan.mjs        prints two lines for each delay
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { startDemo } from '../e2e/demo.mjs';
import { openBrowser, openPage } from '../e2e/page.mjs';
import { startPython } from '../e2e/program.mjs';
import { timedPlainly } from './plain-client.mjs';

const DELAYS_MS = [40, 100];
const RUNS = 9;
const TRIPS = { settings: 1 + 4, whole: 1 + 6 };
const LIMITS = { limitMs: 30_000 };

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Everything works there, with one address for each name. */
const DOMAIN = 'app-password.demo.test';

/** One check of an address that was typed, then sent: ms until both settings are shown, and until all is. */
async function timed(page) {
  return page.evaluate(async (domain) => {
    const { shadowRoot } = document.querySelector('mail-port-check');
    const field = shadowRoot.getElementById('address');
    field.focus();
    field.value = domain;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    // Nobody presses Enter sooner.
    await new Promise((wake) => setTimeout(wake, 500));
    const shown = '.settings .fields:not(.pending)';
    const began = performance.now();
    const since = () => performance.now() - began;
    return new Promise((resolve) => {
      let settings = null;
      const watch = new MutationObserver(() => {
        if (shadowRoot.querySelectorAll(shown).length === 2) settings ??= since();
      });
      const end = () => {
        watch.disconnect();
        resolve({ settings: settings ?? since(), whole: since() });
      };
      document.addEventListener('mail-port-check-done', end, { once: true });
      field.form.requestSubmit();
      // Of the check before, the settings are gone once this one begins.
      setTimeout(() => watch.observe(shadowRoot, { childList: true, subtree: true }));
    });
  }, DOMAIN);
}

/** Where a bridge's settings lead, as far as a plain client wants to know. */
async function readSettings(file) {
  const text = await readFile(file, 'utf8');
  const lines = text.split('\n').map((line) => line.split(' = '));
  const pairs = lines.filter(({ length }) => length === 2);
  const strings = pairs.filter(([, value]) => value.startsWith('"'));
  const named = strings.map(([key, value]) => [key.replace(/^"|"$/g, ''), JSON.parse(value)]);
  const settings = Object.fromEntries(named);
  return { resolver: settings.resolver, forward: settings };
}

function say(delay, what, key, checks, plain) {
  const [ms, beside] = [checks, plain].map((runs) => median(runs.map((run) => run[key])));
  const least = Math.min(...checks.map((run) => run[key]));
  console.log(
    `scan at ${delay} ms: ${what} after ${Math.round(ms)} ms (least ${Math.round(least)}), ` +
      `${(ms / (TRIPS[key] * delay)).toFixed(2)} of ${TRIPS[key]} round trips, ` +
      `${(ms / beside).toFixed(2)} of the ${Math.round(beside)} ms of a plain client`,
  );
}

const demo = await startDemo();
try {
  for (const delay of DELAYS_MS) {
    const out = path.join(demo.folder, `far-${delay}.toml`);
    const config = path.join(demo.folder, 'demo/bridge.toml');
    const relays = await startPython(
      ['tests/bench/delay.py', String(delay), config, out],
      /^ready$/m,
      LIMITS,
    );
    const bridge = await startPython(['-m', 'bridge', '--config', out], /(http:\/\/\S+)/, LIMITS);
    const browser = await openBrowser();
    const { page } = await openPage(browser.context, bridge.said[1]);
    await timed(page); // cold: modules, code and certificates are met for the first time
    const settings = await readSettings(out);
    const [checks, plain] = [[], []];
    for (let run = 0; run < RUNS; run++) {
      checks.push(await timed(page));
      plain.push(await timedPlainly(settings, DOMAIN));
    }
    say(delay, 'both settings', 'settings', checks, plain);
    say(delay, 'all seven ports', 'whole', checks, plain);
    await browser.close();
    await bridge.stop();
    await relays.stop();
  }
} finally {
  await demo.stop();
}
