import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAppSettings } from '../../../web/input/read-app-settings.js';
import { conclusionText, conclusionTitle } from '../../../web/i18n/app-settings-words.js';
import {
  concludeAppSettings,
  serviceFor,
  worthTrying,
} from '../../../web/verdict/app-settings-verdict.js';
import { createWords } from '../../../web/i18n/words.js';
import { attempt, outcome } from '../fixtures/outcomes.js';
import { reportOf } from '../fixtures/reports.js';
import { locale, tables } from '../fixtures/tables.js';

const words = createWords(locale);

function appSettingsOf(text) {
  const [protocol, server, port, security = 'auto'] = text.split(' ');
  const side = protocol === 'smtp' ? 'outgoing' : 'incoming';
  const form = { [side]: { protocol, server, port, security } };
  return readAppSettings(form, tables.services).sides[0];
}

/** A conversation by settings; `found` are the ids of its findings. */
function held(text, found = [], more = {}) {
  const typed = appSettingsOf(text);
  const service = serviceFor(tables.services, typed, typed);
  const findings = found.map((entry) =>
    typeof entry === 'string' ? { id: entry, args: {} } : entry,
  );
  const { role = 'main', ...rest } = more;
  const report = reportOf({
    service: service.name,
    port: typed.port,
    mode: typed.mode,
    serverName: typed.server,
    findings,
    ...rest,
  });
  return {
    service,
    attempt: { role, host: typed.server, address: '192.0.2.1', source: 'typed', report },
  };
}

function outcomeFor(...conversations) {
  const [{ service }] = conversations;
  const attempts = conversations.map((one) => one.attempt);
  return { ...outcome(service.name, attempts), service };
}

const missing = (text, id = 'name-not-found') => ({
  ...outcomeFor(held(text)),
  attempts: [],
  finding: { id, args: { host: appSettingsOf(text).server } },
});

/** The person vouches for what was typed, the domain for its own. */
const vouchingOf = (text) => ({ domain: 'example.test', entered: [appSettingsOf(text).server] });

function conclude(text, exact, outcomes = []) {
  return concludeAppSettings({
    appSettings: appSettingsOf(text),
    tables,
    exact,
    outcomes,
    summary: null,
    domain: 'example.test',
    vouching: vouchingOf(text),
  });
}

/** `server right, port wrong 993 …` */
const marks = ({ values }) =>
  values
    .filter(({ name }) => name !== 'protocol')
    .map(({ name, mark, use }) => [name, mark, use].filter((part) => part !== null).join(' '))
    .join(', ');
const told = (conclusion) => {
  const { seen, change } = conclusionText(conclusion, words);
  return [conclusionTitle(conclusion, words), seen, change].filter(Boolean).join(' ');
};
const tries = (text, exact, outcomes = []) =>
  worthTrying({
    appSettings: appSettingsOf(text),
    tables,
    exact,
    outcomes,
    vouching: vouchingOf(text),
  }).map(({ port, mode }) => `${port} ${mode}`);

test('values that work are right, and nothing else is offered', () => {
  const good = outcomeFor(held('imap imap.example.test 993 ssl'));
  const conclusion = conclude('imap imap.example.test 993 ssl', good);
  assert.equal(conclusion.outcome, 'right');
  assert.equal(conclusion.use, null);
  assert.equal(marks(conclusion), 'server right, port right, security right');
  assert.match(told(conclusion), /^These values are right We tried exactly these values/);
  assert.deepEqual(tries('imap imap.example.test 993 ssl', good), []);
});

test('the security is wrong: proved on the same port', () => {
  const text = 'imap imap.example.test 993 starttls';
  const exact = outcomeFor(
    held(text, ['tls-expected']),
    held('imap imap.example.test 993 ssl', [], { role: 'other-mode' }),
  );
  const conclusion = conclude(text, exact, [
    outcomeFor(held('imap imap.example.test 143 starttls')),
  ]);
  assert.equal(conclusion.outcome, 'wrong');
  assert.equal(marks(conclusion), 'server right, port right, security wrong ssl');
  assert.match(told(conclusion), /^Wrong: security /);
  assert.match(told(conclusion), /port 993 with STARTTLS, and it does not work\./);
  assert.match(told(conclusion), /Choose SSL\/TLS\. We tested exactly that, and it works\.$/);
});

