import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pemCertificates } from '../../../web/scan/pem.js';

const block = (body, label = 'CERTIFICATE') =>
  `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
const PLAIN = block('AAAA\nBBBB');
const CASES = {
  'as it is': PLAIN,
  'without an end of the last line': PLAIN.trimEnd(),
  'with CRLF': PLAIN.replaceAll('\n', '\r\n'),
  'with CR alone': PLAIN.replaceAll('\n', '\r'),
  'with a byte order mark': `\uFEFF${PLAIN}`,
  'with blanks at the ends of lines': PLAIN.replaceAll('\n', ' \t\n'),
  indented: PLAIN.replace(/^/gm, '  '),
  'with all of these': `\uFEFF${PLAIN.replaceAll('\n', '  \r\n').replace(/^/gm, '\t')}`,
  'with empty lines': PLAIN.replaceAll('\n', '\n\n'),
  'with text around it': `Our own: authority\n-----\n${PLAIN}that: was it`,
  'with header fields': block('X-Name: a\n folded\n\tagain\nOther: b\n\nAAAA\nBBBB'),
  'under the old label': block('AAAA\nBBBB', 'X509 CERTIFICATE'),
};

for (const [what, text] of Object.entries(CASES)) {
  test(`a certificate ${what}`, () => assert.deepEqual(pemCertificates(text), ['AAAABBBB']));
}

test('several, and what is none', () => {
  const text = `${block('AAAA')}words\n${block('KKKK', 'PRIVATE KEY')}${block('BBBB')}`;
  assert.deepEqual(pemCertificates(text), ['AAAA', 'BBBB']);
  assert.deepEqual(pemCertificates(''), []);
  assert.deepEqual(pemCertificates('AAAA\n-----END CERTIFICATE-----'), []);
  assert.deepEqual(pemCertificates(block('')), ['']);
});

test('a block that was cut off is not passed over', () => {
  const cut = '-----BEGIN CERTIFICATE-----\nAAAA\n';
  assert.throws(() => pemCertificates(block('AAAA') + cut), /Extra root 2 has no end/);
  assert.throws(() => pemCertificates(cut + block('AAAA')), /Extra root 1 has no end/);
});
