import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pastedOf } from '../../../web/report/pasted.js';
import { detailsOf } from '../../../web/report/port-details.js';
import { present } from '../../../web/report/presentation.js';
import { problemsOf } from '../../../web/report/told-problems.js';
import { attempt, outcome, rowsOf } from '../fixtures/outcomes.js';
import { setting } from '../fixtures/proved.js';
import { problems } from '../../../web/verdict/problems.js';
import { providerById } from '../../../web/discover/providers.js';
import { proveSettings } from '../../../web/verdict/settings.js';
import { createWords } from '../../../web/i18n/words.js';
import { locale, tables } from '../fixtures/tables.js';

const words = createWords(locale);
const DOMAIN = 'example.test';

const provedSettings = (rows = rowsOf()) =>
  proveSettings({ tables, rows, vouching: { domain: DOMAIN } });

/** What is shown of a check with these outcomes, in a state that differs by `change`. */
function shown(special = {}, change = {}) {
  const rows = rowsOf(special);
  const state = {
    phase: 'done',
    domain: DOMAIN,
    target: DOMAIN,
    mailbox: null,
    rows,
    settings: provedSettings(rows),
    problems: problems(rows, tables),
    summary: { nullMx: false, elsewhere: [], own: false, published: true, autoconfig: true },
    provider: null,
    checked: [],
    pasted: null,
    saved: null,
    app: 'thunderbird',
    guide: false,
    open: new Set(),
    versions: new Map(),
    ...change,
  };
  return present(state, tables, { detailsOf, pastedOf, problemsOf });
}
const opened = (special, port, change) =>
  shown(special, { open: new Set([port]), ...change }).rows.get(port);

/** Every `{key, args}` in what is shown has words. */
function assertWords(node, path = 'result') {
  if (typeof node !== 'object' || node === null || path.endsWith('.report')) return;
  if (typeof node.key === 'string' && node.args && node.key.includes('.')) {
    assert.doesNotMatch(words.say(node.key, { provider: 'x', ...node.args }), /\{\w+\}/, path);
  }
  for (const [name, value] of Object.entries(node)) assertWords(value, `${path}.${name}`);
}

test('before anything is known nothing is shown, and nothing is missing', () => {
  const nothing = { incoming: null, outgoing: null, alternatives: [] };
  const result = shown(
    {},
    { phase: 'idle', rows: [], problems: [], settings: nothing, summary: null },
  );
  assert.equal(result.rows.size, 0);
  assert.equal(result.password, null);
  assert.equal(result.progress, null);
  assert.deepEqual(result.problems, {
    step: null,
    fixes: [],
    notes: [],
    avoidable: false,
  });
  assert.equal(result.sides.incoming.status, 'not-offered');
  assertWords(result);
});

test('a domain on which everything works', () => {
  const result = shown();
  assert.equal(result.answer.key, 'ready');
  assert.deepEqual(result.answer.title, {
    key: 'answer.ready',
    args: { domain: DOMAIN, provider: undefined },
  });
  assert.equal(result.sides.incoming.status, 'works');
  assert.equal(result.sides.incoming.confirmed, true);
  assert.equal(result.progress, 'running.bothWork');
  assert.equal(result.password.text.key, 'answer.passwordText');
  assert.equal(result.password.help, null);
  assert.equal(result.rows.get(993).act, 'none');
  assert.equal(result.rows.get(993).finding, null);
  assert.ok(result.rows.get(993).ms > 0);
  assert.deepEqual(result.rows.get(993).conversations, [], 'closed');
  assertWords(result);
});

test('the address that was typed tells the user name', () => {
  const mailbox = { address: 'anna@example.test', localPart: 'anna' };
  assert.equal(shown({}, { mailbox }).sides.incoming.username, 'anna@example.test');
  assert.equal(shown().sides.incoming.username, undefined);
});