test('the port is wrong: the usual one of this security was tried', () => {
  const text = 'smtp mail.example.test 587 ssl';
  const exact = outcomeFor(held(text, ['connect-refused']));
  assert.deepEqual(tries(text, exact), ['465 implicit-tls', '587 starttls']);
  const further = outcomeFor(held('smtp mail.example.test 465 ssl'));
  const conclusion = conclude(text, exact, [further]);
  assert.equal(marks(conclusion), 'server right, port wrong 465, security right');
  assert.match(told(conclusion), /Use port 465\. We tested exactly that/);
});

test('the server name is wrong, the port is right', () => {
  const text = 'smtp smtp.example.test 587 starttls';
  const exact = outcomeFor(held(text, ['connect-refused']));
  const conclusion = conclude(text, exact, [
    outcomeFor(held('smtp mail.example.test 465 ssl')),
    outcomeFor(held('smtp mail.example.test 587 starttls')),
  ]);
  assert.equal(marks(conclusion), 'server wrong mail.example.test, port right, security right');
  assert.match(told(conclusion), /^Wrong: server name /);
});

test('a name on the certificate is proved in its place', () => {
  const text = 'imap imap.example.test 993 ssl';
  const mismatch = { id: 'certificate-name-mismatch', args: { names: ['mx.example.test'] } };
  const exact = outcomeFor(
    held(text, [mismatch]),
    held('imap mx.example.test 993 ssl', [], { role: 'other-name' }),
  );
  const conclusion = conclude(text, exact);
  assert.equal(marks(conclusion), 'server wrong mx.example.test, port right, security right');
  assert.equal(conclusion.finding.id, 'served-by-other-name');
});

test('a stranger\u2019s name is never what to use, however well it works', () => {
  const text = 'imap imap.example.test 993 ssl';
  const stranger = 'imap mail.evil-box.example 993 ssl';
  const mismatch = {
    id: 'certificate-name-mismatch',
    args: { asked: 'imap.example.test', names: ['mail.evil-box.example'] },
  };
  const exact = outcomeFor(held(text, [mismatch]), held(stranger, [], { role: 'other-name' }));
  const conclusion = conclude(text, exact, [outcomeFor(held(stranger))]);
  assert.equal(conclusion.use, null);
  assert.equal(marks(conclusion), 'server unknown, port unknown, security unknown');
  assert.equal(conclusion.finding.id, 'certificate-name-mismatch');
  const said = told(conclusion);
  assert.match(said, /calls itself mail\.evil-box\.example/);
  assert.match(said, /Ask your provider/);
  assert.doesNotMatch(said, /Use mail|We tested exactly/);
  assert.equal(
    conclude(stranger, outcomeFor(held(stranger))).outcome,
    'right',
    'typed by a person',
  );
});

test('a name that does not exist is wrong, with and without another', () => {
  const text = 'smtp smtp.exmaple.test 587 starttls';
  const alone = conclude(text, missing(text));
  assert.equal(alone.outcome, 'wrong');
  assert.equal(marks(alone), 'server wrong, port unknown, security unknown');
  assert.match(told(alone), /There is no server called smtp\.exmaple\.test\./);
  const other = conclude(text, missing(text), [
    outcomeFor(held('smtp smtp.example.test 587 starttls')),
  ]);
  assert.equal(marks(other), 'server wrong smtp.example.test, port right, security right');
  assert.deepEqual(tries(text, missing(text)), []);
});

test('no encryption is never right and never recommended', () => {
  const text = 'imap imap.example.test 143 none';
  const exact = outcomeFor(held(text, ['cleartext-sign-in-offered']));
  const alone = conclude(text, exact);
  assert.equal(alone.outcome, 'unsafe');
  assert.equal(marks(alone), 'server right, port right, security unsafe');
  assert.match(told(alone), /Ask your provider/);
  assert.deepEqual(tries(text, exact), ['143 starttls', '143 implicit-tls', '993 implicit-tls']);
  const better = conclude(text, exact, [outcomeFor(held('imap imap.example.test 143 starttls'))]);
  assert.equal(marks(better), 'server right, port right, security unsafe starttls');
  assert.match(told(better), /Choose STARTTLS\./);
  const open = outcomeFor(held('imap imap.example.test 143 none'));
  assert.equal(
    conclude('imap imap.example.test 993 ssl', missing('imap imap.example.test 993 ssl'), [open])
      .use,
    null,
  );
});

