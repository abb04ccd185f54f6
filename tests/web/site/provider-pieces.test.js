import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PROVIDERS, tellingLabels } from '../../../web/discover/providers.js';
import { providerPieces } from '../../../web/site/provider-pieces.js';

const { labels, pieces } = providerPieces(PROVIDERS);
/** The pieces that a name asks for. */
const asked = (name) => {
  const telling = tellingLabels(name);
  return labels.flatMap((list, piece) =>
    list.split(' ').some((label) => telling.includes(label)) ? [piece] : [],
  );
};

test('the pieces together are the table, in its order', () => {
  const all = pieces.flat();
  assert.deepEqual(
    all.map(([, row]) => row),
    PROVIDERS,
  );
  assert.deepEqual(
    all.map(([place]) => place),
    PROVIDERS.map((_, place) => place),
  );
  for (const piece of pieces) assert.ok(piece.length > 5);
});

test('whatever a provider is found by asks for its piece', () => {
  for (const [number, piece] of pieces.entries()) {
    for (const [, { id, domains, mx, servers }] of piece) {
      const hosts = Object.values(servers).map(({ host }) => host);
      const exchangers = mx.map((end) => `a1.mail.${end}`);
      for (const name of [id, ...domains, ...mx, ...exchangers, ...hosts])
        assert.ok(asked(name).includes(number), name);
    }
  }
});

test('names of everybody ask for none', () => {
  const labels_ = ['imap', 'mail', 'pop', 'pop3', 'smtp', 'mx', 'mx1', 'mail2', 'autoconfig'];
  for (const domain of ['example.com', 'example.co.uk', 'example.no', 'uni.example.de'])
    for (const name of [domain, ...labels_.map((label) => `${label}.${domain}`)])
      assert.deepEqual(asked(name), [], name);
});
