/**
 * What a reader is told to do on each of the demo's domains: one sentence and one step, by whoever can
 * take it, in few words, and everything else folded.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, rowOf, seen, wordsShown } from './page.mjs';
import { startSite } from './site.mjs';

/** Before the fold-outs. */
const WORDS_BROKEN = 250;
const WORDS_HEALTHY = 150;

const YOU = 'you';
const PROVIDER = 'provider';
const NETWORK = 'network';
const READY = /^Use these settings for \S+: receiving and sending both work\.$/;
const NEITHER = /^Neither receiving nor sending passed the test for /;
const NO_SENDING = /^Receiving works for \S+, but no port for sending passed the test\.$/;
const NO_RECEIVING = /^Sending works for \S+, but no port for receiving passed the test\.$/;

/** Their servers say nothing for as long as a check waits: those checks begin first, each on a page of its own. */
const SILENT = [
  'silent-everywhere.demo.test',
  'older-silent.demo.test',
  'port25-blocked.demo.test',
];

let page;
let complaints;
const othersComplaints = [];
/** Address → what will be told of it. */
const begun = new Map();

startSite(async ({ open }) => {
  ({ page, complaints } = await open());
  for (const domain of SILENT) {
    const own = await open();
    const address = `anna@${domain}`;
    const result = toldOn(own.page, address);
    othersComplaints.push(own.complaints);
    // Whoever asks for it hears of a failure.
    result.catch(() => {});
    begun.set(address, result);
  }
});

/** What the page says of this address. */
function told(address) {
  return begun.get(address) ?? toldOn(page, address);
}

/** The headline, the title of the card, what it says to do, and who does it; and what is folded. */
async function toldOn(page, address) {
  const report = await check(page, address);
  const step = '.answer > article.problem';
  return {
    report,
    headline: await seen(page, '#answer-title'),
    cards: await page.locator(step).count(),
    title: await seen(page, `${step} h3`),
    step: await seen(page, `${step} .to-do`),
    who: await page.$$eval(`${step} .problem-who li`, (found) =>
      found.map(({ dataset }) => dataset.party ?? 'nobody'),
    ),
    words: await wordsShown(page),
    text: await seen(page, 'mail-port-check .root'),
    folded: await foldedOn(page),
  };
}

/** Of what is folded: the ids of the notes and cards, and whether somebody is asked. */
function foldedOn(page) {
  return page.$$eval('[part=problems] [data-id]', (entries) =>
    entries.map(({ dataset, textContent }) => [dataset.id, /Who can fix it/.test(textContent)]),
  );
}

/** Domain → headline, title of the card, who; and what its one step says. */
const EXPECTED = {
  'expired.demo.test': [NEITHER, /certificates of smtp\.expired.* expired on/, [PROVIDER]],
  'not-yet-valid.demo.test': [
    NEITHER,
    /only valid from/,
    [PROVIDER],
    /^What to do: Tell your provider/,
  ],
  'self-signed.demo.test': [NEITHER, /signed by themselves/, [PROVIDER]],
  'unknown-issuer.demo.test': [NEITHER, /unknown authority/, [PROVIDER, NETWORK]],
  'stranger.demo.test': [NEITHER, /carry different names/, [YOU, PROVIDER], /Ask your provider/],
  'old-tls.demo.test': [NEITHER, /out of date/, [PROVIDER]],
  'web.demo.test': [NEITHER, /did not come from a mail server/, [PROVIDER, NETWORK]],
  'refused-everywhere.demo.test': [
    NEITHER,
    /^No mail server answered at/,
    [YOU, NETWORK],
    /in another network.* If it fails there, too, ask your provider/,
  ],
  'refused.demo.test': [
    NO_SENDING,
    /^Connections to smtp\.refused\.demo\.test are refused on ports 465 and 587$/,
    [PROVIDER],
    /in another network.* tell your provider that ports 465 and 587 of smtp\.refused\.demo\.test refused/,
  ],
  'plaintext.demo.test': [
    NO_RECEIVING,
    /^There is no encryption on ports/,
    [PROVIDER],
    /Do not sign in there/,
  ],
  'plain-submission.demo.test': [
    NO_SENDING,
    /^There is no encryption on port 587$/,
    [PROVIDER],
    /Ask your provider to switch the encryption on\.$/,
  ],
  'silent-everywhere.demo.test': [
    /^No mail server for silent-everywhere\.demo\.test answered/,
    /is down, or something on the way blocks mail$|are down, or something/,
    [YOU, PROVIDER, NETWORK],
    /See if your mail app works\. .* in another network/,
  ],
  'website.demo.test': [
    /^We found no mail server for website\.demo\.test/,
    /names no mail server/,
    [YOU, PROVIDER],
    /Check the part after the @/,
  ],
  'no-such-domain.demo.test': [
    /^The domain no-such-domain\.demo\.test does not exist/,
    /A letter in no-such-domain\.demo\.test is probably wrong/,
    [YOU],
  ],
  'name-servers-down.demo.test': [
    /^Neither receiving nor sending could be tested/,
    /cannot be found, because the name servers of the domain fail$/,
    [PROVIDER],
  ],
  'takes-no-mail.demo.test': [
    /^Receiving and sending work in your mail app, but takes-no-mail\.demo\.test takes no new mail\.$/,
    /^takes-no-mail\.demo\.test takes no new mail$/,
    [PROVIDER],
  ],
  'no-mail.demo.test': [
    /neither receives nor sends mail/,
    /does not receive mail/,
    [YOU, PROVIDER],
  ],
  'odd-port.demo.test': [
    /^Sending works for \S+, but receiving could not be tested/,
    /on a port that we cannot/,
    [YOU],
  ],
  'busy.demo.test': [/could be tested/, /asked us to come back later/, ['nobody']],
  'imap-expired.demo.test': [
    /^Sending works for \S+, but receiving only by POP3: IMAP fails\.$/,
    /^The certificate of imap\.imap-expired\.demo\.test expired on/,
    [PROVIDER],
    /^What to do: Tell your provider/,
  ],
  'bücher.demo.test': [
    /^Receiving works for bücher\.demo\.test, but no port for sending passed the test\.$/,
    /^Connections to smtp\.bücher\.demo\.test are refused on ports 465 and 587$/,
    [PROVIDER],
  ],
  'incomplete-chain.demo.test': [/work with most apps/, /Incomplete certificate chain/, [PROVIDER]],
};

