import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createActions } from '../../../web/element/actions.js';
import { fakeHost } from '../fixtures/fake-host.js';

function setUp(more = {}) {
  const called = [];
  const note = (name) => (value) => called.push([name, value]);
  const host = fakeHost({
    message: { read: note('paste'), prepare: note('prepare') },
    prefetch: note('prefetch'),
    openAhead: () => called.push(['openAhead']),
    start: note('start'),
    stop: note('stop'),
    checkVersions: note('checkVersions'),
    openReport: note('openReport'),
    closeReport: note('closeReport'),
    showSignIn: note('showSignIn'),
    bringAhead: (...given) => called.push(['bringAhead', ...given]),
    ...more,
  });
  return { actions: createActions(host), state: host.state(), host, called };
}

const event = (more = {}) => ({
  prevented: 0,
  preventDefault() {
    this.prevented += 1;
  },
  ...more,
});

test('what is entered is the address, and takes the complaint about it away', () => {
  const { actions, state } = setUp();
  state.error = 'No address';
  actions.enterAddress({ target: { value: 'anna@example.test' } });
  assert.deepEqual([state.address, state.error], ['anna@example.test', null]);
});

test('sockets are opened ahead once what is typed can be checked', () => {
  const { actions, called } = setUp();
  for (const value of ['anna', 'anna@', 'anna@example', 'anna@example.test']) {
    actions.enterAddress({ target: { value } });
    const wanted = value === 'anna@example.test' ? [['openAhead']] : [];
    assert.deepEqual(called, wanted, value);
  }
});

test('a form that is submitted starts a check, and the page stays', () => {
  const { actions, called } = setUp();
  const submit = event();
  actions.submit(submit);
  assert.equal(submit.prevented, 1);
  assert.equal(called[0][0], 'start');
});

test('a setting that is entered takes the complaint about its field away, and no other', () => {
  const { actions, state } = setUp();
  const { details } = state;
  state.fieldErrors = [
    { side: 'incoming', field: 'port', id: 'port' },
    { side: 'outgoing', field: 'port', id: 'port' },
  ];
  actions.enterSetting('incoming', 'port', '993');
  assert.equal(state.details.settings.incoming.port, '993');
  assert.equal(details.settings.incoming.port, '');
  assert.deepEqual(
    state.fieldErrors.map(({ side }) => side),
    ['outgoing'],
  );
});

test('the link is drawn as a code when somebody wants it', async () => {
  const { actions, state } = setUp();
  state.link = 'https://check.example/?address=example.test';
  await actions.drawCode();
  assert.equal(state.code.failed, false);
  assert.ok(state.code.drawn.path.startsWith('M'));
});

test('an example is checked without what stands in the fold', () => {
  const { actions, state, called } = setUp();
  state.details.open = true;
  actions.example('demo.test');
  assert.deepEqual([state.address, state.details.open], ['demo.test', false]);
  assert.equal(called[0][0], 'start');
});

test('a port is unfolded and folded', () => {
  const { actions, state, called } = setUp();
  actions.toggle(993);
  actions.toggle(25);
  assert.deepEqual([...state.open], [993, 25]);
  actions.toggle(993);
  assert.deepEqual([...state.open], [25]);
  const brought = called.filter(([name]) => name === 'bringAhead');
  assert.deepEqual(brought, Array(2).fill(['bringAhead', 'details', 'details']));
});

test('what is in a fold is wanted once it is opened, and stays', () => {
  const { actions, state } = setUp();
  actions.unfold('vantage')({ target: { open: false } });
  assert.deepEqual([...state.unfolded], []);
  actions.unfold('vantage')({ target: { open: true } });
  actions.unfold('vantage')({ target: { open: false } });
  assert.deepEqual([...state.unfolded], ['vantage']);
});

test('where the clipboard is closed the text is copied by hand, or left for the reader to copy', async () => {
  for (const copied of [true, false]) {
    const asked = [];
    const byHand = (...given) => {
      asked.push(given);
      return copied;
    };
    const { actions, state } = setUp({ copyByHand: byHand });
    state.byHand = { id: 'report', text: 'text' };
    await actions.copy('report', () => 'text');
    assert.deepEqual(asked, [['report', 'text']]);
    assert.equal(state.copied, copied ? 'report' : null);
    assert.equal(state.byHand === null, copied);
  }
});

test('only a file that is held over the page is taken, and none while a check runs', () => {
  const { actions, state, called } = setUp();
  const text = event({ dataTransfer: { types: ['text/plain'], files: [] } });
  actions.hover(text, true);
  actions.drop(text);
  assert.deepEqual([text.prevented, state.dropping, called], [0, false, []]);
  const file = event({ dataTransfer: { types: ['Files'], files: ['report.json'] } });
  actions.hover(file, true);
  assert.equal(state.dropping, true);
  actions.drop(file);
  assert.equal(state.dropping, false);
  assert.deepEqual(called, [['openReport', ['report.json']]]);
  state.phase = 'running';
  actions.hover(file, true);
  assert.equal(state.dropping, false);
  assert.equal(file.prevented, 3);
});
