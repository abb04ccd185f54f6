/**
 * Two places that disagree: the page's own bridge stands in a network with blocks and boxes in it, and from
 * a second bridge the same servers are seen as they are.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { demoSettings, forwardOf, startBridge } from './bridge.mjs';
import { freePort } from './demo.mjs';
import { AUTHORITY, startMasking, startMiddlebox } from './middlebox.mjs';
import { check, eventually, openPage, rowOf, seen, wordsShown } from './page.mjs';
import { root } from './program.mjs';
import { startSite } from './site.mjs';

const WORDS_BROKEN = 250;
const WORDS_HEALTHY = 150;
const READY = /^Use these settings for \S+: receiving and sending both work\.$/;
const HELO = 'frankfurt.example.net';

const started = [];
/** The page by its place: in the reader's own network, at a bridge in Berlin, and without a Frankfurt. */
const pages = {};
const complaints = [];

const site = startSite(async () => {
  const network = await makeNetwork();
  const [own, far, lonely, nobody] = await Promise.all([1, 2, 3, 4].map(freePort));
  const urls = {
    home: `http://localhost:${own}/`,
    berlin: `http://berlin.localhost:${own}/`,
    lonely: `http://localhost:${lonely}/`,
  };
  const origins = Object.values(urls).map((url) => url.slice(0, -1));
  const frankfurt = { port: far, tickets: true };
  const bridges = {
    frankfurt: { ...frankfurt, lines: [`helo = "${HELO}"`], change: (text) => text },
    home: { port: own, change: network, second: far },
    lonely: { port: lonely, change: network, second: nobody },
  };
  for (const [name, { lines = [], change, second, ...options }] of Object.entries(bridges)) {
    const web = second && (await buildPage(name, second));
    started.push(
      await startBridge(site.folder, {
        name,
        lines: () => [`origins = ${JSON.stringify(origins)}`, ...lines],
        change: (text) => (web ? change(text.replace(/^web = .*$/m, `web = "${web}"`)) : text),
        ...options,
      }),
    );
  }
  for (const [name, url] of Object.entries(urls)) {
    const opened = await openPage(site.context, url);
    pages[name] = opened.page;
    if (name !== 'lonely') complaints.push(opened.complaints);
  }
});

after(async () => {
  for (const { stop } of started.reverse()) await stop();
});

/** The settings of a bridge in that network, made of the demo's: which servers are not reached as they are. */
async function makeNetwork() {
  const table = forwardOf(await demoSettings(site.folder));
  const zone = await readFile(path.join(site.folder, 'demo/dnsmasq.conf'), 'utf8');
  const target = (domain, port) => {
    const name = domain.replaceAll('.', '\\.');
    const [, address] = new RegExp(`^host-record=(?:post\\.)?${name},([\\d.]+),`, 'm').exec(zone);
    return `${address}:${port}`;
  };
  const real = (domain, port) => table[target(domain, port)];
  const silence = real('silent-everywhere.demo.test', 25);
  const refusal = real('refused-everywhere.demo.test', 25);
  const changes = [
    // A home line.
    ['srv-only.demo.test', 25, silence],
    // Networks that filter the ports for sending.
    ['usual-names.demo.test', 587, silence],
    ['alias.demo.test', 465, silence],
    ['alias.demo.test', 587, silence],
  ];
  // An antivirus program that reads what is encrypted, and lets nothing else through.
  const boxed = { 993: 'imap', 995: 'pop', 465: 'smtp' };
  const servers = Object.entries(boxed).map(([port, label]) => ({
    name: `${label}.app-password.demo.test`,
    to: real('app-password.demo.test', port),
  }));
  const box = await startMiddlebox(servers);
  Object.keys(boxed).forEach((port, index) =>
    changes.push(['app-password.demo.test', port, `127.0.0.1:${box.ports[index]}`]),
  );
  for (const port of [143, 110, 587]) changes.push(['app-password.demo.test', port, refusal]);
  // A firewall that overwrites the offer of STARTTLS, and refuses the other port for sending.
  const masking = await startMasking(real('older-silent.demo.test', 587));
  changes.push(['older-silent.demo.test', 587, `127.0.0.1:${masking.port}`]);
  changes.push(['older-silent.demo.test', 465, refusal]);
  started.push(box, masking);
  return (text) =>
    changes.reduce(
      (changed, [domain, port, to]) =>
        changed.replace(
          `"${target(domain, port)}" = "${real(domain, port)}"`,
          `"${target(domain, port)}" = "${to}"`,
        ),
      text.replace('[limits]', '[limits]\nconnect_seconds = 2'),
    );
}

