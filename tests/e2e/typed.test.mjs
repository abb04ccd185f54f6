/** The fold below the address: settings and error messages, checked against the demo's domains. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { reportAfter, violations } from './page.mjs';
import { startSite } from './site.mjs';

const site = startSite();
let page;
let complaints;

beforeEach(async () => {
  await page?.close();
  ({ page, complaints } = await site.open());
});

async function unfold() {
  const fold = page.locator('details.more-ask');
  if (!(await fold.evaluate((element) => element.open))) await fold.locator('summary').click();
}

/** Fills one side: 'imap imap.demo.test 993 starttls'. */
async function typeSide(text) {
  const [protocol, server, port, security] = text.split(' ');
  const side = protocol === 'smtp' ? 'outgoing' : 'incoming';
  await unfold();
  if (side === 'incoming') await page.selectOption('#incoming-protocol', protocol);
  await page.fill(`#${side}-server`, server);
  await page.fill(`#${side}-port`, port);
  await page.selectOption(`#${side}-security`, security);
}

/** Presses the button in the fold and waits for the report. */
function checkThese() {
  return reportAfter(page, () => page.getByRole('button', { name: 'Check these' }).click());
}

/** `{server: 'right', port: 'right', security: 'wrong STARTTLS → SSL/TLS'}` as the page shows them. */
function shownValues(side) {
  return page.$$eval(`[data-side="${side}"] tr[data-value]`, (rows) =>
    Object.fromEntries(
      rows.map((row) => [
        row.dataset.value,
        `${row.dataset.mark} ${row.cells[2]?.innerText ?? ''}`.trim(),
      ]),
    ),
  );
}

const WRONG = {
  'the security, SSL/TLS port': {
    typed: 'imap imap.demo.test 993 starttls',
    side: 'incoming',
    values: {
      protocol: 'right IMAP',
      server: 'right imap.demo.test',
      port: 'right 993',
      security: 'wrong SSL/TLS',
    },
    says: /Wrong: security/,
  },
  'the security, STARTTLS port': {
    typed: 'smtp smtp.demo.test 587 ssl',
    side: 'outgoing',
    values: { server: 'right smtp.demo.test', port: 'right 587', security: 'wrong STARTTLS' },
    says: /Choose STARTTLS\. We tested exactly that, and it works\./,
  },
  'the security, on a server that is unlike others': {
    typed: 'smtp smtp.swapped.demo.test 465 ssl',
    side: 'outgoing',
    values: {
      server: 'right smtp.swapped.demo.test',
      port: 'right 465',
      security: 'wrong STARTTLS',
    },
    says: /Wrong: security/,
  },
  'the port': {
    typed: 'imap imap.implicit-only.demo.test 143 starttls',
    side: 'incoming',
    values: {
      protocol: 'right IMAP',
      server: 'right imap.implicit-only.demo.test',
      port: 'wrong 993',
      security: 'wrong SSL/TLS',
    },
    says: /Wrong: port and security/,
  },
  'the port, which belongs to another protocol': {
    typed: 'imap imap.demo.test 995 ssl',
    side: 'incoming',
    values: {
      protocol: 'right IMAP',
      server: 'right imap.demo.test',
      port: 'wrong 993',
      security: 'right SSL/TLS',
    },
    says: /Use port 993\./,
  },
  'the name, which does not exist': {
    typed: 'smtp smpt.demo.test 587 starttls',
    side: 'outgoing',
    values: { server: 'wrong smtp.demo.test', port: 'right 587', security: 'right STARTTLS' },
    says: /There is no server called smpt\.demo\.test\./,
  },
  'the name, which is another server': {
    typed: 'smtp smtp.moved.demo.test 587 starttls',
    side: 'outgoing',
    values: { server: 'wrong mail.moved.demo.test', port: 'right 587', security: 'right STARTTLS' },
    says: /Wrong: server name/,
  },
  'the name, by its certificate': {
    typed: 'imap imap.wrong-name.demo.test 993 ssl',
    side: 'incoming',
    values: {
      protocol: 'right IMAP',
      server: 'wrong mail.demo.test',
      port: 'right 993',
      security: 'right SSL/TLS',
    },
    says: /Use mail\.demo\.test as server name\./,
  },
};
for (const [what, { typed, side, values, says }] of Object.entries(WRONG)) {
  test(`wrong is ${what}: ${typed}`, async () => {
    await typeSide(typed);
    const report = await checkThese();
    assert.deepEqual(await shownValues(side), values);
    assert.match(await page.locator(`[data-side="${side}"]`).innerText(), says);
    const [entry] = report.typed;
    assert.equal(entry.outcome, 'wrong');
    const wrong = Object.keys(values).filter((name) => values[name].startsWith('wrong'));
    assert.deepEqual(entry.wrong, wrong);
    // What is recommended was held as a conversation, and is in the report.
    const proofs = [...entry.probes, ...report.vantages[0].probes].filter(
      ({ target, trusted }) =>
        trusted &&
        target.name === entry.use.server &&
        target.port === entry.use.port &&
        target.mode === entry.use.mode,
    );
    assert.ok(proofs.length > 0, 'proved');
    assert.deepEqual(complaints, []);
  });
}

