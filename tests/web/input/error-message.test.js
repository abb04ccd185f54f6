import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyAppSettings } from '../../../web/input/app-settings.js';
import { filledIn, readError } from '../../../web/input/error-message.js';
import { MESSAGE_LIMIT } from '../../../web/input/message-limit.js';
import { tables } from '../fixtures/tables.js';

const read = (text) => readError(text, tables.services);
const target = (text) => {
  const { host, port } = read(text);
  return `${host} ${port}`;
};

test('the server and the port of a message', () => {
  assert.equal(target('Could not connect to smtp.example.com:587'), 'smtp.example.com 587');
  assert.equal(
    target('The connection to the server “imap.example.com” on port 993 timed out.'),
    'imap.example.com 993',
  );
  assert.equal(
    target("Account: 'a', Server: 'mail.example.com', Protocol: SMTP, Port: 25, Secure(SSL): No"),
    'mail.example.com 25',
  );
  assert.equal(target('connect to mx.example.com[203.0.113.9]:25: timed out'), 'mx.example.com 25');
  assert.equal(target('unable to connect to ssl://host7.example.net:465'), 'host7.example.net 465');
  assert.equal(target('connect ECONNREFUSED 192.0.2.1:587'), 'null 587');
  assert.equal(target('getaddrinfo ENOTFOUND smtp.exmaple.com.'), 'smtp.exmaple.com null');
});

test('the server and the port of a message in other languages, with their quotes and hidden characters', () => {
  assert.equal(
    target('Zeitüberschreitung: „imap.example.de“ über Port 993.'),
    'imap.example.de 993',
  );
  assert.equal(target('serveur « smtp.example.fr » sur le port 587'), 'smtp.example.fr 587');
  assert.equal(target('el servidor smtp.example.es, puerto 465'), 'smtp.example.es 465');
  assert.equal(target('il server imap.example.it, porta: 993'), 'imap.example.it 993');
  assert.equal(read('Postausgangsserver: Verbindung abgelehnt').direction, 'send');
  assert.equal(read('Posteingangsserver: Verbindung abgelehnt').direction, 'receive');
  assert.equal(read('Senden/Empfangen: Verbindung abgelehnt').direction, null);
  // Copied on a Mac, where an umlaut is two characters, and from a page with soft hyphens.
  assert.equal(read('Zeitu\u0308ber\u00adschreitung').cause, 'connect-timeout');
});

test('addresses, web pages, files and other ports are no servers', () => {
  for (const text of [
    'Relaying denied for anna@mail.example.com',
    'see https://mail.example.com/help',
    'File "/usr/lib/python3.11/smtplib.py", line 255, mail.example.py',
    'proxy.example.com:8080 refused',
    'version 1.2.3.4 of imap',
    'www.example.com is down',
    'mail..example.com mail.-x.com mail.example.123',
  ]) {
    assert.equal(target(text), 'null null', text);
  }
});

test('which side of mail it is about: the table, the port, the words', () => {
  const side = (text) => read(text).direction;
  assert.equal(side('0x80042109'), 'send');
  assert.equal(side('0x80042108'), 'receive');
  assert.equal(side('Connection refused, port 995'), 'receive');
  assert.equal(side('Connection refused by smtp server'), 'send');
  assert.equal(side('Connection refused'), null);
  assert.equal(side('Connection refused: imap and smtp'), null);
  assert.equal(side('Connection timed out on port 25'), 'send');
});

test('nothing of the text is kept but the server, the port and the row', () => {
  const secret = 'anna@example.com hunter2 smtp.example.com:587 Connection refused';
  const { message, ...kept } = read(secret);
  assert.equal(message.id, 'refused');
  assert.deepEqual(kept, {
    cause: 'connect-refused',
    direction: 'send',
    host: 'smtp.example.com',
    port: 587,
  });
});

/** 100 kB and more of what makes careless patterns slow. */
const LONG = {
  letters: 'a'.repeat(100_000),
  spaces: ' '.repeat(100_000),
  dots: 'a.'.repeat(50_000),
  digits: '5'.repeat(100_000),
  dashes: '535-'.repeat(25_000),
  colons: ':'.repeat(100_000),
  almost: 'connection refuse '.repeat(6_000),
  prefixes: '0x800ccc0'.repeat(12_000),
  quotes: '"\u201c\u2018'.repeat(35_000),
  hosts: 'mail.example.com:99999 '.repeat(5_000),
  ports: 'port '.repeat(20_000),
  wide: '\u{1f4a9}'.repeat(50_000),
  controls: '\u0000\u202e\ufeff'.repeat(35_000),
};
for (const [name, text] of Object.entries(LONG)) {
  test(`long and hostile: ${name}`, () => {
    // Of the processor's time: how busy the machine is does not count.
    const before = process.cpuUsage();
    const reading = read(text);
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 2_000_000, `${Math.round((user + system) / 1000)} ms`);
    assert.equal(reading?.message ?? null, null);
  });
}

test('the time does not grow with what is beyond the limit', () => {
  assert.equal(read(`${'x '.repeat(MESSAGE_LIMIT)} connection refused`).message, null);
  assert.equal(read(`connection refused ${'x '.repeat(500_000)}`).message.id, 'refused');
});

test('nonsense of other types is no message', () => {
  for (const value of [null, undefined, '']) assert.equal(read(value), null);
  for (const value of [{}, [], 5, true]) assert.equal(read(value)?.message ?? null, null);
});

test('the server and the port of a message fill an empty side only', () => {
  const settings = emptyAppSettings();
  const smtp = filledIn(settings, read('smtp.example.com:587: Connection refused'));
  assert.equal(smtp.outgoing.server, 'smtp.example.com');
  assert.equal(smtp.outgoing.port, '587');
  assert.deepEqual(smtp.incoming, settings.incoming);
  const pop = filledIn(settings, read('pop.example.com:995 timed out')).incoming;
  assert.deepEqual([pop.protocol, pop.server, pop.port], ['pop3', 'pop.example.com', '995']);
  assert.equal(filledIn(settings, read('Connection refused')), settings);
  assert.equal(filledIn(settings, null), settings);
  assert.equal(filledIn(smtp, read('smtp.example.org:465 refused')), smtp);
});