test('settings of a file that nobody vouches for are claimed, and never confirmed', () => {
  const settings = provedSettings();
  const incoming = { ...settings.incoming, vouched: null };
  const result = shown({}, { settings: { ...settings, incoming }, saved: 'report.json' });
  assert.equal(result.answer.key, 'claimed');
  assert.equal(result.answer.ours, false);
  assert.equal(result.answer.lead.key, 'answer.claimedLead');
  assert.equal(result.sides.incoming.confirmed, false);
  assert.equal(result.sides.incoming.source.key, 'answer.claimedSource');
  assert.equal(result.problems.avoidable, false);
  assert.equal(result.files.autoconfig, null);
});

test('where a server name comes from', () => {
  const source = (change) => {
    const settings = provedSettings();
    const incoming = { ...settings.incoming, ...change };
    return shown({}, { settings: { ...settings, incoming } }).sides.incoming.source;
  };
  assert.equal(source({ source: 'published', vouched: 'domain' }).key, 'answer.source.published');
  assert.deepEqual(source({ source: 'published', vouched: 'records' }), {
    key: 'answer.publishedBy',
    args: { domain: DOMAIN, record: 'SRV' },
  });
  assert.equal(source({ source: 'certificate', vouched: 'records' }).args.record, 'CNAME');
  assert.equal(source({ source: 'certificate', vouched: 'person' }).key, 'answer.source.typed');
  assert.deepEqual(source({ server: 'imap.gmx.net', source: 'provider', vouched: 'provider' }), {
    key: 'answer.source.provider',
    args: { provider: 'GMX' },
  });
  assert.equal(source({ source: 'provider', vouched: 'provider' }).key, 'answer.source.usual');
});

test('a problem comes with who does what, what to type, and where to read more', () => {
  const refused = { imaps: outcome('imaps', [attempt('imaps', ['certificate-expired'])]) };
  const { fixes, notes } = shown(refused, { guide: true }).problems;
  assert.deepEqual(
    fixes.map(({ id, guide, toType, tasks }) => [id, guide, toType, tasks]),
    [
      [
        'certificate-expired',
        'error-certificate',
        null,
        [{ party: 'provider', task: 'certificate' }],
      ],
    ],
  );
  assert.deepEqual(notes, []);
  assert.equal(shown(refused).problems.fixes[0].guide, null, 'only the page has the text');
  assert.equal(shown(refused).rows.get(993).act, 'fix');
  assert.equal(shown(refused).rows.get(993).finding.id, 'certificate-expired');
});

test('the first step stands by itself, with the provider by its name', () => {
  const refused = (name) =>
    outcome(name, [attempt(name, ['connect-refused'], { host: 'smtp.gmail.com' })]);
  const sending = { submissions: refused('submissions'), submission: refused('submission') };
  const { step, fixes, notes } = shown(sending).problems;
  assert.deepEqual(
    [step.id, step.provider, fixes, notes],
    ['connect-refused', 'Google Workspace', [], []],
  );
  assert.equal(shown(sending).answer.lead.key, 'unready.receiveOnlyLead');
  const every = ['submissions', 'submission', 'imaps', 'imap', 'pop3s', 'pop3'];
  const nothing = shown(Object.fromEntries(every.map((name) => [name, refused(name)])));
  assert.deepEqual([nothing.answer.key, nothing.answer.lead], ['nothing', null]);
});

test('there is one countdown, at the first thing that the bridge refused', () => {
  const refused = (name, args) =>
    outcome(name, [attempt(name, [{ id: 'bridge-busy', args: { close: 'rate', ...args } }])]);
  const waiting = ({ step, fixes, notes }) =>
    [step, ...fixes, ...notes].filter((one) => one?.waits).map(({ args }) => args.of);
  const one = refused('imaps', { of: 'client', retry: 40 });
  const other = refused('submissions', { of: 'target', retry: 9 });
  assert.deepEqual(waiting(shown({ imaps: one, submissions: other }).problems), ['target']);
  assert.deepEqual(waiting(shown({ imaps: refused('imaps', { of: 'client' }) }).problems), []);
});

