/**
 * For how long the page's own thread is busy at a stretch, on a processor that Chromium makes four times slower: while
 * it loads, in a whole check of a domain on which all works, at an address of either family, and in one of a domain
 * whose seven ports send the chains that cost most: none of those is proved, so no other address is tried. What a
 * Worker does is no time of this thread.
 *
 *   node tests/bench/long-tasks.mjs CHAINS            as hostile_chains.py made them
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import dnsPacket from 'dns-packet';
import { startBridge } from '../e2e/bridge.mjs';
import { startDemo } from '../e2e/demo.mjs';
import { check, openBrowser, openPage } from '../e2e/page.mjs';
import { root } from '../e2e/program.mjs';
import { startResolver } from '../e2e/resolver.mjs';
import { startHostileServers } from './hostile-servers.mjs';

const SLOWER = 4;
const CHAINS = [
  'p-521',
  'names-and-constraints',
  'rsa-4096-exponent-64',
  'p-384',
  'maze-of-large-certificates',
  'p-521',
  'names-and-constraints',
];
/** Under example.test, as the names in the chains. */
const DOMAIN = 'example.test';
const HOST = 'mail.example.test';
const ADDRESSES = ['198.51.100.1', '198.51.100.2'];
const NXDOMAIN = 3;

function answer({ name, type }) {
  const found = (...data) => ({
    flags: dnsPacket.RECURSION_AVAILABLE,
    answers: data.map((one) => ({ type, name, ttl: 60, data: one })),
  });
  if (name === 'demo.test' || name.endsWith('.demo.test')) return found(...demoOf(name, type));
  if (name === HOST) return found(...(type === 'A' ? ADDRESSES : []));
  if (name === DOMAIN && type === 'MX') return found({ preference: 10, exchange: HOST });
  const service = /^_([a-z0-9]+)\._tcp\.example\.test$/.exec(name)?.[1];
  const row = services.find((one) => one.name === service && service !== 'smtp');
  if (type !== 'SRV' || !row) return { flags: NXDOMAIN };
  return found({ priority: 0, weight: 1, port: row.port, target: HOST });
}

function demoOf(name, type) {
  const records = {
    A: ['192.0.2.10'],
    AAAA: ['2001:db8::10'],
    MX: [{ preference: 10, exchange: 'mail.demo.test' }],
  };
  return records[type] ?? [];
}

const [chains] = process.argv.slice(2);
const { services } = JSON.parse(readFileSync(path.join(root, 'build/tables.json'), 'utf8'));

const demo = await startDemo();
const names = await startResolver(answer);
const hostile = await startHostileServers(services, chains, CHAINS);
const bridge = await startBridge(demo.folder, {
  name: 'long-tasks',
  change: (settings) =>
    [
      settings.replace(/^resolver = .*$/m, `resolver = "${names.at}"`),
      ...ADDRESSES.flatMap((address) =>
        Object.entries(hostile.forward).map(([port, to]) => `"${address}:${port}" = "${to}"`),
      ),
    ].join('\n'),
});
const browser = await openBrowser();
try {
  await browser.context.addInitScript(() => {
    window.tasks = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        window.tasks.push([startTime, duration]);
    }).observe({ type: 'longtask', buffered: true });
  });
  const { page } = await openPage(browser.context, 'about:blank', 'html');
  const devtools = await browser.context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const tell = async (what) => {
    // The observer is told of a task after it.
    await page.waitForTimeout(500);
    const tasks = await page.evaluate(() => window.tasks.splice(0).map(([, duration]) => duration));
    const longest = Math.max(0, ...tasks);
    console.log(
      `tasks, ${what}: ${tasks.length} above 50 ms${tasks.length > 0 ? `, the longest ${longest.toFixed(0)} ms` : ''}`,
    );
  };
  await page.goto(bridge.url);
  await page.waitForSelector('mail-port-check[state]');
  await tell('loading');
  for (const domain of ['demo.test', DOMAIN, DOMAIN]) {
    const report = await check(page, domain);
    const { probes, rows } = report.vantages[0];
    const found = new Set(rows.flatMap(({ findings }) => findings.map(({ id }) => id)));
    await tell(
      `${domain}, ${probes.length} conversations, ${report.ms} ms (${[...found].slice(0, 3).join(', ')})`,
    );
  }
} finally {
  await browser.close();
  await bridge.stop();
  hostile.stop();
  names.stop();
  await demo.stop();
}
