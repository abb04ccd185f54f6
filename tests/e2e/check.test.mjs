/** The example of README: a check in Node, without a browser, of the demo's real servers. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { startDemo } from './demo.mjs';
import { root } from './program.mjs';

const LIMIT_MS = 60_000;
const example = 'web/examples/check.mjs';

let demo;
before(async () => {
  demo = await startDemo();
});
after(() => demo.stop());

function check(domain) {
  const bridge = new URL('bridge', demo.url.replace(/^http/, 'ws')).href;
  const roots = path.join(demo.folder, 'demo/web/demo-root.pem');
  const preload = ['--import', './tests/e2e/node-websocket.mjs'];
  const options = { cwd: root, timeout: LIMIT_MS };
  return promisify(execFile)(
    process.execPath,
    [...preload, example, domain, bridge, roots],
    options,
  );
}

test('the settings of a domain on which everything works', async () => {
  const { stdout, stderr } = await check('demo.test');
  assert.equal(stderr, '');
  const lines = stdout.split('\n');
  assert.ok(lines.includes('993 works imap.demo.test'), stdout);
  const { incoming, outgoing } = JSON.parse(stdout.slice(stdout.indexOf('{')));
  assert.deepEqual([incoming.server, incoming.port], ['imap.demo.test', 993]);
  assert.deepEqual([outgoing.server, outgoing.port], ['smtp.demo.test', 465]);
});

test('what fails is told as in the page', async () => {
  const { stdout } = await check('expired.demo.test');
  assert.match(stdout, /^993 broken /m);
});

test('many domains through one core, each with its line, and nothing to complain about', async () => {
  const bridge = new URL('bridge', demo.url.replace(/^http/, 'ws')).href;
  const roots = path.join(demo.folder, 'demo/web/demo-root.pem');
  const domains = ['demo.test', 'expired.demo.test', 'no domain', 'refused.demo.test', 'demo.test'];
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [
      ...['--import', './tests/e2e/node-websocket.mjs', 'web/examples/check-many.mjs'],
      ...[bridge, ...domains, '--roots', roots],
    ],
    { cwd: root, timeout: LIMIT_MS },
  );
  assert.equal(stderr, '', 'a signal with many listeners would be warned of');
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(lines.map(({ domain }) => domain).sort(), [...domains].sort());
  const of = (name) => lines.filter(({ domain }) => domain === name);
  for (const { ports } of of('demo.test'))
    assert.deepEqual(new Set(Object.values(ports)), new Set(['works']));
  assert.equal(of('expired.demo.test')[0].ports[993], 'broken');
  assert.ok(of('no domain')[0].error);
});

test('README shows the example', () => {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const code = readFileSync(path.join(root, example), 'utf8');
  const [, call] = /(const report = await runCheck\([^]*?\n\}\);\n)/.exec(code);
  assert.ok(readme.includes(call), call);
  assert.ok(readme.includes(`node ${example}`));
  assert.ok(readme.includes('`web/examples/check-many.mjs`'));
});
