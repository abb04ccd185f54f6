/** What build.mjs and dist.mjs write, from what make has built. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { PROVIDERS } from '../../../web/discover/providers.js';
import { PARTS } from '../../../web/element/parts.js';
import { PIECES } from '../../../web/i18n/pieces.js';
import { ERROR_MESSAGES } from '../../../web/input/error-messages.js';
import { pseudo } from '../fixtures/pseudo-locale.js';
import { tables } from '../fixtures/tables.js';

const web = fileURLToPath(new URL('../../../web/', import.meta.url));
const run = promisify(execFile);

let folder;
let said;
before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'mail-port-check-'));
  const make = (program, out) =>
    run(process.execPath, [path.join(web, program), '--out', path.join(folder, out)]);
  [{ stdout: said }] = await Promise.all([
    make('site/dist.mjs', 'dist'),
    make('site/dist.mjs', 'again'),
    make('site/build.mjs', 'web'),
  ]);
});
after(() => rmSync(folder, { recursive: true, force: true }));

const read = (...names) => readFileSync(path.join(folder, ...names));
const text = (...names) => read(...names).toString();
const list = (name) =>
  readdirSync(path.join(folder, name), { recursive: true })
    .filter((file) => statSync(path.join(folder, name, file)).isFile())
    .sort();
const sri = (content, hash = 'sha384') =>
  `${hash}-${createHash(hash).update(content).digest('base64')}`;

test('two runs make the same bytes', () => {
  const files = list('dist');
  assert.deepEqual(list('again'), files);
  for (const file of files) assert.ok(read('dist', file).equals(read('again', file)), file);
});

test('the entry has its plain name and one with a hash', () => {
  const hashed = list('dist').find((name) => /^mail-port-check-[0-9a-f]{10}\.js$/.test(name));
  assert.ok(read('dist', hashed).equals(read('dist', 'mail-port-check.js')));
});

test('templates are shipped without their indentation, of which none was meant', () => {
  const scripts = list('dist').filter((name) =>
    /^(mail-port-check|parts\/.*)-[0-9a-f]{10}\.js$/.test(name),
  );
  assert.ok(scripts.length > 20);
  for (const name of scripts) assert.doesNotMatch(text('dist', name), /\n[ \t]+</, name);
  for (const name of readdirSync(path.join(web, 'view')).filter((one) => one.endsWith('.js'))) {
    const source = readFileSync(path.join(web, 'view', name), 'utf8');
    const kept = [...source.matchAll(/<(pre|textarea)\b[^]*?<\/\1>/g)].map(([whole]) => whole);
    for (const whole of kept) {
      const content = whole.slice(whole.search(/>\n\$|>\$|></) + 1);
      assert.doesNotMatch(content, /\n[ \t]/, name);
    }
  }
});

test('a script names the core of its own version', () => {
  const script = text('dist', 'mail-port-check.js');
  const names = list('dist');
  for (const pattern of [
    /"(core-[0-9a-f]{10}\.wasm)"/,
    /"(core-tls12-[0-9a-f]{10}\.wasm)"/,
    /"(roots-[0-9a-f]{10}\.bin)"/,
  ]) {
    assert.ok(names.includes(pattern.exec(script)[1]));
  }
  assert.ok(!names.includes('core.wasm'));
});

test('a script names its parts, with their integrity, and has nothing of them in itself', async () => {
  const script = text('dist', 'mail-port-check.js');
  const named = [...script.matchAll(/"(parts\/([a-z-]+)-[0-9a-f]{10}\.js)"[^]*?"(sha256-[^"]+)"/g)];
  assert.deepEqual(
    named.map(([, , name]) => name),
    Object.keys(PARTS),
  );
  for (const [, name, , value] of named) assert.equal(value, sri(read('dist', name), 'sha256'));
  const messages = named.find(([, , name]) => name === 'error-message')[1];
  const own = 'zu viele anmeldeversuche';
  assert.ok(text('dist', messages).includes(own) && !script.includes(own));
  // What both need is in the script alone, which hands it over.
  assert.match(text('dist', messages), /^export default\(__shared\)=>[^]*=__shared\(\d+\)/);
  const parts = named.map(([, name, of]) => [of, text('dist', name)]);
  for (const [of, part] of parts) assert.ok(!part.includes('lit$'), of);
  for (const [of, part] of parts) assert.doesNotMatch(part, /\basked:0/, `${of} fetches parts`);
  // What several parts need, and not the script, is in the first, which every check wants.
  const having = parts.filter(([, part]) => part.includes('certificate-chain-long'));
  assert.deepEqual(
    having.map(([of]) => of),
    ['check'],
  );
});

test('the core\u2019s thread has a script of its own, with its integrity, and its code is nowhere else but in the part', () => {
  const script = text('dist', 'mail-port-check.js');
  const [, name, value] = /"(core-worker-[0-9a-f]{10}\.js)",integrity:"(sha256-[^"]+)"/.exec(
    script,
  );
  assert.equal(value, sri(read('dist', name), 'sha256'));
  const scripts = list('dist').filter((file) => file.endsWith('.js'));
  const having = scripts.filter((file) => text('dist', file).includes('not-our-bridge'));
  assert.deepEqual(having, [name, scripts.find((file) => file.startsWith('parts/core-here-'))]);
  // It opens nothing, fetches nothing, and starts nothing.
  assert.doesNotMatch(
    text('dist', name),
    /\bfetch\(|WebSocket\(|XMLHttpRequest|importScripts|\bimport\(|\beval\(/,
  );
});

test('where facts are from, examples of messages, and what bridges log are not shipped', () => {
  const shipped = list('web').filter((name) => name.endsWith('.js'));
  const { source } = PROVIDERS.find(({ id }) => id === 'google-workspace');
  const { example } = ERROR_MESSAGES.find(({ id }) => id === 'microsoft-smtp-off');
  const { sentence } = tables.closes.find(({ id }) => id === 'draining');
  for (const name of shipped) {
    assert.ok(!text('web', name).includes(source), name);
    assert.ok(!text('web', name).includes(example), name);
    assert.ok(!text('web', name).includes(sentence), name);
  }
});

test('pages link to what is there, with its integrity', () => {
  for (const [page, count] of [
    ['index.html', 3],
    ['index.de.html', 3],
    ['embed.html', 3],
    ['providers.html', 3],
    ['preset.de.html', 4],
    ['embed-demo.html', 4],
  ]) {
    const html = text('dist', page);
    const links = [...html.matchAll(/(?:src|href)="([^"]+)" integrity="([^"]+)"/g)];
    assert.equal(links.length, count, page);
    for (const [, name, value] of links) assert.equal(value, sri(read('dist', name)));
    const markup = html.replace(/<pre>[^]*?<\/pre>/g, '');
    for (const [, name] of markup.matchAll(/ (?:src|href)="([^"#:?]+)[?"]/g)) {
      if (name !== './') assert.ok(list('dist').includes(name), `${page}: ${name}`);
    }
  }
});

test('integrity.json and what is printed hold the same values', () => {
  const integrity = JSON.parse(text('dist', 'integrity.json'));
  const scripts = list('dist').filter((name) => /\.(?:js|css)$/.test(name));
  assert.deepEqual(Object.keys(integrity).sort(), scripts);
  for (const [name, value] of Object.entries(integrity)) {
    assert.equal(value, sri(read('dist', name)));
  }
  assert.ok(said.includes(`integrity="${integrity['mail-port-check.js']}"`));
});

test('what is compressed opens to the same, and what an operator may edit is not', () => {
  const files = list('dist');
  const packed = files.filter((name) => name.endsWith('.br'));
  assert.ok(packed.length > 8);
  for (const name of packed) {
    const plain = read('dist', name.slice(0, -3));
    assert.ok(brotliDecompressSync(read('dist', name)).equals(plain), name);
    assert.ok(gunzipSync(read('dist', `${name.slice(0, -3)}.gz`)).equals(plain), name);
  }
  assert.ok(!packed.some((name) => name.includes('config.json') || name.includes('presets')));
});

test('both builds carry the policy in their pages, before anything it holds for', () => {
  const pages = list('web').filter((name) => name.endsWith('.html'));
  assert.equal(pages.length, 9);
  for (const [build, page] of ['web', 'dist'].flatMap((one) => pages.map((name) => [one, name]))) {
    const html = text(build, page);
    const policy = html.indexOf('<meta http-equiv="Content-Security-Policy"');
    assert.ok(policy > 0 && policy < html.search(/<(?:script|link|style)/), `${build}/${page}`);
    const markup = html.replace(/<pre>[^]*?<\/pre>/g, '');
    assert.doesNotMatch(markup, /<style|<script>|<script type="module">|\sstyle=|\son\w+=/);
  }
});

test('_headers names files that are there', () => {
  const rules = text('dist', '_headers').match(/^\/[\w./-]+$/gm);
  assert.ok(rules.includes('/index.de.html'));
  for (const rule of rules) assert.ok(list('dist').includes(rule.slice(1)), rule);
  const headers = text('dist', '_headers');
  assert.equal(headers.match(/frame-ancestors \*/g).length, 1, 'embed.html');
  assert.match(headers, /\n\/embed\.html\n[^\n]*frame-ancestors \*\n/);
  assert.match(headers, /\n\/embed-demo\.de\.html\n[^\n]*frame-src 'self'/);
  assert.match(headers, /^\/preset\.html\n[^\n]*frame-ancestors 'self'$/m);
});

