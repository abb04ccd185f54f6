import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PROVIDERS } from '../../../web/discover/providers.js';
import { likelyDomains } from '../../../web/discover/slips.js';

const names = (domain) => likelyDomains(domain).map((offer) => offer.domain);

test('the usual slips lead to the domain that was meant', () => {
  const slips = {
    'gmial.com': 'gmail.com',
    'gamil.com': 'gmail.com',
    'gmai.com': 'gmail.com',
    'gmaill.com': 'gmail.com',
    'gnail.com': 'gmail.com',
    'gmail.con': 'gmail.com',
    'gmail.cmo': 'gmail.com',
    'gmail.co': 'gmail.com',
    'gmail.cm': 'gmail.com',
    'gmial.con': 'gmail.com',
    'googlemial.com': 'googlemail.com',
    'gogglemaill.com': 'googlemail.com',
    'hotmial.com': 'hotmail.com',
    'hotmial.fr': 'hotmail.fr',
    'hotmal.co.uk': 'hotmail.co.uk',
    'hotmail.co.ku': 'hotmail.co.uk',
    'outlok.de': 'outlook.de',
    'outloook.com': 'outlook.com',
    'yaho.com': 'yahoo.com',
    'yahooo.de': 'yahoo.de',
    'iclould.com': 'icloud.com',
    'iclod.com': 'icloud.com',
    'gmx.ed': 'gmx.de',
    'gxm.de': 'gmx.de',
    'gmx.nte': 'gmx.net',
    'wbe.de': 'web.de',
    'web.ed': 'web.de',
    't-onlin.de': 't-online.de',
    't-oline.de': 't-online.de',
    'tonline.de': 't-online.de',
    'aol.con': 'aol.com',
    'postoe.de': 'posteo.de',
    'maibox.org': 'mailbox.org',
    'protonmial.com': 'protonmail.com',
    'bluewni.ch': 'bluewin.ch',
    'wanado.fr': 'wanadoo.fr',
    'laposte.ne': 'laposte.net',
    'seznm.cz': 'seznam.cz',
  };
  for (const [typed, meant] of Object.entries(slips)) {
    assert.equal(names(typed)[0], meant, typed);
    assert.ok(likelyDomains(typed)[0].known, typed);
  }
});

test('on its own page even a short domain may be mistyped', () => {
  assert.deepEqual(likelyDomains('deno.test'), []);
  assert.deepEqual(likelyDomains('deno.test', ['demo.test']), [
    { domain: 'demo.test', known: true },
  ]);
  assert.deepEqual(likelyDomains('lego.test', ['demo.test']), []);
});

test('no provider is offered for another, nor for itself', () => {
  for (const domain of PROVIDERS.flatMap(({ domains }) => domains)) {
    assert.deepEqual(likelyDomains(domain), [], domain);
  }
});

test('a short name is no slip of a letter for another short name', () => {
  const others = [
    'gmy.de',
    'wew.de',
    'wb.pl',
    'o3.pl',
    'op.de',
    'all.com',
    'main.com',
    'male.com',
    'maxl.com',
    'he.com',
    'nac.com',
    'pq.com',
    'fred.fr',
    'tree.fr',
    'msm.de',
    'life.com',
    'dr.de',
    'usb.com',
    'past.com',
    'web.fr',
    'gmx.xyz',
    'free.de',
    'mail.fr',
    'orange.de',
    'email.de',
    'inbox.lt',
    'europe.de',
    'example.com',
    'example.test',
    'nordpost.example',
    'my-company.de',
    'hotel.com',
    'gmbh.de',
  ];
  for (const domain of others) assert.deepEqual(names(domain), [], domain);
});

test('where nobody else has the name, the ending is what is wrong', () => {
  assert.deepEqual(names('gmail.fr'), ['gmail.com']);
  assert.equal(names('icloud.de')[0], 'icloud.com');
  assert.equal(names('gmail.com.de')[0], 'gmail.com');
  assert.equal(names('t-online.com')[0], 't-online.de');
});

test('what was typed without an ending is completed', () => {
  assert.equal(names('gmail')[0], 'gmail.com');
  assert.equal(names('hotmial')[0], 'hotmail.com');
  assert.equal(names('gmailcom')[0], 'gmail.com');
  assert.deepEqual(names('web'), []);
  assert.deepEqual(names('localhost'), []);
});

test('letters of other scripts and accents are seen', () => {
  assert.deepEqual(names('gmаil.com'), ['gmail.com'], 'with a Cyrillic а');
  assert.deepEqual(names('gmaıl.com'), ['gmail.com'], 'with a dotless ı');
  assert.deepEqual(names('ićloud.com'), ['icloud.com']);
  assert.deepEqual(names('bücher.example'), []);
  assert.deepEqual(names('пример.рф'), []);
  assert.deepEqual(names('xn--gmal-nza.example'), []);
});

test('an ending that nothing has is mended, and it is not known what comes of it', () => {
  const offered = {
    'example.con': 'example.com',
    'example.ner': 'example.net',
    'a.b.ogr': 'a.b.org',
  };
  for (const [typed, meant] of Object.entries(offered)) {
    assert.deepEqual(likelyDomains(typed), [{ domain: meant, known: false }], typed);
  }
  for (const real of ['example.co', 'example.cm', 'example.cam', 'example.pet', 'example.nl']) {
    assert.deepEqual(likelyDomains(real), [], real);
  }
  assert.deepEqual(names('www.example.com'), ['example.com']);
  assert.deepEqual(names('www.com'), []);
});

test('two that are as near are both offered, and never more', () => {
  assert.deepEqual(names('gmx.dt'), []);
  const two = names('gmx.nt');
  assert.ok(two.includes('gmx.net') && two.length <= 2, two);
});

test('what is no name costs nothing', () => {
  for (const text of ['', '.', '..', 'a..b', 'x'.repeat(253), `${'y'.repeat(60)}.con`]) {
    assert.deepEqual(likelyDomains(text), [], text);
  }
});
