import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentPolicy } from '../../../web/site/content-policy.js';

const connect = (...urls) =>
  /connect-src ([^;]*)/.exec(contentPolicy(urls.map((url) => ({ url }))))[1];

test('nothing inline, nothing evaluated, nothing from elsewhere', () => {
  const policy = contentPolicy([]);
  assert.ok(!policy.includes("'unsafe-inline'"));
  assert.ok(!policy.includes("'unsafe-eval'"));
  assert.ok(policy.startsWith("default-src 'none'"));
  assert.ok(policy.includes("script-src 'self' 'wasm-unsafe-eval';"));
});

test('a thread is started by one policy, from what the page itself has made', () => {
  const policy = contentPolicy([]);
  assert.match(policy, /; worker-src blob:;/);
  assert.match(policy, /; trusted-types lit-html mail-port-check$/);
});

test('connections go to the page\u2019s host and to the bridges of config.json', () => {
  assert.equal(connect(), "'self'");
  assert.equal(connect('/bridge', 'bridge'), "'self'");
  // Its name and its tickets are asked for beside its sockets.
  assert.equal(connect('wss://b.example/bridge?x=1'), "'self' wss://b.example https://b.example");
  assert.equal(
    connect('https://b.example:8443/', 'ws://c.example', 'wss://b.example:8443/2'),
    "'self' wss://b.example:8443 https://b.example:8443 ws://c.example http://c.example",
  );
});

test('only a page with a frame may have one, and only of its own', () => {
  assert.ok(!contentPolicy([]).includes('frame-src'));
  assert.ok(contentPolicy([], { frames: true }).includes("frame-src 'self';"));
});

for (const bad of ['javascript:alert(1)', 'data:,x', 'wss://', 'wss://a b; script-src *']) {
  test(`a bridge at ${bad} is a mistake that is named`, () => {
    assert.throws(() => connect(bad), /config\.json: bridges: "/);
  });
}

test('and to whom hands out the tickets', () => {
  const policy = (ticket) => contentPolicy([{ url: '/bridge', ticket }]);
  assert.ok(policy('https://help.example/x').includes("connect-src 'self' https://help.example;"));
  assert.ok(policy('/tickets').includes("connect-src 'self';"));
  assert.throws(() => policy('javascript:1'), /neither an http: nor an https: URL/);
});

test('no URL can add to the policy', () => {
  for (const url of ["wss://b.example/'; script-src *", 'wss://b.example/"><script>']) {
    assert.equal(connect(url), "'self' wss://b.example https://b.example");
  }
});