test('a script names the words of its own version, and has only the first of the English in itself', () => {
  const script = text('dist', 'mail-port-check.js');
  const names = Object.fromEntries(
    [...script.matchAll(/(\w+):"(locales\/(de|en)[.\w]*-[0-9a-f]{10}\.json)"/g)].map(
      ([, piece, name, tag]) => [`${tag} ${piece}`, name],
    ),
  );
  assert.deepEqual(
    Object.keys(names).sort(),
    ['de', 'en']
      .flatMap((tag) => PIECES.map((piece) => `${tag} ${piece}`))
      .filter((name) => name !== 'en start')
      .sort(),
  );
  const words = (tag, piece) => JSON.parse(text('dist', names[`${tag} ${piece}`]));
  assert.equal(words('de', 'start').form.check, 'Prüfen');
  assert.ok(script.includes('Email address or domain'));
  assert.ok(!script.includes('Use these settings'));
  const german = [words('de', 'result').answer.ready, words('de', 'start').form.label];
  for (const one of german) assert.ok(!script.includes(one));
  // All of a locale is in its pieces, but what is in the pages.
  const whole = JSON.parse(readFileSync(path.join(web, 'locales/de.json'), 'utf8'));
  const found = Object.assign({}, ...PIECES.map((piece) => words('de', piece)));
  delete whole.site;
  assert.deepEqual(found, whole);
  assert.ok(!script.includes('Five common errors'));
  for (const name of [names['de start'], names['de result']]) {
    assert.ok(text('dist', 'index.de.html').includes(`rel="preload" href="${name}"`));
  }
  assert.ok(text('dist', 'index.html').includes(`rel="preload" href="${names['en result']}"`));
});

