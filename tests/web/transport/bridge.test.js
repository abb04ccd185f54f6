import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseBridge, socketUrl, targetOf } from '../../../web/transport/bridge.js';
import { readConfig } from '../../../web/config/config.js';

const base = 'https://check.example/tools/';
const choose = (attribute, config = {}, from = base) =>
  chooseBridge({ attribute, config: readConfig(config), base: from });

test('the default bridge is at the page\u2019s own host', () => {
  assert.deepEqual(choose(null), {
    name: 'check.example',
    url: 'wss://check.example/bridge',
    local: false,
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
