import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rehearse, rehearseAll } from '../../../web/scan/rehearsal.js';
import { ANCHOR } from '../../../web/scan/rehearsal-records.js';
import { loadCore } from '../../../web/check/check.js';
import { tables } from '../fixtures/tables.js';

const built = (name) => readFileSync(new URL(`../../../build/${name}`, import.meta.url));
const module = new WebAssembly.Module(built('wasm/core.wasm'));
const load = (roots) => loadCore(module, roots, tables);
const onDemand = { bring: () => null };

/** A core that takes note of probes that were begun and freed. */
function watched(core, { begun, freed }) {
  const bound = (target, key) => {
    const value = target[key];
    return typeof value === 'function' ? value.bind(target) : value;
  };
  return {
    addPackedAnchors: (bytes) => core.addPackedAnchors(bytes),
    probe: (options) => {
      begun.push(core);
      return new Proxy(core.probe(options), {
        get: (target, key) => {
          if (key === 'free') freed.push(core);
          return bound(target, key);
        },
      });
    },
  };
}

test('the rehearsal is a whole handshake, and its chain leads to its anchor', async () => {
  const core = await load(onDemand);
  core.addPackedAnchors(Uint8Array.from(Buffer.from(ANCHOR, 'base64')));
  let steps = 0;
  const report = await rehearse(core, tables.core, async () => ++steps > 0);
  const anew =
    'the ClientHello has changed: ' +
    'make build/wasm/core.wasm build/roots.bin && node tests/web/fixtures/rehearsal-records.mjs';
  assert.equal(report.phases.find(({ phase }) => phase === 'handshake').status, 'ok', anew);
  assert.equal(report.tls.version, 'TLS 1.3');
  assert.equal(report.tls.signature, 'rsa_pss_rsae_sha256');
  assert.deepEqual(
    report.certificates.map(({ signature }) => signature),
    ['ecdsa-with-SHA256', 'ecdsa-with-SHA384', 'sha256WithRSAEncryption'],
  );
  const ids = report.findings.map(({ id }) => id);
  assert.ok(!ids.some((id) => /issuer|chain|self-signed|name/.test(id)), ids.join());
  assert.ok(steps > 3, 'it is one long task');
});

test('the anchor of the rehearsal is no anchor of the core', async () => {
  const core = await load(onDemand);
  await rehearseAll(core, load, tables.core, async () => true);
  const report = await rehearse(core, tables.core, async () => true);
  assert.ok(report.findings.some(({ id }) => id === 'certificate-incomplete-chain'));
});

test('a rehearsal is held some times over, and ends at once where the core is wanted', async () => {
  const [begun, freed] = [[], []];
  const own = watched(await load(onDemand), { begun, freed });
  const another = async (roots) => watched(await load(roots), { begun, freed });
  let pauses = 0;
  await rehearseAll(own, another, tables.core, async () => ++pauses > 0);
  assert.equal(begun.length, 16);
  assert.equal(freed.length, 16);
  assert.equal(new Set(begun).size, 2, 'the core itself has its turn');
  const all = pauses;
  pauses = 0;
  await rehearseAll(own, another, tables.core, async () => ++pauses < 3);
  assert.ok(all > 3 && pauses === 3);
  assert.equal(begun.length, 17);
  assert.equal(freed.length, 17);
});
