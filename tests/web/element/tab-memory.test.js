import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { TabMemory } from '../../../web/element/tab-memory.js';

const BASE = 'https://check.example/';
let store;

beforeEach(() => {
  store = new Map();
  globalThis.window = {
    sessionStorage: {
      getItem: (key) => store.get(key) ?? null,
      setItem: (key, text) => void store.set(key, text),
      removeItem: (key) => void store.delete(key),
    },
  };
});
afterEach(() => {
  delete globalThis.window;
});

/** Elements with these attributes, in one document. */
function elements(...list) {
  const root = { querySelectorAll: () => made };
  const made = list.map((attributes) => ({
    localName: 'mail-port-check',
    getAttribute: (name) => attributes[name] ?? null,
    getRootNode: () => root,
  }));
  return made.map((element) => new TabMemory(element, BASE));
}

test('what is kept is there again for the same element on another page, in another language', () => {
  const [one] = elements({ preset: 'nordpost', lang: 'en' });
  one.write('result');
  const [other] = elements({ preset: 'nordpost', lang: 'de', address: 'demo.test' });
  assert.equal(other.read(), 'result');
  other.write(null);
  assert.equal(one.read(), null);
  assert.equal(store.size, 0);
});

test('elements that differ share nothing, nor do two of the same on a page', () => {
  const all = elements(
    {},
    {},
    { preset: 'nordpost' },
    { preset: 'other' },
    { bridge: 'wss://b.example/' },
    { compact: '' },
    { id: 'second' },
  );
  all.forEach((memory, index) => memory.write(String(index)));
  all.forEach((memory, index) => assert.equal(memory.read(), String(index)));
  const elsewhere = new TabMemory(
    {
      localName: 'x',
      getAttribute: () => null,
      getRootNode: () => ({ querySelectorAll: () => [] }),
    },
    'https://other.example/',
  );
  assert.equal(elsewhere.read(), null);
});

test('where storage is forbidden or full nothing is kept, and nothing breaks', () => {
  const [memory] = elements({});
  memory.write('old');
  window.sessionStorage.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  memory.write('new');
  assert.equal(memory.read(), null, 'not what was there before');
  Object.defineProperty(window, 'sessionStorage', {
    get: () => {
      throw new DOMException('blocked', 'SecurityError');
    },
  });
  memory.write('new');
  assert.equal(memory.read(), null);
});
