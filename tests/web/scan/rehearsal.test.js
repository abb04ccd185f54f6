import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rehearse, rehearseAll } from '../../../web/scan/rehearsal.js';
import { loadCore } from '../../../web/check/check.js';
import { tables } from '../fixtures/tables.js';

const built = (name) => readFileSync(new URL(`../../../build/${name}`, import.meta.url));
const load = () => loadCore(built('wasm/core.wasm'), new Uint8Array(built('roots.bin')), tables);

test('the rehearsal is a whole handshake, and its chain is judged', async () => {
  const core = await load();
  let steps = 0;
  const report = await rehearse(core, tables.core, async () => ++steps > 0);
  const anew = 'the ClientHello has changed: node tests/web/fixtures/rehearsal-records.mjs';
  assert.equal(report.phases.find(({ phase }) => phase === 'handshake').status, 'ok', anew);
  assert.equal(report.tls.version, 'TLS 1.3');
  assert.equal(report.certificates.length, 2);
  assert.deepEqual(
    report.findings.map(({ id }) => id),
    ['certificate-unknown-issuer', 'certificate-incomplete-chain'],
  );
  assert.ok(steps > 3, 'it is one long task');
});

test('a rehearsal is held some times over, and ends at once where the core is wanted', async () => {
  const core = await load();
  const [begun, freed] = [[], []];
  const watched = {
    probe: (options) => {
      const probe = core.probe(options);
      begun.push(probe);
      return new Proxy(probe, {
        get: (target, key) => {
          if (key === 'free') freed.push(key);
          const value = target[key];
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
    },
  };
  let pauses = 0;
  await rehearseAll(watched, tables.core, async () => ++pauses > 0);
  assert.equal(begun.length, 16);
  assert.equal(freed.length, 16);
  const all = pauses;
  pauses = 0;
  await rehearseAll(watched, tables.core, async () => ++pauses < 3);
  assert.ok(all > 3 && pauses === 3);
  assert.equal(begun.length, 17);
  assert.equal(freed.length, 17);
});