test('the steps of a conversation are in the order in which they happened', () => {
  const phases = (port) => opened({}, port).conversations[0].steps.map(({ phase }) => phase);
  assert.ok(phases(993).indexOf('handshake') < phases(993).indexOf('greeting'));
  assert.ok(phases(587).indexOf('greeting') < phases(587).indexOf('handshake'));
  const [first] = opened({}, 993).conversations;
  assert.equal(first.connected, true);
  assert.equal(first.source.key, 'answer.source.usual');
  for (const { phase, fact } of first.steps) {
    if (fact?.key) assert.ok(locale.steps[fact.key], `${phase}: ${fact.key}`);
  }
});

test('a step that failed says what was found, with the port and the server', () => {
  const row = opened({ imaps: outcome('imaps', [attempt('imaps', ['connect-refused'])]) }, 993);
  const [{ steps, connected, findings }] = row.conversations;
  assert.equal(connected, false);
  const { fact } = steps.find(({ phase }) => phase === 'connect');
  assert.equal(fact.findings[0].id, 'connect-refused');
  assert.equal(fact.findings[0].args.port, 993);
  assert.equal(findings[0].args.host, row.conversations[0].host);
  assert.ok(
    steps.some(
      ({ phase, status, ms }) => phase === 'handshake' && status === 'skipped' && ms === null,
    ),
  );
  assert.equal(row.versions, null, 'nobody to ask');
});

test('a port on which nothing was tried says why', () => {
  const row = opened({ imaps: outcome('imaps') }, 993);
  assert.equal(typeof row.untested.id, 'string');
  assert.equal(row.untested.args.port, 993);
  assert.deepEqual(row.conversations, []);
});

test('the versions of TLS: asked for, being asked for, answered', () => {
  const found = { versions: { 'TLS 1.2': 'accepted' } };
  const of = (change) => opened({}, 993, change).versions;
  assert.equal(of({}).row.port, 993);
  assert.equal(of({}).answers, null);
  assert.equal(of({ versions: new Map([[993, 'running']]) }).running, true);
  assert.deepEqual(of({ versions: new Map([[993, found]]) }).answers, [['TLS 1.2', 'accepted']]);
  assert.equal(of({ phase: 'running' }), null);
  assert.equal(of({ saved: 'report.json' }), null, 'a file cannot be asked');
  const read = of({ saved: 'report.json', versions: new Map([[993, found]]) });
  assert.equal(read.answers.length, 1);
});

test('versions that a fault of ours left unknown say so, and can be asked for again', () => {
  const drained = { id: 'bridge-busy', args: { close: 'draining' } };
  const of = (answer, findings, change) => {
    const found = { versions: { 'TLS 1.2': answer }, findings };
    return opened({}, 993, { versions: new Map([[993, found]]), ...change }).versions.fault;
  };
  assert.equal(of('unknown', [drained]), drained);
  assert.equal(of('unknown', []), null, 'of the server');
  assert.equal(of('accepted', [drained]), null);
  assert.equal(of('unknown', [drained], { saved: 'report.json' }), null);
});

test('the second place: offered, asked, and what each place met', () => {
  const special = { imaps: outcome('imaps', [attempt('imaps', ['connect-timeout'])]) };
  assert.equal(shown(special).second, null);
  const second = { name: 'Paris', local: false };
  const { name, offered, running, compared } = shown(special, {
    second,
    comparing: 'Paris',
  }).second;
  assert.deepEqual([name, offered, running, compared], ['Paris', true, true, []]);
  const elsewhere = { ...second, ports: [993], why: null };
  const rows = rowsOf(special).map((row) =>
    row.port === 993 ? { ...row, elsewhere: { ...attempt('imaps'), role: 'elsewhere' } } : row,
  );
  const asked = shown(special, { rows, second, elsewhere, open: new Set([993]) });
  const [one] = asked.second.compared;
  assert.deepEqual([one.port, one.here.id, one.there], [993, 'connect-timeout', null]);
  const { role, place } = asked.rows.get(993).conversations.at(-1);
  assert.deepEqual([role, place], ['elsewhere', 'Paris']);
  // A file offers nothing to ask.
  assert.equal(shown(special, { rows, second, elsewhere, saved: 'x.json' }).second.offered, false);
  const why = { id: 'bridge-busy', args: {} };
  const busy = shown(special, { rows, second, elsewhere: { ...elsewhere, why } }).second;
  assert.deepEqual([busy.why, busy.compared], [why, []]);
});

