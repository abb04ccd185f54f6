import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { TabMemory } from '../../../web/element/tab-memory.js';

const BASE = 'https://check.example/';
let store;

beforeEach(() => {
  store = new Map();
  globalThis.window = page();
});
afterEach(() => {
  delete globalThis.window;
});

/** The window of a page, with the tab's storage. */
function page() {
  const view = {
    length: 0,
    sessionStorage: {
      getItem: (key) => store.get(key) ?? null,
      setItem: (key, text) => void store.set(key, text),
      removeItem: (key) => void store.delete(key),
    },
  };
  view.parent = view;
  return view;
}

/** A frame at the end of a page. */
function frameIn(parent) {
  const view = { ...page(), parent };
  parent[parent.length] = view;
  parent.length += 1;
  return view;
}

/** Elements with these attributes, in one document or shadow root. */
function elements(...list) {
  return elementsIn({}, ...list);
}

function elementsIn(rest, ...list) {
  const root = { querySelectorAll: () => made, ...rest };
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

test('two of the same in components beside each other share nothing', () => {
  const document = { querySelectorAll: () => hosts };
  const hosts = [1, 2].map(() => ({ localName: 'help-box', getRootNode: () => document }));
  const [[first], [second]] = hosts.map((host) => elementsIn({ host }, {}));
  first.write('first');
  assert.equal(second.read(), null);
  second.write('second');
  assert.equal(first.read(), 'first');
});

test('two of the same in frames beside each other share nothing, wherever other frames come', () => {
  const parent = page();
  const frames = [frameIn(parent), frameIn(parent), frameIn(frameIn(parent))];
  const memories = frames.map((frame, index) => {
    globalThis.window = frame;
    const [memory] = elements({});
    assert.equal(memory.read(), null);
    memory.write(String(index));
    return memory;
  });
  frames.forEach((frame, index) => {
    globalThis.window = frame;
    const [afterReload] = elements({});
    assert.equal(afterReload.read(), String(index));
  });
  // An advertisement comes before them.
  Object.assign(parent, [frameIn(page()), ...frames], { length: frames.length + 1 });
  globalThis.window = frames[1];
  assert.equal(memories[1].read(), '1');
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
