import assert from 'node:assert/strict';
import { test } from 'node:test';
import { document, element } from '../../../web/report/xml.js';

test('elements stand in each other, text in one line', () => {
  const made = document(element('a', { n: '1' }, element('b', {}, 'text'), element('c')));
  assert.equal(
    made,
    '<?xml version="1.0" encoding="UTF-8"?>\n<a n="1">\n  <b>text</b>\n  <c/>\n</a>\n',
  );
});

test('text and attributes stay text, whatever is in them', () => {
  const hostile = `</b><script>"'&]]>`;
  const made = document(element('b', { x: hostile }, hostile));
  const escaped = '&lt;/b&gt;&lt;script&gt;&quot;&apos;&amp;]]&gt;';
  assert.ok(made.endsWith(`<b x="${escaped}">${escaped}</b>\n`));
});

test('characters that XML cannot hold are left out', () => {
  const made = document(element('b', {}, 'a\u0000\u0008\u001f\ufffe\ud800b\u{1f4e7}\u00fc'));
  assert.ok(made.endsWith('<b>ab\u{1f4e7}\u00fc</b>\n'));
});