test('the reader\u2019s own network: not what was tested, and worth testing where a network may be wrong', () => {
  const url = 'https://check.example/mailbridge.pyz';
  const far = { vantage: { name: 'Paris', local: false }, program: url };
  const silent = { imaps: outcome('imaps', [attempt('imaps', ['connect-timeout'])]) };
  assert.deepEqual(shown(silent, far).ownNetwork, { url, wanted: true });
  assert.deepEqual(shown({}, far).ownNetwork, { url, wanted: false });
  const expired = { imaps: outcome('imaps', [attempt('imaps', ['certificate-expired'])]) };
  assert.equal(shown(expired, far).ownNetwork.wanted, false);
  for (const id of ['not-tested-from-here', 'resolver-failed', 'bridge-unreachable']) {
    const ours = { imaps: outcome('imaps', [attempt('imaps', [id])]) };
    assert.equal(shown(ours, far).ownNetwork.wanted, true, id);
  }
  // Without the program there is nothing to offer, and at home nothing to test.
  assert.deepEqual(shown(silent, { ...far, program: null }).ownNetwork, {
    url: null,
    wanted: false,
  });
  assert.equal(shown(silent, { ...far, vantage: { name: '', local: true } }).ownNetwork, null);
});

const NOBODY = { tried: [], confirmed: new Set(), running: false, user: null };
const PASSWORDS = { allowSignIn: true, restored: false, signIn: NOBODY };
const tried = (...list) => ({
  ...PASSWORDS,
  signIn: {
    ...NOBODY,
    user: 'anna@example.test',
    tried: list.map(([side, id, args = {}]) => ({ side, finding: { id, args } })),
  },
});

test('a password is tried on a page that may, on what a check has just found', () => {
  const { signInTest } = shown({}, PASSWORDS);
  assert.deepEqual(
    signInTest.sides.map(({ side }) => side),
    ['incoming', 'outgoing'],
  );
  assert.equal(signInTest.warning, null);
  for (const change of [{ allowSignIn: false }, { restored: true }, { saved: 'x.json' }])
    assert.equal(shown({}, { ...PASSWORDS, ...change }).signInTest, null);
  const reading = { cause: 'sign-in-refused' };
  const pasted = { outcome: 'untestable', reading, quote: 'x', shown: [], tested: [] };
  assert.equal(shown({}, { ...PASSWORDS, pasted }).pasted.password, 'offered');
  assert.equal(shown({}, { pasted }).pasted.password, 'elsewhere');
  const token = provedSettings();
  for (const side of ['incoming', 'outgoing']) token[side].authentication = 'oauth2';
  const hopeless = shown({}, { ...PASSWORDS, pasted, settings: token });
  assert.deepEqual([hopeless.pasted.password, hopeless.signInTest.hopeless], ['hopeless', true]);
  const locked = { ...pasted, reading: { cause: 'sign-in-locked' } };
  assert.equal(shown({}, { ...PASSWORDS, pasted: locked }).pasted.password, 'elsewhere');
});

