/**
 * How long a check takes, as a multiple of the round trips that nobody can spare. What a name costs: one to
 * connect to the resolver, one to ask. Then six for the longest dialog (TCP, greeting, EHLO, STARTTLS, one for
 * TLS 1.3, EHLO again); until the settings are proved, four (TCP, TLS, the greeting, EHLO).
 *
 *   node tests/bench/scan.mjs        prints one line for each delay
 */
import path from 'node:path';
import { startDemo } from '../e2e/demo.mjs';
import { openBrowser, openPage } from '../e2e/page.mjs';
import { startPython } from '../e2e/program.mjs';

const DELAYS_MS = [40, 100];
const RUNS = 5;
const DNS_TRIPS = 2;
const WHOLE_TRIPS = DNS_TRIPS + 6;
const SETTINGS_TRIPS = DNS_TRIPS + 4;
const LIMITS = { limitMs: 30_000 };

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Everything works there, with one address for each name. */
const DOMAIN = 'app-password.demo.test';

/** One check of an address that was typed: ms until both settings are shown, and until all is. */
async function timed(page) {
  return page.evaluate(async (domain) => {
    const element = document.querySelector('mail-port-check');
    const field = element.shadowRoot.getElementById('address');
    field.focus();
    field.value = domain;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    // Nobody presses the button sooner.
    await new Promise((wake) => setTimeout(wake, 500));
    const began = performance.now();
    let settings = null;
    const watch = new MutationObserver(() => {
      if (
        settings === null &&
        element.shadowRoot.querySelectorAll('.settings .fields:not(.pending)').length === 2
      ) {
        settings = performance.now() - began;
      }
    });
    watch.observe(element.shadowRoot, { childList: true, subtree: true });
    await element.start();
    const whole = performance.now() - began;
    watch.disconnect();
    return { settings: settings ?? whole, whole };
  }, DOMAIN);
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
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await timed(page));
    const settings = median(runs.map((run) => run.settings));
    const whole = median(runs.map((run) => run.whole));
    console.log(
      `scan at ${delay} ms: settings after ${Math.round(settings)} ms, ` +
        `${(settings / (SETTINGS_TRIPS * delay)).toFixed(2)} of ${SETTINGS_TRIPS} round trips; ` +
        `all seven ports after ${Math.round(whole)} ms, ` +
        `${(whole / (WHOLE_TRIPS * delay)).toFixed(2)} of ${WHOLE_TRIPS} round trips`,
    );
    await browser.close();
    await bridge.stop();
    await relays.stop();
  }
} finally {
  await demo.stop();
}