test('port 25 is not for apps, even where it works', () => {
  const text = 'smtp mail.example.test 25 starttls';
  const exact = outcomeFor(held(text));
  assert.deepEqual(tries(text, exact), ['587 starttls', '465 implicit-tls']);
  assert.equal(conclude(text, exact).outcome, 'right');
  assert.match(told(conclude(text, exact)), /Port 25 is for mail servers/);
  const conclusion = conclude(text, exact, [
    outcomeFor(held('smtp mail.example.test 465 ssl')),
    outcomeFor(held('smtp mail.example.test 587 starttls')),
  ]);
  assert.equal(marks(conclusion), 'server right, port wrong 587, security right');
  const blocked = outcomeFor(held(text, ['connect-timeout']));
  assert.deepEqual(tries(text, blocked), ['587 starttls', '465 implicit-tls']);
});

test('IMAP is offered where only POP3 was typed and nothing of it works', () => {
  const text = 'pop3 mail.example.test 995 ssl';
  const exact = outcomeFor(held(text, ['connect-refused']));
  const conclusion = conclude(text, exact, [outcomeFor(held('imap mail.example.test 993 ssl'))]);
  assert.deepEqual(
    conclusion.values.map(({ name, use }) => `${name} ${use}`),
    ['protocol imap', 'server null', 'port 993', 'security null'],
  );
  assert.match(told(conclusion), /Choose IMAP as type\. Use port 993\./);
});

test('a port of another protocol is tried as typed, and the right one found', () => {
  const typed = appSettingsOf('imap mail.example.test 995 ssl');
  const row = serviceFor(tables.services, typed, typed);
  assert.deepEqual([row.name, row.port, row.mode], ['imaps', 995, 'implicit-tls']);
  const exact = outcomeFor(held('imap mail.example.test 995 ssl', ['not-a-mail-server']));
  const conclusion = conclude('imap mail.example.test 995 ssl', exact, [
    outcomeFor(held('pop3 mail.example.test 995 ssl')),
    outcomeFor(held('imap mail.example.test 993 ssl')),
  ]);
  assert.equal(marks(conclusion), 'server right, port wrong 993, security right');
});

test('a port that the bridge does not reach is not called broken', () => {
  const text = 'smtp mail.example.test 2525 starttls';
  assert.deepEqual(tries(text, null), ['587 starttls', '465 implicit-tls']);
  const alone = conclude(text, null);
  assert.equal(alone.outcome, 'other-port');
  assert.equal(marks(alone), 'server unknown, port unknown, security unknown');
  assert.match(told(alone), /Usual ports for SMTP are 465 and 587/);
  const conclusion = conclude(text, null, [
    outcomeFor(held('smtp mail.example.test 587 starttls')),
  ]);
  assert.equal(marks(conclusion), 'server right, port unknown 587, security unknown');
  assert.match(told(conclusion), /Use port 587\./);
});

test('a name that does not exist is wrong at any port', () => {
  const text = 'smtp smtp.exmaple.test 2525 starttls';
  const conclusion = conclude(text, null, [missing('smtp smtp.exmaple.test 587 starttls')]);
  assert.equal(conclusion.outcome, 'wrong');
  assert.equal(marks(conclusion), 'server wrong, port unknown, security unknown');
  assert.match(told(conclusion), /There is no server called smtp\.exmaple\.test\./);
});

test('what our side could not do says nothing about the values', () => {
  const text = 'smtp mail.example.test 587 starttls';
  for (const id of ['bridge-unreachable', 'bridge-busy', 'tls13-only', 'greeting-busy']) {
    const exact = outcomeFor(held(text, [id]));
    const conclusion = conclude(text, exact);
    assert.equal(conclusion.outcome, 'not-tested', id);
    assert.equal(marks(conclusion), 'server unknown, port unknown, security unknown', id);
    assert.match(told(conclusion), /This says nothing about the values\.$/);
  }
  assert.deepEqual(tries(text, outcomeFor(held(text, ['bridge-unreachable']))), []);
  assert.equal(conclude(text, missing(text, 'resolver-failed')).outcome, 'not-tested');
  assert.equal(
    conclude(text, { ...missing(text), finding: null, stopped: true }).outcome,
    'not-tested',
  );
});

test('what worked at the second try works', () => {
  const text = 'imap imap.example.test 993 ssl';
  const exact = outcomeFor(held(text, ['greeting-busy']));
  const conclusion = conclude(text, exact, [outcomeFor(held(text))]);
  assert.equal(conclusion.outcome, 'right');
  assert.equal(conclusion.finding, null);
  assert.deepEqual(tries(text, exact, [outcomeFor(held(text))]), []);
});