test('the German page is German, and both lead to each other', () => {
  const german = text('web', 'index.de.html');
  assert.match(german, /^<!doctype html>\n<html lang="de" dir="ltr">/);
  assert.match(german, /<mail-port-check lang="de" guide allow-sign-in>/);
  assert.match(german, /<h2 id="errors-title">Fünf häufige Fehler<\/h2>/);
  assert.match(german, /<td role="cell" class="col-direction">Empfangen<\/td>/);
  assert.match(german, /<a href="index.html\?lang=en" lang="en" hreflang="en">English<\/a>/);
  const page = text('web', 'index.html');
  assert.match(page, /<a href="index.de.html" lang="de" hreflang="de">Deutsch<\/a>/);
  assert.match(page, /<link rel="alternate" hreflang="de" href="index.de.html" \/>/);
  for (const html of [german, page]) assert.doesNotMatch(html, /\{\{|\}\}|<!--/);
});

const locales = (file, change) => {
  const own = path.join(folder, 'locales');
  rmSync(own, { recursive: true, force: true });
  cpSync(path.join(web, 'locales'), own, { recursive: true });
  const english = JSON.parse(readFileSync(path.join(own, 'en.json'), 'utf8'));
  writeFileSync(path.join(own, file), JSON.stringify(change(english)));
  return ['--locales', own];
};

