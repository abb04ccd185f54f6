/**
 * The password check, against the demo's servers, and against servers that were in order when they were checked; and
 * that the password stays where it belongs.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, test } from 'node:test';
import { demoSettings, forwardOf, startBridge } from './bridge.mjs';
import { forge } from './middlebox.mjs';
import { check, eventually, openPage, seen, violations } from './page.mjs';
import { startSite } from './site.mjs';
import { keepMemory, memoryOf, threadOf } from './thread.mjs';
import { startStripping, startTurncoat } from './turncoat.mjs';

const PASSWORD = 'demo-password';
/** Longer than half of it: what a search for the password and its encodings looks for. */
const HALVES = ['demo-pas', 'mo-passw', 'o-password'];

const site = startSite();
let page;
let complaints;

beforeEach(async () => {
  await page?.close();
  ({ page, complaints } = await site.open());
});

const CARD = 'section[part="sign-in"] > details';

async function openCard() {
  const card = page.locator(CARD);
  if (!(await card.evaluate(({ open }) => open))) await card.locator('summary').first().click();
  await page.waitForSelector(`${CARD} .fold-body > *`);
}

/** Until what was asked for has come to its end. */
function signedIn() {
  return page.waitForFunction((selector) => {
    const { shadowRoot } = document.querySelector('mail-port-check');
    const button = shadowRoot.querySelector(`${selector} form button[type="submit"]`);
    return button?.ariaDisabled === 'false' && shadowRoot.querySelector('.sign-in-tried');
  }, CARD);
}

async function signIn(password, user) {
  await openCard();
  if (user) await page.fill('#sign-in-user', user);
  await page.fill('#sign-in-password', password);
  await page.getByRole('button', { name: 'Sign in to test' }).click();
  await signedIn();
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
  await openCard();
  assert.equal(await page.inputValue('#sign-in-user'), 'anna@demo.test');
  const result = await signIn(PASSWORD);
  assert.match(result, /Your password is right, for receiving and for sending\./);
  assert.equal(await page.locator('.sign-in-tried').count(), 2);
  assertSilent(await outlets(sent));
  assertSilent(complaints.join('\n'));
  const { origin } = new URL(page.url());
  await site.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  await page.getByRole('button', { name: 'Copy report' }).click();
  // What makes the text of a report is fetched when it is wanted.
  const copied = await eventually(async () => {
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(text, /Mail Port Check report/);
    return text;
  });
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download JSON' }).click();
  const saved = readFileSync(await (await saving).path(), 'utf8');
  for (const text of [copied, saved]) {
    assert.match(text, /imap\.demo\.test/);
    assertSilent(text);
  }
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
  await openCard();
  await page.fill('#sign-in-password', 'wrong horse battery');
  // Whoever is impatient tries once, too.
  await page.locator(`${CARD} form`).evaluate((form) => {
    form.requestSubmit();
    form.requestSubmit();
  });
  await signedIn();
  const result = await seen(page, '.sign-in-result');
  assert.match(result, /did not accept the username and password/);
  assert.doesNotMatch(result, /Your password is right/);
  assert.equal(await page.locator('.sign-in-tried').count(), 1);
  assert.equal(targets.length, 1);
  // A server that refuses a password is not called broken.
  assert.match(await seen(page, '.answer > article .status'), /^Sign-in refused$/);
  await page.getByRole('button', { name: 'Use anna', exact: true }).click();
  assert.equal(await page.inputValue('#sign-in-user'), 'anna');
  assert.equal(await page.inputValue('#sign-in-password'), 'wrong horse battery');
  assert.equal(targets.length, 1, 'nothing is tried unasked');
});

test('an app password is asked for where the server says so, and first of all on the page', async () => {
  await check(page, 'anna@app-password.demo.test');
  assert.match(await signIn(PASSWORD), /You likely need an app password/);
  assert.equal(await page.locator('[part=answer] [data-id=sign-in-app-password]').count(), 1);
  assert.match(await seen(page, '[part=headline]'), /But signing in did not work/);
  assert.deepEqual(await violations(page), []);
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
  await openCard();
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
  await eventually(async () =>
    assert.match(await seen(page, '#sign-in-error'), /First confirm that the server/),
  );
  assert.deepEqual(targets, []);
  for (const box of await page.locator('.sign-in-confirm input').all()) await box.check();
  await page.getByRole('button', { name: 'Sign in to test' }).click();
  await page.waitForSelector('.sign-in-tried');
  assert.ok(targets.length > 0);
});

test('where no server passed every check, or is vouched for, there is no form', async () => {
  for (const name of ['expired', 'self-signed', 'stranger']) {
    await check(page, `anna@${name}.demo.test`);
    await openCard();
    const fields = await page.locator('#sign-in-password').count();
    assert.equal(fields, 0, name);
  }
});