test('right values are said to be right, together with an address', async () => {
  await page.fill('#address', 'anna@demo.test');
  await typeSide('imap imap.demo.test 993 ssl');
  await typeSide('smtp smtp.demo.test 587 auto');
  const report = await checkThese();
  assert.equal(report.domain, 'demo.test');
  assert.equal(report.host, null);
  assert.deepEqual(
    report.typed.map(({ outcome }) => outcome),
    ['right', 'right'],
  );
  assert.deepEqual(await shownValues('outgoing'), {
    server: 'right',
    port: 'right',
    security: 'right',
  });
  assert.ok(!JSON.stringify(report).includes('anna'), 'nothing from before the @');
  assert.deepEqual(complaints, []);
});

test('no encryption is called unsafe, whether the server allows it or not', async () => {
  await typeSide('imap imap.cleartext.demo.test 143 none');
  await typeSide('smtp smtp.demo.test 465 none');
  const report = await checkThese();
  assert.deepEqual(
    report.typed.map(({ outcome, wrong }) => `${outcome} ${wrong}`),
    ['unsafe security', 'wrong security'],
  );
  assert.equal((await shownValues('incoming')).security, 'unsafe STARTTLS');
  assert.equal((await shownValues('outgoing')).security, 'wrong SSL/TLS');
});

test('port 25 is not for mail apps; another port is not tested, and not called broken', async () => {
  await typeSide('smtp mail.demo.test 25 starttls');
  const relay = await checkThese();
  assert.deepEqual(relay.typed[0].wrong, ['port']);
  assert.match(
    await page.locator('[data-side="outgoing"]').innerText(),
    /Port 25 is for mail servers/,
  );

  await typeSide('smtp smtp.demo.test 2525 starttls');
  const other = await checkThese();
  assert.equal(other.typed[0].outcome, 'other-port');
  assert.deepEqual(other.typed[0].wrong, []);
  const text = await page.locator('[data-side="outgoing"]').innerText();
  assert.match(text, /Port 2525 cannot be tested from here/);
  assert.match(text, /Use port 587\. We tested exactly that/);
});

test('a server in trouble is not blamed on the values, nor is a bridge on the server', async () => {
  await typeSide('imap imap.expired.demo.test 993 ssl');
  const report = await checkThese();
  assert.equal(report.typed[0].outcome, 'trouble');
  assert.equal(report.typed[0].findings[0].id, 'certificate-expired');

  await page.evaluate(() =>
    document.querySelector('mail-port-check').setAttribute('bridge', 'ws://localhost:9/bridge'),
  );
  const lost = await checkThese();
  assert.equal(lost.typed[0].outcome, 'not-tested');
});

const PASTED = {
  confirmed: [
    ['no-starttls.demo.test', 'The server does not support STARTTLS', /ports 587, 143, and 110/],
    ['refused.demo.test', 'smtp.refused.demo.test:587: Connection refused', /port 587 of smtp/],
    ['expired.demo.test', 'verify error:num=10:certificate has expired, port 993', /port 993/],
    [
      'wrong-name.demo.test',
      "Hostname/IP does not match certificate's altnames, port: 465",
      /port 465/,
    ],
    ['swapped.demo.test', 'wrong version number (smtp)', /port 465/],
  ],
  refuted: [
    ['demo.test', 'Connection refused on port 587', /It looked at port 587/],
    ['demo.test', 'SSL: certificate verify failed (imap)', /ports 993, 995, 143, and 110/],
    ['demo.test', 'Outlook 0x80042109', /ports 465 and 587/],
  ],
  untestable: [
    ['demo.test', 'a2 NO [AUTHENTICATIONFAILED] Authentication failed.', /You can find out here/],
    ['demo.test', '554 5.7.1 Relay access denied', /sends no mail/],
  ],
  unknown: [['demo.test', 'The dog ate my mail', /The check of your mail server is below/]],
};
for (const [outcome, cases] of Object.entries(PASTED)) {
  for (const [domain, text, says] of cases) {
    test(`a pasted message is ${outcome}: ${text}`, async () => {
      await page.fill('#address', domain);
      await unfold();
      await page.fill('#pasted', `${text} (account of anna@example.org, password hunter2)`);
      const report = await checkThese();
      const card = page.locator('.pasted');
      assert.equal(await card.getAttribute('data-outcome'), outcome);
      assert.match(await card.innerText(), says);
      assert.equal(report.pasted.outcome, outcome);
      assert.doesNotMatch(JSON.stringify(report), /hunter2|anna/);
      assert.doesNotMatch(page.url(), /hunter2|anna/);
      assert.match(await card.innerText(), /hunter2/, 'shown to who pasted it');
      assert.equal(report.vantages[0].rows.length, 7);
      assert.deepEqual(complaints, []);
    });
  }
}

