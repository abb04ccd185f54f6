/**
 * What it costs to check 1, 10 and 100 domains from one program, as a provider does with those of its customers: time
 * and memory are to grow no faster than the domains. Each number has a process of its own (many.mjs), which checks one
 * domain before it measures.
 *
 *   node tests/bench/growth.mjs            prints one line for each number of domains
 *   node tests/bench/growth.mjs --check    and fails where a domain of many costs more than one alone
 */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import dnsPacket from 'dns-packet';
import { startBridge } from '../e2e/bridge.mjs';
import { startDemo } from '../e2e/demo.mjs';
import { root } from '../e2e/program.mjs';
import { startResolver } from '../e2e/resolver.mjs';

const COUNTS = [1, 10, 100];
/** What of a domain alone one of many may cost: a machine has its moods. */
const CPU_LIMIT = 1.2;
/** Kept when the checks are over, and their reports are nobody's: nothing, but for the noise of a heap and compiled code. */
const KEPT_LIMIT_KB = 2000;

/** Customers have domains of their own, and one provider's servers. */
const PROVIDER = 'demo.test';
const ADDRESSES = { A: '192.0.2.10', AAAA: '2001:db8::10' };
const PUBLISHED = {
  _imaps: ['imap', 993],
  _imap: ['imap', 143],
  _pop3s: ['pop', 995],
  _pop3: ['pop', 110],
  _submissions: ['smtp', 465],
  _submission: ['smtp', 587],
};
const NXDOMAIN = 3;

function answer({ name, type }) {
  const found = (data) => ({
    flags: dnsPacket.RECURSION_AVAILABLE,
    answers: data === undefined ? [] : [{ type, name, ttl: 60, data }],
  });
  const [first] = name.split('.');
  if (name.endsWith(`.${PROVIDER}`)) return found(ADDRESSES[type]);
  if (type === 'MX') return found({ preference: 10, exchange: `mail.${PROVIDER}` });
  if (type !== 'SRV' || !PUBLISHED[first]) return { flags: NXDOMAIN };
  const [host, port] = PUBLISHED[first];
  return found({ priority: 0, weight: 1, port, target: `${host}.${PROVIDER}` });
}

async function measured(count, bridge, folder) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...['--expose-gc', '--import', './tests/e2e/node-websocket.mjs', 'tests/bench/many.mjs'],
      ...[String(count), bridge, path.join(folder, 'demo/web/demo-root.pem')],
    ],
    { cwd: root },
  );
  return JSON.parse(stdout);
}

const demo = await startDemo();
const names = await startResolver(answer);
const change = (settings) => settings.replace(/^resolver = .*$/m, `resolver = "${names.at}"`);
const bridge = await startBridge(demo.folder, { name: 'growth', change });
try {
  const url = new URL('bridge', bridge.url.replace(/^http/, 'ws')).href;
  let alone = null;
  for (const count of COUNTS) {
    const found = await measured(count, url, demo.folder);
    const each = (sum) => sum / count;
    alone ??= found;
    const more = each(found.cpuMs) / alone.cpuMs;
    const kept = found.keptBytes / 1000;
    console.log(
      `growth, ${count} domains: ${each(found.ms).toFixed(0)} ms and ${each(found.cpuMs).toFixed(0)} ms of CPU each, ` +
        `${more.toFixed(2)} of one alone; ${kept.toFixed(0)} kB kept of all; the core has ` +
        `${(found.coreBytes / 1e6).toFixed(1)} MB, the process at most ${(found.peakBytes / 1e6).toFixed(0)} MB`,
    );
    if (process.argv.includes('--check') && count > 1) {
      const wrong = [
        ...(more > CPU_LIMIT ? [`${more.toFixed(2)} of the time of one, above ${CPU_LIMIT}`] : []),
        ...(kept > KEPT_LIMIT_KB
          ? [`${kept.toFixed(0)} kB kept of all, above ${KEPT_LIMIT_KB}`]
          : []),
        ...(found.coreBytes > 2 * alone.coreBytes ? [`a core of ${found.coreBytes} bytes`] : []),
      ];
      for (const what of wrong) console.error(`growth, ${count} domains: ${what}`);
      if (wrong.length > 0) process.exitCode = 1;
    }
  }
} finally {
  await bridge.stop();
  names.stop();
  await demo.stop();
}