test('an embedder whose preset names a server for a domain that is not its own gets no password for it', async () => {
  const preset = { name: 'Hoster', domains: ['hoster.test'], imap: ['mx7.hoster.test'] };
  await page.evaluate(
    (text) => document.querySelector('mail-port-check').setAttribute('preset', text),
    JSON.stringify(preset),
  );
  const { settings, vantages } = await check(page, 'anna@demo.test');
  assert.deepEqual(
    [settings.incoming, settings.outgoing].map(({ server }) => server),
    ['imap.demo.test', 'smtp.demo.test'],
  );
  const asked = vantages[0].probes.map(({ target }) => target.name);
  assert.ok(asked.length > 0 && asked.every((name) => name.endsWith('demo.test')), asked.join());
  const said = await signIn(PASSWORD);
  assert.match(said, /imap\.demo\.test/);
  assert.doesNotMatch(said, /hoster/);
});

test('an embed has the form only where its page allows it', async () => {
  const { page: embed } = await site.open('embed.html');
  await check(embed, 'anna@demo.test');
  const opened = async () => {
    await embed.locator('details[data-fold=trouble] > summary').click();
    await embed.waitForSelector('details[data-fold=trouble] [part=sign-in] > :nth-child(2)');
  };
  await opened();
  assert.equal(await embed.locator('#sign-in-password').count(), 0);
  await embed.goto(`${site.url}embed.html?allow-sign-in`);
  await check(embed, 'anna@demo.test');
  await opened();
  assert.equal(await embed.locator('#sign-in-password').count(), 1);
  await embed.close();
});

/** A part of a test that shares its page, named where it fails. */
async function step(name, run) {
  try {
    await run();
  } catch (error) {
    throw new Error(`${name}: ${error.message}`, { cause: error });
  }
}

/** A domain whose servers change sides after the check. */
const TURNED = 'implicit-only.demo.test';
/** … and one that sends through STARTTLS, which somebody on the way takes out. */
const STRIPPED = 'usual-names.demo.test';

test('nothing is told to servers that were in order when they were checked, and no longer are', async () => {
  const secretsOf = (name) => {
    const file = path.join(site.folder, 'demo/certificates', name);
    return { key: readFileSync(`${file}.key`), cert: readFileSync(`${file}.pem`) };
  };
  const zone = readFileSync(path.join(site.folder, 'demo/dnsmasq.conf'), 'utf8');
  const address = (name) => new RegExp(`^host-record=${name},([^,]+)`, 'm').exec(zone)[1];
  const forward = forwardOf(await demoSettings(site.folder));
  const imap = await startTurncoat('imap', secretsOf(TURNED));
  const smtp = await startTurncoat('smtp', secretsOf(TURNED));
  const box = await startStripping(forward[`${address(`smtp.${STRIPPED}`)}:587`]);
  const instead = {
    [`${address(`imap.${TURNED}`)}:993`]: imap.port,
    [`${address(`smtp.${TURNED}`)}:465`]: smtp.port,
    [`${address(`smtp.${STRIPPED}`)}:587`]: box.port,
    [`${address(`smtp.${STRIPPED}`)}:465`]: 1,
  };
  const bridge = await startBridge(site.folder, {
    name: 'turned',
    change: (text) =>
      Object.entries(instead).reduce(
        (changed, [from, port]) =>
          changed.replace(`"${from}" = "${forward[from]}"`, `"${from}" = "127.0.0.1:${port}"`),
        text,
      ),
  });
  await page.close();
  ({ page, complaints } = await openPage(site.context, bridge.url));
  const sent = [];
  const targets = [];
  page.on('websocket', (socket) => {
    targets.push(socket.url());
    socket.on('framesent', ({ payload }) => sent.push(Buffer.from(payload).toString('latin1')));
  });
  const again = async (password = PASSWORD) => {
    // The last words of the time before may still be on their way.
    for (const server of [imap, smtp, box]) await server.left();
    for (const list of [imap.heard, smtp.heard, box.heard, sent, targets]) list.length = 0;
    return signIn(password);
  };
  const silent = async () => {
    assertSilent([...imap.heard, ...smtp.heard, ...box.heard, ...sent].join('\n'));
    assertSilent(await outlets(sent));
  };
  try {
    await check(page, `anna@${TURNED}`);
    await step('first they are in order, with TLS 1.3 and with 1.2', async () => {
      for (const maxVersion of ['TLSv1.3', 'TLSv1.2']) {
        imap.be({ maxVersion });
        smtp.be({ maxVersion });
        assert.match(await again(), /Your password is right, for receiving and for sending/);
        // What the other tests look for is what an honest server hears.
        assert.throws(() => assertSilent(imap.heard.join('')), /stands in an outlet/);
        assert.throws(() => assertSilent(smtp.heard.join('')), /stands in an outlet/);
      }
    });
    const others = {
      'signed by nobody that is known': forge(`imap.${TURNED}`),
      'for another name': secretsOf('demo.test'),
      expired: secretsOf('expired.demo.test'),
      'signed by itself': secretsOf('self-signed.demo.test'),
    };
    for (const [what, secrets] of Object.entries(others)) {
      await step(`a certificate that is ${what}`, async () => {
        imap.be({ secrets });
        const result = await again();
        assert.match(result, /We did not send your password to imap\./);
        assert.match(result, /Just now one did not: [A-Z]/);
        assert.match(await seen(page, '[part=answer]'), /We did not send your password/);
        await silent();
        assert.equal(targets.length, 1, 'the other server is not asked');
      });
    }
    imap.be();
    await step('the second server alone', async () => {
      smtp.be({ secrets: forge(`smtp.${TURNED}`) });
      assert.match(await again(), /We did not send your password to smtp\./);
      assertSilent([...smtp.heard, ...sent].join('\n'));
      smtp.be();
    });
    await step('a server that wants the handshake again', async () => {
      imap.be({ maxVersion: 'TLSv1.2', renegotiating: true });
      // It is refused (RFC 5746 5), and what was agreed on holds.
      assert.match(await again(), /Your password is right, for receiving/);
      assert.ok(imap.asked > 0);
      assertSilent(sent.join('\n'));
      imap.be();
    });
    await step('a referral is not followed', async () => {
      const elsewhere = [
        'NO [REFERRAL imap://imap.demo.test/] not here, LOGIN failed',
        'NO [ALERT] 551 User not local; please try imap.demo.test',
      ];
      for (const says of elsewhere) {
        imap.be({ says });
        assert.match(await again(), /for a reason that we do not know/);
        assert.equal(targets.length, 1);
      }
      smtp.be({ says: '551 User not local; please try <smtp.demo.test>' });
      imap.be();
      assert.match(await again(), /smtp\S* refused the sign-in for a reason/);
      assert.equal(targets.length, 2);
      smtp.be();
    });
    await step('a server that is out of patience ends it for both', async () => {
      imap.be({ says: 'NO [LIMIT] Rate limit hit' });
      assert.match(await again(), /Sign-in is paused for a while/);
      assert.equal(smtp.heard.length, 0);
      imap.be();
      // Not even another check is a way around it.
      await check(page, `anna@${TURNED}`);
      await openCard();
      await page.fill('#sign-in-password', PASSWORD);
      targets.length = 0;
      await page.getByRole('button', { name: 'Sign in to test' }).click();
      await eventually(async () =>
        assert.match(await seen(page, '#sign-in-error'), /wait fifteen minutes/),
      );
      assert.deepEqual(targets, []);
    });
    await step('STARTTLS that somebody took out', async () => {
      await check(page, `anna@${STRIPPED}`);
      box.strips = true;
      const result = await again();
      assert.match(result, /Signing in works/);
      assert.match(result, /Just now one did not: No encryption/);
      assert.ok(box.heard.some((text) => /^EHLO /.test(text)));
      assertSilent([...box.heard, ...sent].join('\n'));
    });
    assertSilent(complaints.join('\n'));
  } finally {
    await bridge.stop();
    for (const server of [imap, smtp, box]) await server.stop();
  }
});