/** The page with settings of its own: built where they lie, since its policy names the bridges. */
async function buildPage(name, second) {
  const web = path.join(site.folder, `${name}-web`);
  await mkdir(web);
  await copyFile(
    path.join(site.folder, 'demo/certificates/root.pem'),
    path.join(web, 'demo-root.pem'),
  );
  const bridges = [
    { name: 'Berlin', url: '/bridge' },
    { name: 'Frankfurt', url: `ws://frankfurt.localhost:${second}/bridge` },
  ];
  const config = { bridges, anchors: ['demo-root.pem'] };
  await writeFile(path.join(web, 'config.json'), JSON.stringify(config));
  const built = ['tables.json', 'wasm/core.wasm', 'roots.bin'].map((file) => `build/${file}`);
  const options = ['--tables', '--core', '--roots'].flatMap((option, at) => [option, built[at]]);
  const args = ['web/site/build.mjs', ...options, '--out', web];
  await promisify(execFile)(process.execPath, args, { cwd: root });
  return web;
}

/** What a reader sees after a check. */
async function told(page, domain) {
  const report = await check(page, `anna@${domain}`);
  const step = '.answer > article.problem';
  return {
    report,
    headline: await seen(page, '#answer-title'),
    title: await seen(page, `${step} h3`),
    step: await seen(page, `${step} .to-do`),
    cause: await seen(page, `${step} .why p`),
    who: await page.$$eval(`${step} .problem-who li`, (found) =>
      found.map(({ dataset }) => dataset.party ?? 'nobody'),
    ),
    others: await page.$$eval('[part=problems] [data-id]', (found) =>
      found.map(({ dataset }) => dataset.id),
    ),
    words: await wordsShown(page),
    text: await page.evaluate(() => {
      const { shadowRoot } = document.querySelector('mail-port-check');
      return shadowRoot.querySelector('.root').innerText;
    }),
  };
}

const findingOf = (report, port) => rowOf(report, port).findings[0];
/** The ports that the second place was asked about. */
const askedThere = ({ vantages: [, there] }) => there.probes.map(({ target }) => target.port);

test('where everything works, not one word is about a second place', async () => {
  const { report, headline, words, text } = await told(pages.home, 'demo.test');
  assert.match(headline, READY);
  assert.equal(report.vantages.length, 1);
  assert.ok(words < WORDS_HEALTHY, `${words} words`);
  assert.doesNotMatch(text, /Frankfurt|Berlin|second/i);
});

test('a home line blocks port 25: said to be normal, and nothing to do first', async () => {
  const { report, headline, title, others, words } = await told(pages.home, 'srv-only.demo.test');
  assert.match(headline, READY);
  assert.equal(title, '');
  assert.deepEqual(others, ['port-25-blocked-here']);
  assert.deepEqual(askedThere(report), [25]);
  assert.deepEqual(findingOf(report, 25), {
    id: 'port-25-blocked-here',
    args: { there: 'Frankfurt' },
  });
  assert.equal(rowOf(report, 25).status, 'blocked');
  assert.ok(words < WORDS_HEALTHY, `${words} words`);
  const note = await seen(pages.home, '[data-id=port-25-blocked-here]');
  assert.match(note, /Your network blocks port 25/);
  assert.match(note, /From Frankfurt it answers\. Most home and mobile networks block/);
  assert.match(note, /Mail apps send with 465 or 587/);
  assert.doesNotMatch(note, /Who can fix it/);
  // That bridge wanted a ticket, and the check said its name there.
  const said = report.vantages[1].probes[0].transcript.filter(({ from }) => from === 'C');
  assert.equal(said[0].text, `EHLO ${HELO}`);
});

test('a filtered 587 is the network\u2019s, and the other port is the way out', async () => {
  const { report, headline, title, others } = await told(pages.home, 'usual-names.demo.test');
  assert.match(headline, READY);
  assert.equal(title, '');
  assert.deepEqual(others, ['blocked-here']);
  assert.deepEqual(askedThere(report), [587]);
  const note = await seen(pages.home, '[data-id=blocked-here]');
  assert.match(note, /^\S.*Your network blocks port 587/);
  assert.match(note, /From Frankfurt the server answers, and here nothing comes back/);
  assert.match(note, /Use port 465, tested and working/);
});

test('both ports for sending filtered: headline, card and who name the network', async () => {
  const said = await told(pages.home, 'alias.demo.test');
  assert.match(
    said.headline,
    /^Receiving works for \S+, but something in your network stops sending\.$/,
  );
  assert.equal(said.title, 'Your network blocks ports 465 and 587');
  assert.match(said.step, /Use another network, .* or ask whoever runs this one to open ports 465/);
  assert.deepEqual(said.who, ['you', 'network']);
  assert.match(said.cause, /From Frankfurt the server answers/);
  assert.deepEqual(said.report.settings.outgoing, null);
  assert.ok(said.words < WORDS_BROKEN, `${said.words} words`);
});