test('a message with a server fills its side, and needs no address', async () => {
  await unfold();
  await page.fill(
    '#pasted',
    'The connection to the server “imap.swapped.demo.test” on port 993 timed out.',
  );
  await page.locator('.reading').getByText('No answer came in time').waitFor();
  assert.equal(await page.inputValue('#incoming-server'), 'imap.swapped.demo.test');
  assert.equal(await page.inputValue('#incoming-port'), '993');
  const report = await checkThese();
  assert.equal(report.host, 'imap.swapped.demo.test');
  assert.equal(report.typed[0].outcome, 'right');
  assert.equal(report.pasted.outcome, 'refuted');
});

test('hostile text is shown as text, and neither moves nor leaves the page', async () => {
  await page.fill('#address', 'demo.test');
  await unfold();
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('websocket', (socket) => requests.push(socket.url()));
  await page.fill(
    '#pasted',
    `<img src=x onerror="window.owned=1"> \u202etxt\u0007 Connection refused ${'<b>'.repeat(40_000)}`,
  );
  const report = await checkThese();
  assert.equal(report.pasted.cause, 'connect-refused');
  assert.equal(await page.evaluate(() => window.owned), undefined);
  assert.match(await page.locator('.pasted blockquote').innerText(), /<img src=x/);
  assert.ok((await page.locator('.pasted blockquote').innerText()).length <= 400);
  assert.ok(requests.length > 0 && requests.every((url) => !url.includes('onerror')));
});

test('mistakes are named at their field, and nothing is asked of anybody', async () => {
  let sockets = 0;
  page.on('websocket', () => (sockets += 1));
  await unfold();
  await page.fill('#outgoing-server', 'anna@demo.test');
  await page.fill('#outgoing-port', '99999');
  await page.getByRole('button', { name: 'Check these' }).click();
  await page.waitForSelector('#outgoing-server-error');
  assert.match(await page.innerText('#outgoing-server-error'), /This is an email address/);
  assert.match(await page.innerText('#outgoing-port-error'), /from 1 to 65535/);
  assert.equal(await page.getAttribute('#outgoing-server', 'aria-invalid'), 'true');
  await page.waitForFunction(
    () =>
      document.querySelector('mail-port-check').shadowRoot.activeElement?.id === 'outgoing-server',
  );
  await page.fill('#outgoing-server', '');
  await page.fill('#outgoing-port', '');
  await page.fill('#pasted', 'Connection refused');
  await page.getByRole('button', { name: 'Check these' }).click();
  await page.waitForSelector('#address-error:not([hidden])');
  assert.match(await page.innerText('#address-error'), /so that we know which server/);
  assert.equal(sockets, 0);
});

test('a folded form asks for nothing, and an example folds it', async () => {
  await typeSide('smtp nobody-has-this.test 587 ssl');
  await page.locator('details.more-ask > summary').click();
  await page.fill('#address', 'demo.test');
  await page.press('#address', 'Enter');
  await page.waitForSelector('#answer-title');
  assert.equal(await page.locator('#typed-title').count(), 0);
});

test('the keyboard is enough, and the reader is led to the verdict', async () => {
  const press = (...keys) =>
    keys.reduce((pressed, key) => pressed.then(() => page.keyboard.press(key)), Promise.resolve());
  await page.focus('#address');
  await press('Tab', 'Tab', 'Enter');
  await page.waitForSelector('#incoming-server');
  await press('Tab', 'Tab');
  await page.keyboard.type('imap.demo.test');
  await press('Tab');
  await page.keyboard.type('993');
  await press('Tab');
  await page.keyboard.type('START');
  await press('Shift+Tab', 'Enter');
  await page.waitForFunction(
    () => document.querySelector('mail-port-check').shadowRoot.activeElement?.id === 'typed-title',
  );
  assert.equal((await shownValues('incoming')).security, 'wrong SSL/TLS');
});

for (const colorScheme of ['light', 'dark']) {
  test(`the fold and its results are accessible in ${colorScheme} colours`, async () => {
    await page.emulateMedia({ colorScheme });
    await typeSide('imap imap.demo.test 993 ssl');
    await page.fill('#incoming-server', 'a b.test');
    await page.getByRole('button', { name: 'Check these' }).click();
    await page.waitForSelector('#incoming-server-error');
    assert.deepEqual(await violations(page), []);
    await typeSide('imap imap.demo.test 993 starttls');
    await typeSide('smtp smtp.demo.test 2525 none');
    await page.fill('#pasted', 'Connection refused');
    await checkThese();
    await page.waitForSelector('#pasted-title');
    assert.deepEqual(await violations(page), []);
  });
}

test('on a phone nothing is wider than the screen', async () => {
  await page.setViewportSize({ width: 320, height: 640 });
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await typeSide('imap imap.wrong-name.demo.test 993 starttls');
  await typeSide('smtp this-is-a-rather-long-name-of-a-server.wrong-name.demo.test 587 none');
  await page.fill('#pasted', `Connection refused ${'x'.repeat(300)}`);
  assert.equal(await overflow(), 0);
  await checkThese();
  await page.waitForSelector('#typed-title');
  assert.equal(await overflow(), 0);
});
