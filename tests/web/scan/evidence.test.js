import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  connectTime,
  duration,
  progress,
  reached,
  unconnected,
  works,
} from '../../../web/scan/evidence.js';
import { catalogue } from '../../../web/verdict/findings.js';
import { reportOf } from '../fixtures/reports.js';
import { tables } from '../fixtures/tables.js';

const known = catalogue(tables);
const withFinding = (id) => reportOf({ findings: [{ id }] });

test('a conversation works when it was held to its end and is trusted', () => {
  assert.equal(works(reportOf({}), known), true);
  assert.equal(works(withFinding('greeting-slow'), known), true);
  assert.equal(works(withFinding('certificate-expired'), known), false);
  assert.equal(works(reportOf({ stopped: true }), known), false);
  assert.equal(works({ ...reportOf({}), trusted: false }, known), false);
  assert.equal(works({ ...reportOf({}), trusted: undefined }, known), false);
  assert.equal(works(withFinding('from-the-future'), known), false);
  for (const id of ['certificate-incomplete-chain', 'certificate-out-of-profile']) {
    assert.equal(works({ ...withFinding(id), trusted: false }, known), true, id);
  }
});

test('how far a conversation came', () => {
  assert.ok(
    progress(withFinding('certificate-expired')) > progress(withFinding('connect-refused')),
  );
  assert.equal(reached(withFinding('connect-refused'), 'connect'), false);
  assert.equal(unconnected(withFinding('connect-refused')), true);
  assert.equal(unconnected(withFinding('greeting-timeout')), false);
});

test('the way to the bridge does not count as the server\u2019s time', () => {
  const report = { ...reportOf({}), bridge: { ip: '192.0.2.1', connect_ms: 2 } };
  assert.equal(connectTime(report), 2);
  assert.equal(connectTime(reportOf({})), 10);
  // greeting, capability, handshake, certificate and recapability at 10 ms each
  assert.equal(duration(report), 52);
});
