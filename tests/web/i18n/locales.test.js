/** Every file of web/locales/: complete, wanted, and written as people of its language write. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { differences } from '../../../web/site/locale-check.js';
import { PROVIDERS } from '../../../web/discover/providers.js';
import { fieldsFor } from '../../../web/i18n/app-fields.js';
import { APPS } from '../../../web/verdict/settings.js';
import { VERDICTS } from '../../../web/verdict/findings.js';
import { createWords, isPlural } from '../../../web/i18n/words.js';
import { locale as english, tables } from '../fixtures/tables.js';

const web = new URL('../../../web/', import.meta.url);
const read = (name) => readFileSync(new URL(name, web), 'utf8');
const tags = readdirSync(new URL('locales/', web)).map((name) => name.replace('.json', ''));
const locales = Object.fromEntries(
  tags.map((tag) => [tag, JSON.parse(read(`locales/${tag}.json`))]),
);
const others = tags.filter((tag) => tag !== 'en');

/** [path, text] of every text; of variants and of forms of number, too. */
function texts(node, path = '') {
  if (typeof node === 'string') return [[path.slice(1), node]];
  return Object.entries(node).flatMap(([key, value]) => texts(value, `${path}.${key}`));
}

test('there is German', () => assert.ok(others.includes('de')));

for (const tag of others) {
  test(`${tag}: nothing is missing, left over or unfilled`, () => {
    assert.deepEqual(differences(english, locales[tag], tag), []);
  });

  test(`${tag}: no sentence is English still`, () => {
    const own = new Map(texts(locales[tag]));
    const same = texts(english).filter(
      ([path, text]) => own.get(path) === text && text.split(' ').length > 2,
    );
    assert.deepEqual(same, []);
  });
}

for (const tag of tags) {
  test(`${tag}: the sentences are plain, no dashes that join thoughts, none of them endless`, () => {
    for (const [path, text] of texts(locales[tag])) {
      assert.doesNotMatch(text, /[\u2013\u2014]/, path);
      assert.doesNotMatch(text, / {2}|^ | $/, path);
      for (const sentence of text.split(/[.?!] /)) {
        assert.ok(sentence.split(' ').length <= 32, `${path}: ${sentence}`);
      }
    }
  });

  test(`${tag}: what people ask for by name has its name`, () => {
    const { apps } = locales[tag];
    for (const name of ['Thunderbird', 'Apple Mail', 'Outlook', 'iPhone', 'Gmail']) {
      assert.ok(
        APPS.some((app) => apps[app].name.includes(name)),
        name,
      );
    }
  });

  test(`${tag}: no finding leaves a placeholder open, with the least that the page knows`, () => {
    const words = createWords(locales[tag], tag);
    for (const { id } of [...tables.diagnoses, ...VERDICTS]) {
      for (const text of Object.values(words.explain(id, { port: 993, protocol: 'IMAP' }))) {
        assert.doesNotMatch(text, /[{}]/, id);
      }
    }
  });
}

// --- which keys are wanted -------------------------------------------------------------------------

const modules = readdirSync(web, { recursive: true }).filter(
  (name) => name.endsWith('.js') && !name.startsWith('node_modules'),
);
const source = modules.map(read).join('\n');
const templates = readdirSync(new URL('pages/', web), { recursive: true })
  .filter((name) => name.endsWith('.html'))
  .map((name) => read(`pages/${name}`))
  .join('\n');

/** Words that a source or a table might put into a path: whatever is quoted there, or is a key. */
const vocabulary = new Set(
  [...`${source}\n${JSON.stringify({ tables, VERDICTS, PROVIDERS })}`.matchAll(/[\w-]+/g)].map(
    ([word]) => word,
  ),
);

