/**
 * What fails on our side, with real bridges: a network that lets nothing out, a resolver that knows nothing or
 * invents everything, limits that are used up, a bridge that goes away. Nobody else is blamed for any of it.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import dnsPacket from 'dns-packet';
import { startBridge } from './bridge.mjs';
import {
  check,
  eventually,
  openPage,
  reportAfter,
  rowOf,
  seen,
  statusesOf,
  unfold,
  violations,
} from './page.mjs';
import { root } from './program.mjs';
import { startResolver } from './resolver.mjs';
import { startSite } from './site.mjs';

/** What no page says for a fault of ours. */
const BLAME =
  /does not exist|is down|web server|wrong server name|expired|misspelled|firewall|refused the connection|name servers of the domain/i;

const site = startSite();

/** A page of a bridge with these settings. */
async function through(change, use, { lang = 'en', path = '' } = {}) {
  const bridge = await startBridge(site.folder, { name: 'our-side', change });
  const { page } = await openPage(site.context, `${bridge.url}${path}?lang=${lang}`);
  try {
    // The self-test of the bridge has ended.
    await page.waitForFunction(async () => (await (await fetch('about.json')).json()).tested);
    await use(page, bridge);
  } finally {
    await page.close();
    await bridge.stop();
  }
}

const headline = (page) => page.textContent('#answer-title').then((text) => text.trim());
const ids = (report) => report.vantages[0].rows.map(({ findings: [first] }) => first?.id);
const shown = async (page) => {
  await unfold(page);
  return seen(page, '[part=answer], [part=problems], [part=ports]');
};

/** The demo's servers are behind a network that refuses what goes to these ports. */
const blocked = (ports) => (settings) =>
  settings
    .replace(new RegExp(`^("\\S+:(?:${ports.join('|')})" = ).*$`, 'gm'), '$1"127.0.0.1:1"')
    .replace(
      '[references]',
      `[references]\nservers = ${JSON.stringify(ports.map((port) => `192.0.2.10:${port}`))}`,
    );

test('ports that the bridge does not get out through are not tested, and nobody is blamed', () =>
  through(blocked([465, 587]), async (page) => {
    const report = await check(page, 'demo.test');
    const statuses = statusesOf(report);
    assert.deepEqual([statuses[465], statuses[587]], ['not-tested', 'not-tested']);
    assert.equal(rowOf(report, 587).findings[0].id, 'not-tested-from-here');
    assert.match(
      await headline(page),
      /^Receiving works for demo\.test, but sending could not be tested/,
    );
    const text = await shown(page);
    assert.match(text, /Ports 465 and 587: not tested from here/);
    assert.doesNotMatch(text, BLAME);
    assert.deepEqual(await violations(page, 'mail-port-check'), []);
  }));

/** A firewall that accepts every connection itself, and then does this. */
async function middlebox(then) {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    then(socket);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { at: `127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

const MIDDLEBOXES = [
  [[25, 587], (socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\nBlocked by policy\r\n')],
  [[465, 993], (socket) => socket.resetAndDestroy()],
  [[995, 143, 110], (socket) => socket.end()],
];

test('a network that accepts every connection itself is our side, and no server is down', async () => {
  const boxes = await Promise.all(
    MIDDLEBOXES.map(async ([ports, then]) => ({ ports, ...(await middlebox(then)) })),
  );
  const change = (settings) =>
    boxes.reduce(
      (text, { ports, at }) =>
        text.replace(
          new RegExp(`^("\\S+:(?:${ports.join('|')})" = )"127.0.0.1:1"$`, 'gm'),
          `$1"${at}"`,
        ),
      blocked(boxes.flatMap(({ ports }) => ports))(settings),
    );
  try {
    await through(change, async (page) => {
      const report = await check(page, 'demo.test');
      assert.deepEqual(new Set(ids(report)), new Set(['not-tested-from-here']));
      assert.match(await headline(page), /^The check of \S+ could not be done/);
      assert.doesNotMatch(await shown(page), BLAME);
    });
  } finally {
    for (const box of boxes) box.stop();
  }
});

test('a network that refuses everything is our side', () =>
  through(blocked([25, 465, 587, 993, 995, 143, 110]), async (page) => {
    const report = await check(page, 'demo.test');
    assert.deepEqual(new Set(ids(report)), new Set(['not-tested-from-here']));
    assert.match(await headline(page), /^The check of \S+ could not be done/);
    assert.doesNotMatch(await shown(page), BLAME);
  }));

test('port 25 that works makes no failure of ports that were not tested', () =>
  through(blocked([465, 587, 993, 995, 143, 110]), async (page) => {
    const report = await check(page, 'demo.test');
    assert.equal(statusesOf(report)[25], 'works');
    assert.match(await headline(page), /^Neither receiving nor sending could be tested/);
    assert.doesNotMatch(await shown(page), BLAME);
  }));

const NXDOMAIN = 3;
const SERVFAIL = 2;
const portal = ({ name, type }) => ({
  flags: dnsPacket.RECURSION_AVAILABLE,
  answers: type === 'A' ? [{ type, name, ttl: 1, data: '192.0.2.11' }] : [],
});
/** An answer that the resolver withholds, as RFC 8914 has it. */
const withheld = () => ({
  flags: NXDOMAIN,
  additionals: [
    {
      type: 'OPT',
      name: '.',
      udpPayloadSize: 1232,
      flags: 0,
      options: [{ code: 15, data: Buffer.from([0, 17]) }],
    },
  ],
});
const RESOLVERS = {
  'no such name to everything': [() => ({ flags: NXDOMAIN }), /lookup service does not work/],
  'server failure to everything': [() => ({ flags: SERVFAIL }), /lookup service does not work/],
  'the address of a login page to everything': [portal, /gives an address even for names/],
  'filtered to everything': [withheld, /filters some names/],
};
for (const [what, [answer, words]] of Object.entries(RESOLVERS)) {
  test(`a resolver that answers ${what} is our side, and no domain's`, async () => {
    const names = await startResolver(answer);
    const change = (settings) => settings.replace(/^resolver = .*$/m, `resolver = "${names.at}"`);
    try {
      await through(change, async (page) => {
        const report = await check(page, 'example.org');
        assert.deepEqual(new Set(Object.values(statusesOf(report))), new Set(['not-tested']));
        assert.match(await headline(page), /^The check of \S+ could not be done/);
        const text = await shown(page);
        assert.match(text, words);
        assert.doesNotMatch(text, BLAME);
        assert.deepEqual(report.notices, []);
      });
    } finally {
      names.stop();
    }
  });
}