test('trouble of the server is not put on the values', () => {
  const text = 'imap imap.example.test 993 ssl';
  const exact = outcomeFor(held(text, ['certificate-expired']));
  const conclusion = conclude(text, exact);
  assert.equal(conclusion.outcome, 'trouble');
  assert.equal(marks(conclusion), 'server unknown, port unknown, security unknown');
  assert.match(told(conclusion), /None of the values is known to be wrong\./);
});

test('Auto is right where apps choose what works, and named where they would not', () => {
  const right = 'imap imap.example.test 993';
  assert.equal(conclude(right, outcomeFor(held(right))).outcome, 'right');
  const text = 'smtp smtp.example.test 465';
  const exact = outcomeFor(
    held(text, ['starttls-expected']),
    held('smtp smtp.example.test 465 starttls', [], { role: 'other-mode' }),
  );
  const conclusion = conclude(text, exact);
  assert.equal(marks(conclusion), 'server right, port right, security wrong starttls');
});

test('what was tried is not tried again, and nothing farther off than what is proved', () => {
  const text = 'smtp mail.example.test 587 ssl';
  const exact = outcomeFor(held(text, ['starttls-expected']));
  assert.deepEqual(tries(text, exact), ['587 starttls', '465 implicit-tls']);
  const failed = outcomeFor(held('smtp mail.example.test 587 starttls', ['certificate-expired']));
  assert.deepEqual(tries(text, exact, [failed]), ['465 implicit-tls']);
  const proved = outcomeFor(held('smtp mail.example.test 587 starttls'));
  assert.deepEqual(tries(text, exact, [proved]), []);
});

test('a doubtful certificate comes after a good one, and is said', () => {
  const text = 'imap imap.example.test 143 ssl';
  const exact = outcomeFor(held(text, ['connect-refused']));
  const doubtful = held('imap imap.example.test 993 ssl', ['certificate-incomplete-chain']);
  doubtful.attempt.report.trusted = false;
  const conclusion = conclude(text, exact, [outcomeFor(doubtful)]);
  assert.equal(conclusion.use.trusted, false);
  assert.match(told(conclusion), /some apps may refuse the certificate/);
});

test('the check of the whole domain counts, the relay port does not', () => {
  const text = 'smtp smtp.exmaple.test 465 ssl';
  const conclusion = conclude(text, missing(text), [
    outcome('smtp', [attempt('smtp')]),
    outcome('imaps', [attempt('imaps')]),
  ]);
  assert.equal(conclusion.use, null);
});

test('no sentence is left with a gap', () => {
  const texts = ['imap a.example 993 ssl', 'smtp a.example 25 none', 'pop3 a.example 2110'];
  for (const text of texts) {
    for (const { id } of tables.diagnoses) {
      const exact = text.includes('2110') ? null : outcomeFor(held(text, [id]));
      for (const others of [[], [outcomeFor(held('imap b.example 143 starttls'))]]) {
        assert.doesNotMatch(
          told(conclude(text, exact, others)),
          /[{}]|undefined|null/,
          `${text} ${id}`,
        );
      }
    }
  }
});

test('where only a server was named, nothing else is judged', () => {
  const text = 'imap imap.example.test  ';
  const good = outcomeFor(held('imap imap.example.test 993 ssl'));
  const right = conclude(text, good);
  assert.deepEqual(
    right.values.map(({ name, mark }) => `${name} ${mark}`),
    ['server right'],
  );
  assert.match(told(right), /^This server name is right .* works, on port 993 with SSL\/TLS\./);

  // The port that the page took does not work, another of the same server does: no fault of the reader.
  const shut = outcomeFor(held('imap imap.example.test 993 ssl', ['connect-refused']));
  const older = outcomeFor(held('imap imap.example.test 143 starttls'));
  const other = conclude(text, shut, [older]);
  assert.equal(other.outcome, 'right');
  assert.match(told(other), /^This server name is right .* works, on port 143 with STARTTLS\./);

  const wrong = conclude(text, shut, [outcomeFor(held('imap mail.example.test 993 ssl'))]);
  assert.equal(marks(wrong), 'server wrong mail.example.test');
  assert.match(told(wrong), /^Wrong: server name /);

  const trouble = conclude(text, shut);
  assert.equal(trouble.outcome, 'trouble');
  assert.equal(marks(trouble), 'server unknown');
});

test('a security that was chosen without a port is judged, and the port is not', () => {
  const text = 'imap imap.example.test  starttls';
  const good = outcomeFor(held('imap imap.example.test 143 starttls'));
  assert.equal(marks(conclude(text, good)), 'server right, security right');
});
