/** The pages and the examples are valid HTML, and say the same as README. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const web = new URL('../../../web/', import.meta.url);
const read = (name) => readFileSync(new URL(name, web), 'utf8');

const OURS = {
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // As Prettier writes them.
    'void-style': ['error', { style: 'selfclose' }],
    'doctype-style': ['error', { style: 'lowercase' }],
    // Where rows become blocks a table keeps its roles only when they are said.
    'no-redundant-role': 'off',
    // dist.mjs adds the values.
    'require-sri': 'off',
    'no-inline-style': 'error',
  },
};
/** Examples stand for other people's pages. */
const THEIRS = { ...OURS, rules: { ...OURS.rules, 'long-title': 'off', 'valid-id': 'off' } };

const examples = readdirSync(new URL('examples/', web)).filter((name) => name.endsWith('.html'));
const pages = readdirSync(new URL('../build/web/', web)).filter((name) => name.endsWith('.html'));
for (const [name, config] of [
  ...pages.map((page) => [`../build/web/${page}`, OURS]),
  ...examples.map((example) => [`examples/${example}`, THEIRS]),
]) {
  test(`${name} is valid`, async () => {
    const validator = new HtmlValidate(new StaticConfigLoader(config));
    const report = await validator.validateFile(fileURLToPath(new URL(name, web)));
    const messages = report.results.flatMap(({ messages: list }) =>
      list.map(({ line, ruleId, message }) => `${line}: ${ruleId}: ${message}`),
    );
    assert.deepEqual(messages, []);
  });
}

test('there is a page for each language', () => {
  const worded = ['embed-demo', 'index', 'preset', 'providers'];
  const names = worded.flatMap((page) => [`${page}.de.html`, `${page}.html`]);
  assert.deepEqual(pages.sort(), [...names, 'embed.html'].sort());
});

/** A text without its escapes. */
const plain = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

test('every frame may use the clipboard, and has the height of README', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const shown = ['providers', 'index', 'embed-demo'].map((name) => read(`pages/${name}.html`));
  const texts = [readme, ...shown, ...examples.map((name) => read(`examples/${name}`))];
  const frames = texts.flatMap((text) =>
    [...plain(text).matchAll(/<iframe[^>]*>/g)].map(([tag]) => tag),
  );
  assert.equal(frames.length, 5);
  for (const tag of frames) {
    assert.match(tag, /allow="clipboard-write"/);
    assert.match(tag, /height="640"/);
    // That of the demo is given by its script.
    if (tag.includes('src=')) assert.match(tag, /color-scheme=light/);
  }
});

test('README has the listener of the examples', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const [, listener] = /```js\n(addEventListener[^`]*)```/.exec(readme);
  const lines = (text) => text.split('\n').map((line) => line.trim());
  const inExample = lines(read('examples/zendesk.html')).join('\n');
  assert.ok(inExample.includes(lines(listener).join('\n').trim()));
  const onPage = lines(plain(read('pages/providers.html'))).join('\n');
  assert.ok(onPage.includes(lines(listener).join('\n').trim()));
});

test('the MDX and what it is rendered to hold the same element', () => {
  const element = /<mail-port-check.*<\/mail-port-check>/.exec(read('examples/docusaurus.mdx'))[0];
  assert.ok(read('examples/docusaurus.html').includes(element));
});