test('when the card was left, the memory of the tab holds nothing of the password', async () => {
  const typed = 'Zebra-Quittung-7';
  await page.close();
  page = await site.context.newPage();
  await keepMemory(page);
  await page.goto(site.url);
  await check(page, 'anna@demo.test');
  await openCard();
  await page.locator('#sign-in-password').pressSequentially(typed);
  await page.keyboard.press('Enter');
  await signedIn();
  await page.locator(`${CARD} > summary`).click();
  await page.waitForFunction(
    () =>
      document.querySelector('mail-port-check').shadowRoot.querySelector('#sign-in-password')
        .value === '',
  );
  // Nor does undoing bring it back.
  await page.locator(`${CARD} > summary`).click();
  await page.locator('#sign-in-password').focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('Control+z');
  assert.equal(await page.inputValue('#sign-in-password'), '');
  const client = await page.context().newCDPSession(page);
  const parts = [];
  client.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => parts.push(chunk));
  await client.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  const heap = parts.join('').toLowerCase();
  assert.ok(heap.includes('anna@demo.test'), 'what was typed beside it is in there');
  const thread = await threadOf(page);
  const threadHeap = (await thread.heap()).toLowerCase();
  assert.ok(threadHeap.includes('wantsfollowup'), 'names of its script are in there');
  const wanted = [typed.slice(0, 8), typed.slice(8)].flatMap(forms);
  for (const form of wanted) {
    assert.ok(!heap.includes(form.toLowerCase()), `${form} is in the heap`);
    assert.ok(!threadHeap.includes(form.toLowerCase()), `${form} is in the heap of the thread`);
  }
  // The demo's root is in the core's memory, so the search finds what is there.
  const root = 'Mail Port Check Demo';
  const { size, found } = await memoryOf(page, [...wanted, root]);
  assert.ok(size > 1_000_000, String(size));
  assert.deepEqual(found, [root]);
});
