import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { ASSETS } from '../../../web/element/assets.js';
import { loadConfig, loadWords, loadPreset } from '../../../web/element/resources.js';
import { UnreachableError } from '../../../web/element/unreachable-error.js';

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

/** Answers of a server, one for each request. */
function serve(...answers) {
  const urls = [];
  globalThis.fetch = async (url) => {
    urls.push(String(url));
    const { body = '{}', status = 200, headers = {} } = answers.shift();
    return new Response(body, { status, headers });
  };
  return urls;
}

test('config.json is read once for a page, and may be missing', async () => {
  const urls = serve({ body: '{"examples":["a.test"]}' }, { status: 404 });
  const [one, two] = await Promise.all([
    loadConfig('https://a.test/'),
    loadConfig('https://a.test/'),
  ]);
  assert.equal(one, two);
  assert.deepEqual(urls, ['https://a.test/config.json']);
  assert.deepEqual((await loadConfig('https://b.test/')).config.examples, []);
});

test('a config.json that cannot be used is named, and read again the next time', async () => {
  serve({ body: '{' }, { status: 500 }, { body: '{"bridge":1}' }, { body: '{}' });
  await assert.rejects(loadConfig('https://c.test/'), /config\.json: /);
  await assert.rejects(loadConfig('https://c.test/'), /HTTP status 500/);
  await assert.rejects(loadConfig('https://c.test/'), /unknown key "bridge"/);
  assert.ok(await loadConfig('https://c.test/'));
});

test('what did not come at all is told apart from what came wrong', async () => {
  globalThis.fetch = async () => {
    throw new TypeError('Failed to fetch');
  };
  await assert.rejects(loadConfig('https://off.test/'), UnreachableError);
  await assert.rejects(loadPreset('demo', 'https://off.test/'), UnreachableError);
});

test('a preset is a file beside the script, read once, and a known provider needs none', async () => {
  const urls = serve({ body: '{"name":"D"}' }, { status: 404 }, { body: '{"nam":1}' });
  const base = 'https://p.test/';
  const [one, two] = await Promise.all([loadPreset('demo', base), loadPreset('demo', base)]);
  assert.equal(one.name, 'D');
  assert.deepEqual(one, two);
  assert.deepEqual(urls, ['https://p.test/presets/demo.json']);
  assert.deepEqual((await loadPreset('google', base)).imap, ['imap.gmail.com']);
  assert.equal(await loadPreset(null, base), null);
  await assert.rejects(loadPreset('none', base), /presets\/none\.json: HTTP status 404/);
  await assert.rejects(
    loadPreset('bad', base),
    /^Error: presets\/bad\.json: preset: unknown key "nam"/,
  );
  assert.equal(urls.length, 3);
});

test('words are read once; without them there is one warning, and they are tried again', async (t) => {
  t.mock.method(console, 'warn', () => {});
  t.after(() => delete ASSETS.locales.de);
  ASSETS.locales.de = { start: 'locales/de.json' };
  const urls = serve(
    { body: '{"a":"Ä"}' },
    { status: 404 },
    { body: '<html>' },
    { status: 503 },
    { body: '{"a":"A"}' },
  );
  const load = (base) =>
    Promise.all([loadWords('de', 'start', base), loadWords('de', 'start', base)]);
  assert.deepEqual(await load('https://l.test/x/'), [{ a: 'Ä' }, { a: 'Ä' }]);
  assert.deepEqual(urls, ['https://l.test/x/locales/de.json']);
  assert.deepEqual(await load('https://m.test/'), [null, null]);
  assert.deepEqual(await load('https://n.test/'), [null, null]);
  assert.deepEqual(await load('https://n.test/'), [null, null]);
  assert.deepEqual(await load('https://n.test/'), [{ a: 'A' }, { a: 'A' }]);
  const said = console.warn.mock.calls.map(({ arguments: [text] }) => text);
  assert.equal(said.length, 2);
  assert.match(said[0], /^mail-port-check: https:\/\/m\.test\/locales\/de\.json: HTTP status 404;/);
});