/** Of the demo's limits. */
const limited = (limits) => (settings) =>
  Object.entries(limits).reduce(
    (text, [name, value]) =>
      text
        .replace(new RegExp(`^${name} = .*\n`, 'm'), '')
        .replace('[limits]\n', `[limits]\n${name} = ${value}\n`),
    settings,
  );

/** As many conversations as one client may hold in an hour: one comes back every minute. */
const SPENT = 60;

/** Others in the same network have used them up. */
function spend(page, url) {
  return page.evaluate(
    ([bridge, count]) =>
      Promise.all(
        Array.from(
          { length: count },
          () =>
            new Promise((resolve) => {
              const socket = new WebSocket(`${bridge}bridge?token=192.0.2.10:993`);
              socket.onmessage = () => socket.close();
              socket.onclose = resolve;
            }),
        ),
      ).then(() => null),
    [url.replace('http', 'ws'), SPENT],
  );
}

const COUNTED = {
  en: [
    /^You can check again in \d+ seconds\.$/,
    /Too many checks from your network/,
    'Check again',
  ],
  de: [
    /^Sie können in \d+ Sekunden erneut prüfen\.$/,
    /Zu viele Prüfungen aus Ihrem Netzwerk/,
    'Erneut prüfen',
  ],
};
for (const [lang, [counting, title, offer]] of Object.entries(COUNTED)) {
  test(`${lang}: whose limit it was, a countdown, and then the offer to check again`, () =>
    through(
      limited({ client_mail_per_hour: SPENT }),
      async (page, { url }) => {
        await spend(page, url);
        await page.clock.install();
        const report = await check(page, 'demo.test');
        const busy = report.vantages[0].rows.flatMap(({ findings }) => findings);
        const refused = busy.find(({ id }) => id === 'bridge-busy');
        assert.equal(refused.args.of, 'client');
        assert.ok(refused.args.retry > 30 && refused.args.retry <= 60, refused.args.retry);
        assert.match(await shown(page), title);
        const again = page.locator('.again');
        const line = () => again.textContent().then((text) => text.trim());
        await eventually(async () => assert.match(await line(), counting));
        // Those who listen hear it once, and then when it is over.
        const heard = () => page.locator('.unseen[role=status]').textContent();
        const first = await heard();
        const [, from] = /(\d+) (?:seconds|Sekunden)/.exec(first);
        assert.ok(Number(from) > 30, first);
        await page.clock.runFor(10_000);
        await eventually(async () => {
          assert.match(await line(), counting);
          assert.ok(Number(/\d+/.exec(await line())[0]) <= Number(from) - 10, await line());
        });
        assert.equal(await heard(), first);
        assert.deepEqual(await violations(page, 'mail-port-check'), []);
        await page.clock.runFor(60_000);
        const button = again.getByRole('button', { name: offer });
        await button.waitFor();
        assert.notEqual(await heard(), first);
        await reportAfter(page, () => button.click());
      },
      { lang, path: lang === 'de' ? 'index.de.html' : 'index.html' },
    ));
}

/** Once the bridge has said something of port 993 to this page. */
function imapsAnswered(page) {
  return new Promise((resolve) => {
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => {
        if (String(payload).endsWith(':993')) socket.on('framereceived', resolve);
      });
    });
  });
}

test('a bridge that is stopped in the middle of a check blames no server', () =>
  through(
    (settings) => settings,
    async (page, bridge) => {
      // Servers that greet after twelve seconds.
      const reached = imapsAnswered(page);
      // The page itself stands elsewhere, as it does where it has a host of its own.
      await page.route(/\/(?:parts|locales)\//, (route) => {
        const { pathname } = new URL(route.request().url());
        return route.fulfill({ path: path.join(root, 'build/web', pathname) });
      });
      const checking = check(page, 'slow.demo.test');
      await reached;
      await bridge.stop();
      const report = await checking;
      for (const [port, status] of Object.entries(statusesOf(report))) {
        assert.equal(status, 'not-tested', port);
      }
      assert.ok(
        ids(report).every((id) => /^bridge-/.test(id)),
        ids(report).join(),
      );
      const text = await shown(page);
      assert.match(text, /Our own test program was restarted/);
      assert.doesNotMatch(text, BLAME);
    },
  ));

test('where the page is gone with its bridge the report is whole, and the page says whose trouble it is', () =>
  through(
    (settings) => settings,
    async (page, bridge) => {
      const reached = imapsAnswered(page);
      const checking = check(page, 'slow.demo.test');
      await reached;
      await bridge.stop();
      const report = await checking;
      assert.ok(ids(report).every((id) => /^bridge-/.test(id)));
      const alert = page.locator('p.alert');
      await alert.getByText('says nothing about your mail server').waitFor();
      assert.match(await alert.innerText(), /^Our own test program was restarted/);
      assert.equal(await page.locator('#answer-title').count(), 0);
      assert.ok(await page.locator('#address').isVisible());
    },
  ));