test('a box with an authority of its own is told apart from the server, with who to ask', async () => {
  const said = await told(pages.home, 'app-password.demo.test');
  assert.match(said.headline, /^Something in your network stops mail for app-password\.demo\.test/);
  assert.match(said.title, /^Something between you and .*app-password\.demo\.test.* opens the/);
  assert.match(said.step, /Switch off the mail scanning of your antivirus program/);
  assert.match(said.step, /Do not sign in until then\.$/);
  assert.deepEqual(said.who, ['you', 'network']);
  assert.ok(said.cause.includes(AUTHORITY), said.cause);
  assert.match(said.cause, /From Frankfurt the server shows another one/);
  assert.match(said.cause, /An antivirus program|an antivirus program/);
  assert.match(said.cause, /a firewall or a company proxy/);
  for (const port of [993, 995, 465]) {
    assert.equal(findingOf(said.report, port).id, 'certificate-replaced-here');
  }
  assert.equal(findingOf(said.report, 587).id, 'refused-here');
  assert.ok(said.words < WORDS_BROKEN, `${said.words} words`);
  const [here, there] = said.report.vantages;
  const keyOf = ({ probes }) =>
    probes.find(({ target }) => target.port === 993).certificates[0].sha256;
  assert.notEqual(keyOf(here), keyOf(there));
});

test('an offer of encryption that only here does not arrive was taken out here', async () => {
  const said = await told(pages.home, 'older-silent.demo.test');
  assert.match(
    said.headline,
    /^Receiving works for \S+, but something in your network stops sending\.$/,
  );
  assert.equal(findingOf(said.report, 587).id, 'starttls-removed-here');
  assert.equal(findingOf(said.report, 465).id, 'refused-here');
  // The older ports that are closed matter to nobody, and cost that bridge nothing.
  assert.deepEqual(askedThere(said.report), [465, 587]);
});

test('what fails in both places is the server\u2019s, and the message to the provider says so', async () => {
  const said = await told(pages.home, 'refused.demo.test');
  assert.match(
    said.headline,
    /^Receiving works for \S+, but no port for sending passed the test\.$/,
  );
  assert.match(said.title, /refused ports 465 and 587, from Frankfurt, too$/);
  assert.deepEqual(said.who, ['provider']);
  assert.match(await seen(pages.home, '.letter pre'), /this computer's network and Frankfurt/);
});

test('a second place that is gone is ours, and the first result stands', async () => {
  const said = await told(pages.lonely, 'refused.demo.test');
  assert.match(
    said.headline,
    /^Receiving works for \S+, but no port for sending passed the test\.$/,
  );
  assert.match(said.title, /^Connections to smtp\.refused\.demo\.test are refused on ports/);
  assert.equal(findingOf(said.report, 587).id, 'connect-refused');
  assert.ok(!('there' in findingOf(said.report, 587).args));
  await pages.lonely.locator('[part=vantage] summary').click();
  const place = await eventually(async () => {
    const text = await seen(pages.lonely, '.second-place');
    assert.match(text, /We could not compare with Frankfurt: Our side is down/);
    return text;
  });
  assert.match(place, /says nothing about your mail server/);
});

test('a bridge elsewhere is never called the reader\u2019s network', async () => {
  const said = await told(pages.berlin, 'alias.demo.test');
  assert.match(said.headline, READY);
  assert.deepEqual(said.others, ['works-from-elsewhere']);
  assert.equal(said.report.settings.outgoing.port, 465);
  assert.equal(said.report.vantages[0].local, false);
  const note = await seen(pages.berlin, '[data-id=works-from-elsewhere]');
  assert.match(note, /tested from Frankfurt, because Berlin does not get through/);
  assert.doesNotMatch(said.text, /your network (blocks|refuses)|in your network/i);
});

test('on request the second place is asked about the rest, and no port twice', async () => {
  const page = pages.home;
  const { report } = await told(page, 'usual-names.demo.test');
  await page.evaluate(() => {
    window.updated = new Promise((resolve) => {
      const once = { once: true };
      document.addEventListener('mail-port-check-update', ({ detail }) => resolve(detail), once);
    });
  });
  await page.locator('[part=vantage] summary').click();
  const button = page.getByRole('button', { name: 'Check from Frankfurt, too' });
  await button.click();
  const updated = await page.evaluate(() => window.updated);
  assert.deepEqual(askedThere(report), [587]);
  assert.deepEqual(askedThere(updated).sort(), [25, 465, 587, 993, 995, 143, 110].sort());
  assert.equal(await button.count(), 0);
  await eventually(async () =>
    assert.match(await seen(page, '.second-place'), /Port 587: here “No answer”, there “Works”\./),
  );
});

test('nothing was complained of in the console', () => {
  assert.deepEqual(complaints.flat(), []);
});
