import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyResult } from '../../../web/check/check.js';
import { beforeCheck, initialState, withProgress, withSlow } from '../../../web/element/state.js';

test('a check begins with nothing of the one before, and all else stays', () => {
  const state = initialState('https://check.example/');
  const fresh = beforeCheck();
  for (const name of Object.keys(emptyResult())) assert.ok(name in fresh, name);
  for (const name of Object.keys(fresh)) assert.deepEqual(fresh[name], state[name], name);
  for (const kept of ['address', 'details', 'app', 'preset', 'compact', 'guide', 'examples']) {
    assert.ok(kept in state && !(kept in fresh), kept);
  }
});

test('two elements share no part of their state', () => {
  const [one, other] = [initialState(''), initialState('')];
  one.open.add(25);
  one.versions.set(25, {});
  one.details.settings.incoming.server = 'imap.example.test';
  one.settings.alternatives.push({});
  assert.equal(other.open.size + other.versions.size + other.settings.alternatives.length, 0);
  assert.equal(other.details.settings.incoming.server, '');
});

test('a port goes on when its phase or its address does', () => {
  const greeting = { service: 'imaps', phase: 'greeting', host: 'a.test', address: '192.0.2.1' };
  const live = withProgress(new Map(), greeting, 100);
  assert.equal(live.get('imaps').since, 100);
  assert.equal(withProgress(live, greeting, 200), live);
  const other = withProgress(live, { ...greeting, address: '192.0.2.2' }, 300);
  assert.equal(other.get('imaps').since, 300);
  assert.equal(live.get('imaps').address, '192.0.2.1');
});

test('a server that says nothing for more than ten seconds is slow, until it goes on', () => {
  const connect = { service: 'imaps', phase: 'connect', host: 'a.test', address: '192.0.2.1' };
  const live = withProgress(new Map(), connect, 0);
  assert.equal(withSlow(live, 10_000).get('imaps').slow, false);
  const slow = withSlow(live, 10_001);
  assert.equal(slow.get('imaps').slow, true);
  assert.equal(
    withProgress(slow, { ...connect, phase: 'greeting' }, 11_000).get('imaps').slow,
    false,
  );
});