for (const [domain, [headline, title, who, step = /./]] of Object.entries(EXPECTED)) {
  test(`${domain}: one sentence, one step, and who takes it`, async () => {
    const said = await told(`anna@${domain}`);
    assert.match(said.headline, headline);
    assert.equal(said.cards, 1);
    assert.match(said.title, title);
    assert.match(said.step, step);
    assert.deepEqual(said.who, who);
    assert.ok(said.words < WORDS_BROKEN, `${said.words} words`);
  });
}

/** Domains on which receiving and sending work: what else was found is folded. */
const WORKING = [
  'demo.test',
  'usual-names.demo.test',
  'srv-only.demo.test',
  'alias.demo.test',
  'implicit-only.demo.test',
  'older-refused.demo.test',
  'older-silent.demo.test',
  'no-mx.demo.test',
  'port25-blocked.demo.test',
  'tls13-only.demo.test',
  'pop3-only.demo.test',
  'starttls-only.demo.test',
  'token.demo.test',
];
/** The same, with problems that the settings avoid, or with a caution. */
const AVOIDED = [
  'hosted.demo.test',
  'wrong-name.demo.test',
  'moved.demo.test',
  'swapped.demo.test',
];

for (const domain of [...WORKING, ...AVOIDED]) {
  test(`${domain}: the settings, and nothing to do first`, async () => {
    const said = await told(`anna@${domain}`);
    assert.match(said.headline, READY);
    assert.equal(said.cards, 0);
    const most = WORKING.includes(domain) ? WORDS_HEALTHY : WORDS_BROKEN;
    assert.ok(said.words < most, `${said.words} words`);
  });
}

test('POP3 is said to be POP3, and why it is not IMAP', async () => {
  await told('pop3-only.demo.test');
  assert.match(
    await seen(page, '.side'),
    /POP3 downloads mail to one device\. IMAP is not offered/,
  );
  await told('imap-expired.demo.test');
  assert.match(await seen(page, '.side'), /Use it only if you cannot wait for IMAP/);
});

test('where only OAuth2 is taken, no password is asked for', async () => {
  await told('token.demo.test');
  assert.match(await seen(page, '.card-foot'), /Password: none\. This server takes no passwords/);
  assert.doesNotMatch(await seen(page, '.side'), /Normal password/);
});

test('older ports that are closed ask nobody, whether they refuse or are silent', async () => {
  for (const domain of ['older-refused.demo.test', 'older-silent.demo.test']) {
    const { report, folded } = await told(`anna@${domain}`);
    assert.deepEqual(folded, [['older-port-off', false]], domain);
    assert.equal(rowOf(report, 143).status, 'not-offered');
  }
});

test('without an exchanger port 25 is nobody\u2019s problem', async () => {
  const { folded } = await told('no-mx.demo.test');
  assert.ok(folded.every(([, asks]) => !asks));
});

test('a problem is told once, not again for port 25', async () => {
  const { report, folded } = await told('stranger.demo.test');
  assert.equal(rowOf(report, 25).findings[0].id, 'certificate-name-mismatch');
  assert.deepEqual(folded, []);
});

test('only what was proved is advised: no STARTTLS where there is none', async () => {
  const { text } = await told('plaintext.demo.test');
  assert.doesNotMatch(text, /Choose STARTTLS/);
});

test('what else works is named with its server, and no row is said to work that is red', async () => {
  const { text, report } = await told('hosted.demo.test');
  assert.equal(rowOf(report, 995).status, 'broken');
  assert.doesNotMatch(text, /Open (?:its|their) row/);
  const others = await seen(page, '.alternatives li');
  assert.match(others, /POP3, mx7\.hoster\.test, 995, SSL\/TLS/);
});

test('what is folded opens by keyboard, and is printed', async () => {
  await told('refused.demo.test');
  const cause = page.locator('.answer .why p').first();
  assert.equal(await cause.isVisible(), false);
  await page.locator('.answer .why summary').focus();
  await page.keyboard.press('Enter');
  await cause.waitFor();
  const table = page.locator('[part=ports] table.ports');
  assert.equal(await table.isVisible(), false);
  await page.emulateMedia({ media: 'print' });
  const height = await table.evaluate((element) => element.getBoundingClientRect().height);
  await page.emulateMedia({ media: null });
  assert.ok(height > 0, 'printed');
});

test('nothing was complained of in the console', () => {
  assert.deepEqual([complaints, ...othersComplaints].flat(), []);
});