test('what came of a sign-in is said by the headline, the step and the message, too', () => {
  const reading = { cause: 'sign-in-refused' };
  const pasted = { outcome: 'untestable', reading, quote: 'x', shown: [], tested: [] };
  const right = shown(
    {},
    {
      ...tried(['incoming', 'sign-in-ok'], ['outgoing', 'sign-in-ok']),
      pasted,
    },
  );
  assert.equal(right.signInTest.right, 'rightBoth');
  assert.equal(right.answer.lead.key, 'answer.signedInLead');
  assert.equal(right.problems.step, null);
  assert.deepEqual([right.pasted.outcome, right.pasted.password], ['refuted', 'tried']);
  assertWords(right);
  const wrong = shown({}, { ...tried(['incoming', 'sign-in-app-password']), pasted });
  assert.equal(wrong.signInTest.right, null);
  assert.equal(wrong.answer.lead.key, 'answer.signInRefusedLead');
  assert.equal(wrong.problems.step.id, 'sign-in-app-password');
  assert.deepEqual(wrong.problems.step.who, ['you']);
  assert.equal(wrong.pasted.outcome, 'confirmed');
  assert.equal(wrong.pasted.finding.id, 'sign-in-app-password');
  assertWords(wrong);
  // What our own side failed at is told as such.
  const ours = shown({}, tried(['incoming', 'bridge-busy', { close: 'busy' }]));
  assert.equal(ours.problems.step.id, 'bridge-busy');
});

test('an embedder sends its own customers to its own page for app passwords, and nobody else', () => {
  const preset = { name: 'Hoster', links: [{ kind: 'app-passwords', url: 'https://h.test/app' }] };
  const help = (summary) =>
    shown({}, { ...tried(['incoming', 'sign-in-refused']), preset, summary }).problems.step.help;
  assert.deepEqual(help({ foreign: false }), {
    url: 'https://h.test/app',
    makes: true,
    provider: 'Hoster',
  });
  assert.equal(help({ foreign: true }), null);
});

test('where a normal password cannot work, that is said before the first try', () => {
  const at = (id, vouching = { domain: DOMAIN, provider: providerById(id) }) => {
    const provider = providerById(id);
    const [imap, smtp] = [provider.servers.imap.host, provider.servers.smtp.host];
    const special = {
      imaps: outcome('imaps', [attempt('imaps', [], { host: imap })]),
      submissions: outcome('submissions', [attempt('submissions', [], { host: smtp })]),
      submission: outcome('submission', [attempt('submission', [], { host: smtp })]),
    };
    const rows = rowsOf(special);
    // A domain of one's own: its MX, or its records, led to the provider.
    const settings = proveSettings({ tables, rows, vouching });
    return shown(special, { ...PASSWORDS, settings, provider: vouching.provider }).signInTest;
  };
  const google = at('google-workspace');
  assert.equal(google.warning, 'warnApp');
  assert.deepEqual(google.help, {
    url: 'https://myaccount.google.com/apppasswords',
    makes: true,
    provider: 'Google Workspace',
  });
  assert.equal(at('fastmail').help.makes, true);
  const microsoft = at('microsoft365');
  assert.equal(microsoft.hopeless, true);
  assert.deepEqual(microsoft.sides, []);
  assert.equal(microsoft.help.makes, false);
  const records = {
    domain: DOMAIN,
    provider: null,
    published: ['outlook.office365.com', 'smtp.office365.com'],
  };
  assert.equal(at('microsoft365', records).hopeless, true, 'by the name of the server alone');
  assert.equal(at('posteo').warning, null);
});