/** Paths as they are written: 'a.b' is one, `a.${x}.b` is many, {{a.b}} is one. */
function wantedPaths() {
  const whole = new Set();
  const patterns = [];
  for (const [, quoted] of source.matchAll(/'([a-zA-Z][\w-]*(?:\.[\w-]+)+)'/g)) whole.add(quoted);
  for (const [, marker] of templates.matchAll(/\{\{([\w.-]+)\}\}/g)) whole.add(marker);
  for (const [, pattern] of source.matchAll(/`([a-zA-Z]\w*\.(?:[\w.-]|\$\{[^}`]*\})+)`/g)) {
    if (!pattern.includes('${')) whole.add(pattern);
    const parts = pattern.split(/\$\{[^}]*\}/).map((part) => part.replace(/\./g, '\\.'));
    patterns.push(new RegExp(`^${parts.join('([\\w-]+)')}$`));
  }
  return (path) =>
    whole.has(path) ||
    patterns.some((pattern) => {
      const match = pattern.exec(path);
      return match && match.slice(1).every((word) => vocabulary.has(word));
    });
}

/** Groups that are read by other means than a path, and what is read of them. */
const READ_OTHERWISE = {
  diagnosis: ([id]) => tables.diagnoses.some((row) => row.id === id),
  verdict: ([id]) => VERDICTS.some((row) => row.id === id),
  apps: ([app]) => APPS.includes(app),
  status: ([status, part]) => part === 'meaning' && vocabulary.has(status),
  fallback: ([name]) => source.includes(`locale.fallback.${name}`),
  portList: () => source.includes("count('portList'"),
  // words.test.js holds these against the tables and the core.
  appsSay: ([group]) => Object.values(english.diagnosis).some(({ apps }) => apps === group),
  values: ([kind]) => ['constraint', 'rule'].includes(kind),
  // step-facts.js and when.js put these together.
  steps: ([key]) => vocabulary.has(key.replace(/Size$/, '')),
  when: ([key]) => ['today', 'day'].includes(key.replace(/Took$/, '')),
  relayFix: () => source.includes('locale.relayFix'),
};

/** A path for every text, one for all its variants and one for all its forms of number. */
function leaves(node, path = '') {
  if (typeof node === 'string' || Array.isArray(node) || isPlural(node)) return [path.slice(1)];
  return Object.entries(node).flatMap(([key, value]) => leaves(value, `${path}.${key}`));
}

function unused(locale) {
  const wanted = wantedPaths();
  return leaves(locale).filter((path) => {
    const [group, ...rest] = path.split('.');
    return !wanted(path) && !READ_OTHERWISE[group]?.(rest);
  });
}

test('every key has a source that uses it', () => {
  assert.deepEqual(unused(english), []);
});

test('a key that nothing uses is found', () => {
  const more = structuredClone(english);
  more.form.spare = 'x';
  more.pasted.causes['dog-ate-it'] = { means: 'x', next: 'x' };
  more.signIn.spareOne = 'x';
  more.diagnosis['dog-ate-it'] = { title: 'x' };
  assert.deepEqual(unused(more), [
    'form.spare',
    'pasted.causes.dog-ate-it.means',
    'pasted.causes.dog-ate-it.next',
    'signIn.spareOne',
    'diagnosis.dog-ate-it.title',
  ]);
});

test('every path that a source names whole is there', () => {
  const words = createWords(english);
  for (const name of modules) {
    for (const [, how, path] of read(name).matchAll(/words\.(say|count)\(\s*'([\w.-]+)'/g)) {
      const use = how === 'say' ? () => words.say(path) : () => words.count(path, 2);
      assert.doesNotThrow(use, `${name}: ${path}`);
    }
  }
});

// --- German ---------------------------------------------------------------------------------------

const german = createWords(locales.de, 'de');

test('de: ports, lists, numbers and dates are written as in German', () => {
  const { title } = german.explain('connect-timeout', { host: 'a', ports: [587, 465, 25] });
  assert.equal(title, 'Keine Antwort von a auf Port 587, 465 und 25');
  assert.equal(german.explain('older-port-off', { ports: [110] }).title, 'Port 110: abgeschaltet');
  const { fix } = german.explain('connect-refused', { other: [993, 995], host: 'a.test' });
  assert.match(fix, /^Verwenden Sie Port 993 und 995, geprüft/);
  assert.equal(
    german.explain('certificate-expired', { host: 'a.test', not_after: '2025-01-02T00:00:00Z' })
      .title,
    'Das Zertifikat von a.test ist am 2. Januar 2025 abgelaufen',
  );
  assert.match(
    german.explain('tls13-only', { host: ['a.test', 'b.test', 'c.test'] }).title,
    /^Von a\.test und 2 weiteren wird/,
  );
  assert.equal(german.count('problems.count', 1), 'Ein Problem');
  assert.equal(german.count('problems.count', 3), '3 Probleme');
  assert.match(
    createWords(locales.de, 'de-AT').explain('certificate-expired', {
      not_after: '2025-01-02T00:00:00Z',
    }).title,
    /2\. Jänner 2025/,
  );
});

test('de: a server without a name stands in the right case', () => {
  for (const { id } of tables.diagnoses) {
    for (const text of Object.values(german.explain(id, { port: 993, protocol: 'IMAP' }))) {
      for (const [, before] of text.matchAll(/(\S+) dem Server/g)) {
        assert.match(before, /^(?:von|zu|mit|bei|unter|und|Namen|er)$/i, `${id}: ${text}`);
      }
      assert.doesNotMatch(text, /^dem Server/, id);
    }
  }
});

test('de: the fields are called as the apps call them', () => {
  const setting = {
    protocol: 'imap',
    server: 'imap.a.test',
    port: 993,
    security: 'ssl',
    authentication: 'password',
    username: 'address',
  };
  const asRead = (label) => label.replaceAll('\u00ad', '');
  const labels = (app) =>
    fieldsFor(app, 'incoming', setting, locales.de.apps).map(
      ({ label, value }) => `${asRead(label)}: ${value}`,
    );
  assert.deepEqual(labels('thunderbird'), [
    'Protokoll: IMAP',
    'Hostname: imap.a.test',
    'Port: 993',
    'Verbindungssicherheit: SSL/TLS',
    'Authentifizierungsmethode: Passwort, normal',
    'Benutzername: Ihre vollständige E-Mail-Adresse',
  ]);
  assert.ok(labels('apple').includes('Server für eintreffende E-Mails: imap.a.test'));
  assert.ok(labels('outlook').includes('Verschlüsselungsmethode: SSL/TLS'));
});

test('de: quotation marks are German', () => {
  for (const [path, text] of texts(locales.de)) {
    assert.doesNotMatch(text, /["'\u2019\u201d]|\u201c[^\u201c\u201e]*\u201c/, path);
    assert.equal(text.split('\u201e').length, text.split('\u201c').length, path);
  }
});