test('one more file is one more language, with its page and its direction', async () => {
  const out = path.join(folder, 'more');
  const args = locales('he.json', (english) => pseudo(english, 'he'));
  await run(process.execPath, [path.join(web, 'site/build.mjs'), '--out', out, ...args]);
  const html = text('more', 'index.he.html');
  assert.match(html, /<html lang="he" dir="rtl">/);
  assert.match(text('more', 'mail-port-check.js'), /he:\{start:"locales\/he\.json"/);
  assert.equal(html.match(/<nav class="languages".*<\/nav>/)[0].match(/<a /g).length, 2);
  assert.match(text('more', 'index.html'), /href="index.he.html"/);
});

test('a translation that lacks something stops the build, and says what', async () => {
  const args = locales('de.json', (english) => {
    english.form.check = 1;
    return english;
  });
  await assert.rejects(
    run(process.execPath, [
      path.join(web, 'site/build.mjs'),
      '--out',
      path.join(folder, 'no'),
      ...args,
    ]),
    ({ code, stderr }) => {
      assert.equal(code, 1);
      assert.match(stderr, /locales\/de\.json is not complete:\n {2}de\.form\.check is neither/);
      return true;
    },
  );
});

// --- sources that pass the build by --------------------------------------------------------------------

/** Copies web/, changes one source of the copy, and runs a build there. */
async function buildChanged(program, file, change) {
  const root = mkdtempSync(path.join(folder, 'changed-'));
  const copy = path.join(root, 'web');
  cpSync(web, copy, { recursive: true, filter: (name) => !name.includes('node_modules') });
  symlinkSync(path.join(web, 'node_modules'), path.join(copy, 'node_modules'));
  const source = readFileSync(path.join(copy, file), 'utf8');
  const changed = change(source);
  assert.notEqual(changed, source);
  writeFileSync(path.join(copy, file), changed);
  const built = (name) => path.join(web, '../build', name);
  return run(process.execPath, [
    path.join(copy, 'site', program),
    ...['--out', path.join(root, 'out'), '--tables', built('tables.json')],
    ...['--core', built('wasm/page/core.wasm'), '--tls12', built('wasm/page/core-tls12.wasm')],
    ...['--roots', built('roots.bin')],
  ]);
}

const replaced = (from, to) => (source) => source.replace(from, to);
for (const [what, file, change, sentence] of [
  [
    'a module of its own in place of the build’s',
    'element/resources.js',
    replaced("'#assets'", "'./assets.js'"),
    /^web\/site\/dist\.mjs: no script imports #assets$/m,
  ],
  [
    'a locale in place of the words that the build prepares',
    'element/element.js',
    replaced("'#english'", "'../locales/en.json'"),
    /^web\/site\/dist\.mjs: no script imports #english$/m,
  ],
  [
    'a module that the build does not know',
    'element/resources.js',
    replaced("'#assets'", "'#asset'"),
    /the build provides no #asset to .*resources\.js, only #tables, #assets, #english/,
  ],
  [
    'no style sheet',
    'element/element-styles.js',
    (source) => source.replace(/^import (\w+) from .*\.css';$/gm, "const $1 = '';"),
    /^web\/site\/dist\.mjs: no script imports a style sheet for the element$/m,
  ],
  [
    'another name for a script in the page',
    'pages/embed.html',
    replaced('src="embed.js"', 'src="./embed.js"'),
    /^web\/site\/dist\.mjs: no page links to embed\.js$/m,
  ],
]) {
  test(`the build fails when a source has ${what}`, async () => {
    await assert.rejects(buildChanged('dist.mjs', file, change), ({ code, stderr }) => {
      assert.equal(code, 1);
      assert.match(stderr, sentence);
      return true;
    });
  });
}

test('a copy of the sources that is not changed in what counts is built', async () => {
  const { stdout } = await buildChanged(
    'dist.mjs',
    'element/assets.js',
    replaced('/**', '/** Here:'),
  );
  assert.match(stdout, /integrity=/);
});

test('presets and the manifest of the element are copied', () => {
  for (const build of ['web', 'dist']) {
    assert.ok(list(build).includes('presets/demo.json'));
    assert.ok(list(build).includes('custom-elements.json'));
  }
});

test('an operator\u2019s config.json in --out stays, and its bridge may be asked', async () => {
  const config = '{"bridges":[{"name":"B","url":"wss://bridge.example/b"}]}';
  writeFileSync(path.join(folder, 'web/config.json'), config);
  await run(process.execPath, [
    path.join(web, 'site/build.mjs'),
    '--out',
    path.join(folder, 'web'),
  ]);
  assert.equal(text('web', 'config.json'), config);
  assert.match(
    text('web', 'index.html'),
    /connect-src 'self' wss:\/\/bridge\.example https:\/\/bridge\.example;/,
  );
});

test('on a reader\u2019s own computer the page\u2019s own bridge comes first, and then the operator\u2019s', async () => {
  const bridges = [
    { name: 'Here', url: '/bridge' },
    { name: 'Paris', url: 'wss://paris.example/b' },
  ];
  const given = { bridges, preset: 'demo' };
  const out = path.join(folder, 'own');
  mkdirSync(out);
  writeFileSync(path.join(out, 'config.json'), JSON.stringify(given));
  const args = [path.join(web, 'site/build.mjs'), '--own-bridge', '--out', out];
  await run(process.execPath, args);
  assert.deepEqual(JSON.parse(text('own', 'config.json')), {
    bridges: [{ name: '', url: '/bridge' }, bridges[1]],
    preset: 'demo',
  });
  assert.match(text('own', 'index.html'), /connect-src 'self' wss:\/\/paris\.example /);
  // Nothing is offered that the reader runs already.
  assert.doesNotMatch(text('own', 'mail-port-check.js'), /"mailbridge\.pyz"/);
});

test('the program is offered where it lies beside the page, and nowhere else', async () => {
  const program = path.join(folder, 'program');
  mkdirSync(program);
  const out = path.join(folder, 'with-program');
  const args = [path.join(web, 'site/dist.mjs'), '--program', program, '--out', out];
  await assert.rejects(run(process.execPath, args), ({ stderr }) =>
    /^web\/site\/dist\.mjs: --program: .*mailbridge\.pyz/.test(stderr),
  );
  writeFileSync(path.join(program, 'mailbridge.pyz'), 'the program');
  writeFileSync(path.join(program, 'SHA256SUMS'), 'its checksum');
  await run(process.execPath, args);
  assert.equal(text('with-program', 'mailbridge.pyz'), 'the program');
  assert.equal(text('with-program', 'SHA256SUMS'), 'its checksum');
  assert.match(text('with-program', 'mail-port-check.js'), /"mailbridge\.pyz"/);
  assert.doesNotMatch(text('dist', 'mail-port-check.js'), /"mailbridge\.pyz"/);
  assert.ok(!list('dist').includes('mailbridge.pyz'));
});

test('a mistake is one sentence, and the exit code says so', async () => {
  writeFileSync(path.join(folder, 'web/config.json'), '{"bridges":[{"url":"javascript:1"}]}');
  for (const [args, sentence] of [
    [['--core', path.join(folder, 'none')], /--core: there is no file/],
    [[], /^web\/site\/build\.mjs: config\.json: bridges: "javascript:1" is neither/],
  ]) {
    await assert.rejects(
      run(process.execPath, [
        path.join(web, 'site/build.mjs'),
        '--out',
        path.join(folder, 'web'),
        ...args,
      ]),
      ({ code, stderr }) => {
        assert.equal(code, 1);
        assert.match(stderr, sentence);
        assert.doesNotMatch(stderr, / at /);
        return true;
      },
    );
  }
});
