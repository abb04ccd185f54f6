import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  chooseBridge,
  chooseSecond,
  resourceUrl,
  socketUrl,
  targetOf,
} from '../../../web/transport/bridge.js';
import { readConfig } from '../../../web/config/config.js';

const base = 'https://check.example/tools/';
const choose = (attribute, config = {}, from = base) =>
  chooseBridge({ attribute, config: readConfig(config), base: from });

test('the default bridge is at the page\u2019s own host', () => {
  assert.deepEqual(choose(null), {
    name: 'check.example',
    url: 'wss://check.example/bridge',
    local: false,
    ticket: null,
  });
});

test('config.json names another, the attribute comes before it', () => {
  const config = {
    bridges: [{ name: 'Frankfurt', url: 'wss://fra.example/b' }, { url: 'wss://x.example' }],
  };
  assert.equal(choose(null, config).name, 'Frankfurt');
  assert.equal(choose('wss://other.example/b', config).name, 'other.example');
  assert.equal(choose('/elsewhere').url, 'wss://check.example/elsewhere');
  assert.equal(choose('http://other.example/b').url, 'ws://other.example/b');
});

for (const [url, local] of [
  ['http://localhost:8080/', true],
  ['http://127.0.0.1:8080/', true],
  ['http://[::1]:8080/', true],
  ['https://localhost.example/', false],
  ['https://10.0.0.1/', false],
]) {
  test(`${url} is ${local ? '' : 'not '}this computer`, () => {
    assert.equal(choose(null, {}, url).local, local);
  });
}

test('the second place is the next bridge of config.json, and of nobody else', () => {
  const second = (bridges, { attribute = null, from = base } = {}) => {
    const config = readConfig({ bridges });
    const options = { attribute, config, base: from };
    return chooseSecond({ ...options, first: chooseBridge(options) });
  };
  const here = { name: '', url: '/bridge' };
  const there = { name: 'Frankfurt', url: 'wss://fra.example/b', ticket: '/tickets' };
  assert.deepEqual(second([here, there]), {
    name: 'Frankfurt',
    url: 'wss://fra.example/b',
    local: false,
    ticket: 'https://check.example/tickets',
  });
  assert.equal(second([here, { url: 'wss://fra.example/b' }]).name, 'fra.example');
  assert.equal(second([here]), null);
  assert.equal(second([]), null);
  assert.equal(second([here, here]), null);
  // Who names a bridge of his own means that one alone.
  assert.equal(second([here, there], { attribute: 'wss://other.example/b' }), null);
  const own = { name: 'Here', url: 'ws://localhost:8465/bridge' };
  assert.equal(second([there, own]).local, true);
  assert.equal(second([here, own], { from: 'http://localhost:8080/' }).local, false);
  assert.throws(() => second([here, { url: 'ftp://x.example/' }]), /ftp:/);
});

test('tickets come from the embedder, from config.json, or from the bridge itself', () => {
  const config = { bridges: [{ url: 'wss://fra.example/b', ticket: '/tickets' }] };
  assert.equal(choose(null, config).ticket, 'https://check.example/tickets');
  // That server's tickets are for that bridge.
  assert.equal(choose('wss://other.example/b', config).ticket, null);
  const ticketOf = (ticket) =>
    chooseBridge({ attribute: null, ticket, config: readConfig(config), base }).ticket;
  assert.equal(ticketOf('https://help.example/t'), 'https://help.example/t');
  assert.throws(() => ticketOf('javascript:1'), /ticket: "javascript:1" is neither/);
  assert.throws(() => ticketOf('https://'), /ticket: "https:\/\/" is not a URL/);
});

test('what a bridge answers lies below its own URL', () => {
  const at = (url) => resourceUrl({ url }, 'ticket');
  assert.equal(at('wss://x.example/bridge?key=1'), 'https://x.example/bridge/ticket');
  assert.equal(at('ws://localhost:8080/'), 'http://localhost:8080/ticket');
  assert.equal(at('wss://x.example/a/b/'), 'https://x.example/a/b/ticket');
});

test('what is no WebSocket URL is named', () => {
  assert.throws(() => choose('ftp://x.example/'), /bridge: "ftp:\/\/x\.example\/"/);
  assert.throws(() => choose('http://'), /bridge: "http:\/\/" is not a URL/);
});

test('the target goes into the query, beside what is there', () => {
  assert.equal(
    socketUrl({ url: 'wss://x.example/bridge?key=1' }, '[2001:db8::1]:993'),
    'wss://x.example/bridge?key=1&token=%5B2001%3Adb8%3A%3A1%5D%3A993',
  );
});

test('a target is an address and a port, IPv6 in brackets', () => {
  assert.equal(targetOf('192.0.2.10', 993), '192.0.2.10:993');
  assert.equal(targetOf('2001:db8::1', 25), '[2001:db8::1]:25');
});