test('what came of an error message', () => {
  const reading = { cause: 'connect-refused' };
  const met = (port, id) => ({ port, server: 'a.test', finding: { id, args: {} } });
  const pasted = {
    outcome: 'confirmed',
    reading,
    quote: 'refused',
    shown: [met(465, 'connect-refused'), met(587, 'connect-refused')],
    tested: [],
  };
  const result = shown({}, { pasted }).pasted;
  assert.deepEqual(result.ports, [465, 587]);
  assert.deepEqual(result.servers, ['a.test']);
  assert.deepEqual(result.finding, {
    id: 'connect-refused',
    args: { domain: DOMAIN, port: 465, host: 'a.test' },
  });
  const open = { ...pasted, shown: [met(587, 'security-none')] };
  assert.equal(shown({}, { pasted: open }).pasted.finding, null);
  const refuted = {
    ...pasted,
    outcome: 'refuted',
    shown: [],
    tested: [{ port: 993, server: 'a.test' }],
    reading: { cause: 'sign-in-refused' },
  };
  const later = shown({}, { pasted: refuted, provider: { signIn: 'google' } });
  assert.deepEqual(later.pasted.ports, [993]);
  assert.equal(later.pasted.signIn, 'google');
  assert.deepEqual(later.signIn, ['lead', 'google', 'general']);
  assert.equal(later.pasted.wrongAbove, false);
  const wrong = { outcome: 'wrong', values: [{ use: null }], use: { port: 993 } };
  const above = shown({}, { pasted: refuted, checked: [wrong] });
  assert.equal(above.pasted.wrongAbove, true);
  assert.equal(above.checked[0].offered, null);
});

test('the app of the reader’s platform is shown first, until another is chosen', () => {
  const on = (platform, app = null) => {
    const result = shown({}, { platform, app });
    return [result.apps[0], result.app];
  };
  assert.deepEqual(on('iphone'), ['ios', 'ios']);
  assert.deepEqual(on('windows'), ['outlook-new', 'outlook-new']);
  assert.deepEqual(on('iphone', 'gmail'), ['ios', 'gmail']);
  assert.deepEqual(on(undefined), ['thunderbird', 'thunderbird']);
});

test('an iPhone gets a profile, and no file for computers', () => {
  const files = (platform, app) => {
    const { profile, autoconfig } = shown({}, { platform, app }).files;
    return [profile !== null, autoconfig !== null];
  };
  assert.deepEqual(files('iphone', null), [true, false]);
  assert.deepEqual(files('iphone', 'thunderbird'), [false, false]);
  assert.deepEqual(files('linux', 'thunderbird'), [false, true]);
});

test('the steps are those of the shown app', () => {
  assert.equal(shown().steps.kind, 'manual');
  assert.equal(shown({}, { app: 'ios' }).steps.help, 'https://support.apple.com/102619');
  const nothing = { incoming: null, outgoing: null, alternatives: [] };
  assert.equal(shown({}, { settings: nothing }).steps, null);
});

test('a computer hands the link over to the phone, and a phone has nobody to hand it to', () => {
  const link = 'https://check.example/?address=example.test';
  const phone = (state) => shown({}, { link, ...state }).phone;
  assert.equal(phone({ platform: 'windows' }), true);
  assert.equal(phone({ platform: 'android' }), false);
  assert.equal(phone({ platform: 'windows', phase: 'running' }), false);
  assert.equal(phone({ saved: 'report.json' }), false, 'nothing to be checked again');
});

test('the embedder is written to about its own domains only', () => {
  const contact = (preset, summary = {}) =>
    shown({}, { preset, summary: { elsewhere: [], ...summary } }).contact;
  const url = 'https://help.example.test/?d={message}';
  assert.equal(contact(null), null);
  assert.equal(contact({ name: 'Nordpost', contact: null }), null);
  assert.deepEqual(contact({ name: 'Nordpost', contact: url }), { name: 'Nordpost', url });
  assert.deepEqual(contact({ name: '', contact: 'event' }), { name: '', url: null });
  assert.equal(contact({ name: 'Nordpost', contact: url }, { foreign: true }), null);
});

test('what only the provider can mend can be written to the provider', () => {
  const special = { imaps: outcome('imaps', [attempt('imaps', ['certificate-expired'])]) };
  const written = (change) =>
    shown(special, change).problems.fixes.map(({ id, forProvider }) => [id, forProvider]);
  assert.deepEqual(written({}), [['certificate-expired', true]]);
  assert.deepEqual(written({ saved: 'report.json' }), [['certificate-expired', false]]);
  const refused = { imaps: outcome('imaps', [attempt('imaps', ['certificate-name-mismatch'])]) };
  const [card] = shown(refused).problems.fixes;
  assert.equal(card.forProvider, card.who.length === 1);
});

test('the password line says what the provider wants, and of a stranger what its server takes', () => {
  const key = (provider, change) => {
    const { incoming, outgoing } = provedSettings();
    const settings = { incoming: { ...incoming, ...change }, outgoing, alternatives: [] };
    const { text } = shown({}, { provider, settings }).password;
    assertWords({ text });
    return text.key.replace('answer.', '');
  };
  const at = (server) => ({ server, authentication: 'oauth2', appPassword: true });
  assert.equal(key(null, {}), 'passwordText');
  assert.equal(key(null, { authentication: 'oauth2' }), 'passwordTokenUnknown');
  assert.equal(key(null, at('imap.gmail.com')), 'passwordTokenOrApp');
  assert.equal(key(null, { ...at('outlook.office365.com'), appPassword: false }), 'passwordToken');
  assert.equal(key(null, { server: 'secureimap.t-online.de', appPassword: true }), 'passwordApp');
});

test('a domain at Microsoft 365 is not called Outlook.com', () => {
  const { incoming, outgoing } = provedSettings();
  const theirs = { ...incoming, server: 'outlook.office365.com', authentication: 'oauth2' };
  const settings = { incoming: theirs, outgoing, alternatives: [] };
  const { text, help } = shown({}, { settings }).password;
  assert.equal(text.args.provider, 'Microsoft 365');
  assert.equal(help.provider, 'Microsoft 365');
  const own = shown({}, { settings, domain: 'hotmail.com' }).password;
  assert.equal(own.text.args.provider, 'Outlook.com');
});

test('names under a domain with umlauts are told as it was typed, and what a server tells as it is', () => {
  const domain = 'xn--bcher-kva.example';
  const found = ['certificate-name-mismatch'].map((id) => ({
    id,
    args: { asked: `imap.${domain}`, names: [`www.${domain}`] },
  }));
  const host = `imap.${domain}`;
  const special = Object.fromEntries(
    ['imaps', 'imap'].map((name) => [name, outcome(name, [attempt(name, found, { host })])]),
  );
  const told = (target) => {
    const { step, fixes, notes } = shown(special, { domain, target }).problems;
    const { args } = [step, ...fixes, ...notes].find((problem) => problem?.id === found[0].id);
    return [args.host, args.asked, ...args.names];
  };
  const expected = ['imap.bücher.example', 'imap.bücher.example', `www.${domain}`];
  assert.deepEqual(told('bücher.example'), expected);
  assert.deepEqual(told('imap.bücher.example'), expected);
});

test('whoever receives by POP3 is told so, and what became of IMAP', () => {
  const pop = {
    incoming: setting('pop3s'),
    outgoing: setting('submissions'),
    alternatives: [],
  };
  const imapOf = (found, more = {}) => {
    const special = Object.fromEntries(
      ['imaps', 'imap'].map((name) => [name, outcome(name, [attempt(name, found)])]),
    );
    const { answer, sides, problems: told } = shown(special, { settings: pop, ...more });
    return [answer.key, sides.incoming.imap, told.step?.id ?? null];
  };
  assert.deepEqual(imapOf(['connect-refused']), ['ready', 'off', null]);
  assert.deepEqual(imapOf(['greeting-busy']), ['ready', 'untested', null]);
  for (const id of ['certificate-expired', 'connect-timeout', 'starttls-not-offered']) {
    assert.deepEqual(imapOf([id]), ['readyPop3', 'failing', id]);
  }
  const wanted = { ...pop, incoming: setting('pop3s', { source: 'preset' }) };
  assert.equal(imapOf(['certificate-expired'], { settings: wanted })[1], null);
  assert.equal(shown({}, { settings: pop }).sides.incoming.imap, null, 'IMAP works as well');
});
