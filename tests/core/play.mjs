/*
 * Plays transcripts (script.h) against the core in WebAssembly: whole, one byte at a time, and split
 * at every offset of the bytes before TLS. What is found must be what the transcript says; the
 * report must be the same however the bytes came, and the native core's where no TLS is spoken.
 *
 *   node play.mjs CERTIFICATES NATIVE-REPORTS FILE…
 *
 * NATIVE-REPORTS holds what `play --reports CERTIFICATES FILE…` printed. TLS is served by Node's own.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { loadCore } from '../../web/scan/core.js';
import { readScript } from './script.mjs';
import { contextFor, nextRound, QUIET_ROUNDS, TlsServer } from './tls-server.mjs';

const root = new URL('../../', import.meta.url);
const tables = JSON.parse(readFileSync(new URL('build/tables.json', root), 'utf8'));
const statusOf = new Map(tables.diagnoses.map(({ id, status }) => [id, status]));
/* From the best to the worst, as in tables.h. */
const STATUSES = ['works', 'works-but', 'not-offered', 'not-tested', 'blocked', 'broken'];

const WHOLE = 0;
const SINGLE = -1;
/* Bytes of the server inside TLS after which a conversation is cut, for time's sake. */
const SPLITS_IN_TLS = [1, 5, 700, 1300];

/* --- playing -------------------------------------------------------------------------------------- */

/* A line that is due is waited for this long. */
const PATIENT_ROUNDS = 2000;

const ALERT = Uint8Array.of(0x15, 3, 3, 0, 2, 2, 0x28);
const HTTP = new TextEncoder().encode('HTTP/1.1 400 Bad Request\r\n\r\n');

class Play {
  constructor(core, directory, script, split) {
    this.core = core;
    this.directory = directory;
    this.script = script;
    this.split = split;
    this.now = 1000;
    this.given = 0;
    this.heard = Buffer.alloc(0);
    this.server = null;
    this.answered = 0;
    /* What a second conversation has said last, and the server that it then is for. */
    this.unheard = Buffer.alloc(0);
    this.serverOfSecond = null;
    this.probe = core.probe({
      service: script.service,
      mode: script.mode,
      serverName: script.name,
      address: '192.0.2.1',
      time: Date.parse(script.time),
      now: this.now,
      testPipelining: script.pipelining === 'yes',
      versionScan: script.deep === 'yes',
      credentials: { user: utf8(script.user), password: utf8(script.password) },
      seed: new Uint8Array(32).fill(7),
    });
  }

  give(bytes) {
    for (let at = 0; at < bytes.length;) {
      let length = bytes.length - at;
      if (this.split === SINGLE) length = 1;
      else if (this.given < this.split && this.given + length > this.split)
        length = this.split - this.given;
      this.probe.receive(bytes.subarray(at, at + length), this.now);
      this.given += length;
      at += length;
    }
  }

  hear(bytes) {
    this.heard = Buffer.concat([this.heard, bytes]);
  }

  /* Moves what is there to be moved: whether anything was. */
  move() {
    const output = this.probe.output(this.now);
    if (output && this.server) this.server.receive(output);
    else if (output) this.hear(output);
    if (!this.server) return output !== null;
    const records = this.server.records.splice(0);
    const texts = this.server.texts.splice(0);
    texts.forEach((text) => this.hear(text));
    records.forEach((record) => this.give(record));
    return output !== null || records.length > 0 || texts.length > 0;
  }

  async exchange(isDone = null) {
    let quiet = 0;
    const patience = isDone ? PATIENT_ROUNDS : QUIET_ROUNDS;
    do {
      if (isDone?.()) return;
      quiet = this.move() ? 0 : quiet + 1;
      if (!this.server && quiet > 0) return;
      if (this.server) await nextRound();
    } while (quiet < patience);
  }

  async serverSays(bytes) {
    if (!this.server) {
      this.give(bytes);
      return;
    }
    await this.exchange();
    this.server.say(bytes);
    await this.exchange();
  }

  /* A byte at a time, and time for the probe to lose its patience in between. */
  async serverSaysSlowly(bytes, pause) {
    for (let at = 0; at < bytes.length && !this.probe.done; at++) {
      await this.waitUntil(this.now + pause);
      await this.serverSays(bytes.subarray(at, at + 1));
    }
  }

  async clientSays(expected) {
    await this.exchange(() => this.heard.includes('\n'));
    const end = this.heard.indexOf('\n') + 1;
    assert.ok(end > 0, `the client says nothing, but should: ${expected}`);
    assert.equal(this.heard.subarray(0, end).toString('latin1'), `${expected}\r\n`);
    this.heard = this.heard.subarray(end);
  }

  async startTls(step) {
    await this.exchange();
    this.server = new TlsServer(contextFor(this.directory, step));
    this.server.receive(this.heard);
    this.heard = Buffer.alloc(0);
    await this.exchange();
  }

  /* What a second conversation says is not checked, but it may be meant for a server's TLS. */
  drain(probe) {
    const output = probe.output(this.now);
    if (!output) return false;
    this.unheard = Buffer.from(output);
    this.serverOfSecond?.receive(this.unheard);
    return true;
  }

  giveTo(probe, bytes) {
    const step = this.split === SINGLE ? 1 : bytes.length;
    for (let at = 0; at < bytes.length; at += step) {
      probe.receive(bytes.subarray(at, at + step), this.now);
      this.drain(probe);
    }
  }

  async exchangeWithSecond(probe) {
    for (let quiet = 0; quiet < QUIET_ROUNDS; quiet++) {
      await nextRound();
      const records = this.serverOfSecond.records.splice(0);
      records.forEach((record) => this.giveTo(probe, record));
      if (this.drain(probe) || records.length > 0) quiet = -1;
    }
  }

  async startTlsOfSecond(probe, step) {
    this.serverOfSecond = new TlsServer(contextFor(this.directory, step));
    this.serverOfSecond.receive(this.unheard);
    await this.exchangeWithSecond(probe);
  }

  async stepOfSecond(probe, step) {
    if (step.kind === 'tls') await this.startTlsOfSecond(probe, step);
    else if (step.kind === 'server' && this.serverOfSecond) {
      this.serverOfSecond.say(step.bytes);
      await this.exchangeWithSecond(probe);
    } else if (step.kind === 'server') this.giveTo(probe, step.bytes);
    else if (step.kind === 'close') probe.peerClosed(this.now);
    else if (step.kind === 'reset') probe.transportFailed('connect-reset', {}, this.now);
  }

  /* It makes a ClientHello scan: false when the transcript has no answer to that. */
  async answerHello(probe) {
    const answer = this.script.seconds[this.answered];
    if (!answer) return false;
    for (const step of this.script.steps) {
      if (probe.phase === 'handshake') break;
      if (step.kind === 'server') await this.stepOfSecond(probe, step);
    }
    for (const step of answer) await this.stepOfSecond(probe, step);
    this.serverOfSecond?.destroy();
    this.serverOfSecond = null;
    /* From here on its server is silent. */
    while (!probe.done) {
      this.now = probe.nextDeadline;
      probe.tick(this.now);
      probe.output(this.now);
    }
    this.answered++;
    return true;
  }

  async playSecond() {
    const waiting = this.probe.phase === 'greeting';
    const second = this.probe.startFollowUp(this.now, new Uint8Array(32).fill(9));
    second.connected(this.now, this.script.local);
    this.drain(second);
    const witnessed = waiting && { tls: ALERT, http: HTTP }[this.script.witness];
    if (witnessed) this.giveTo(second, witnessed);
    if (waiting || (await this.answerHello(second))) this.probe.heard(second, this.now);
    second.free();
  }

  /* Lets time pass, and the probe act at each of its deadlines on the way. */
  async waitUntil(when) {
    for (;;) {
      if (this.probe.wantsFollowUp) {
        await this.playSecond();
        continue;
      }
      const next = this.probe.nextDeadline;
      if (next > when || this.probe.done) break;
      this.now = Math.max(this.now, next);
      this.probe.tick(this.now);
    }
    if (when !== Infinity && when > this.now) {
      this.now = when;
      this.probe.tick(this.now);
    }
  }

  async step(step) {
    switch (step.kind) {
      case 'server':
        if (step.pause > 0) return this.serverSaysSlowly(step.bytes, step.pause);
        return this.serverSays(step.bytes);
      case 'slowly':
        return undefined;
      case 'client':
        return this.clientSays(step.text);
      case 'tls':
        return this.startTls(step);
      case 'wait':
        return this.waitUntil(this.now + step.ms);
      case 'alert':
      case 'damaged':
        await this.exchange();
        this.server[step.kind]();
        return this.exchange();
      default:
        await this.exchange();
        if (step.kind === 'close') this.probe.peerClosed(this.now);
        else this.probe.transportFailed(step.finding ?? 'connect-reset', {}, this.now);
        return undefined;
    }
  }

  /* Up to TLS only, or to the end: the report, and how many bytes the server gave. */
  async run({ onlyPlain = false } = {}) {
    if (this.script.steps[0]?.kind !== 'fail') this.probe.connected(this.now, this.script.local);
    try {
      for (const step of this.script.steps) {
        if (onlyPlain && step.kind === 'tls') {
          await this.exchange();
          return { report: this.probe.report(), given: this.given };
        }
        this.line = step.line;
        await this.step(step);
      }
      await this.exchange();
      await this.waitUntil(Infinity);
      await this.exchange();
      assert.ok(this.probe.done, 'the probe does not end');
      assert.equal(this.answered, this.script.seconds.length, 'second conversations');
      return { report: this.probe.report(), given: this.given };
    } catch (error) {
      error.message = `line ${this.line}, split ${this.split}: ${error.message}`;
      throw error;
    } finally {
      this.server?.destroy();
      this.probe.free();
    }
  }
}

/* --- judging ---------------------------------------------------------------------------------------- */

function assertSame(actual, expected, what) {
  assert.deepStrictEqual(
    actual,
    expected,
    `${what}\n${JSON.stringify(actual)}\n${JSON.stringify(expected)}`,
  );
}

/* Files are read as bytes, one character each. */
function utf8(text = '') {
  return Buffer.from(text, 'latin1').toString('utf8');
}

function checkFindings(script, report) {
  const ids = report.findings.map(({ id }) => id);
  const rank = Math.max(0, ...ids.map((id) => STATUSES.indexOf(statusOf.get(id))));
  const found = `${ids.join(' ') || 'none'} [${STATUSES[rank]}]`;
  assert.equal(
    found,
    `${script.findings} [${script.status}]`,
    `found ${found}\n${JSON.stringify(report)}`,
  );
}

/* As play.c does it: every offset of a usual conversation, and some of a very long one. */
function* offsets(length) {
  for (let at = 1; at < length; at += 1 + Math.floor(length / 1024) * 53) yield at;
}

async function checkScript(core, directory, script, native) {
  let runs = 0;
  const play = (split, options) => (runs++, new Play(core, directory, script, split).run(options));
  const whole = await play(WHOLE);
  checkFindings(script, whole.report);
  if (!script.ownTls) assertSame(whole.report, native, 'not the native report');

  const plain = script.speaksTls ? await play(WHOLE, { onlyPlain: true }) : whole;
  for (const at of offsets(plain.given)) {
    const { report } = await play(at, { onlyPlain: true });
    assertSame(report, plain.report, `another report when split at ${at}`);
  }
  const single = await play(SINGLE);
  if (!script.speaksTls) {
    assertSame(single.report, whole.report, 'another report byte by byte');
    return runs;
  }
  /* Node's server draws new random numbers each time, but the words stay the same. */
  assertSame(single.report, whole.report, 'another report byte by byte');
  for (const beyond of SPLITS_IN_TLS.filter((n) => plain.given + n < whole.given)) {
    const { report } = await play(plain.given + beyond);
    assertSame(report, whole.report, `another report when split ${beyond} bytes into TLS`);
  }
  return runs;
}

function readNative(path) {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return new Map(
    lines.map((line) => line.split('\t')).map(([file, json]) => [file, JSON.parse(json)]),
  );
}

async function main([directory, nativePath, ...paths]) {
  if (paths.length === 0) {
    console.error('usage: play.mjs CERTIFICATES NATIVE-REPORTS FILE…');
    return 2;
  }
  const native = readNative(nativePath);
  const core = await loadCore(readFileSync(new URL('build/wasm/core.wasm', root)), null, tables);
  core.addAnchors(readFileSync(`${directory}/root.pem`, 'utf8'));
  let failed = 0;
  let runs = 0;
  for (const path of paths) {
    try {
      assert.ok(native.has(path), 'the native player did not report on it');
      runs += await checkScript(core, directory, readScript(path), native.get(path));
    } catch (error) {
      failed++;
      console.error(`${path}: ${error.message}`);
    }
  }
  console.log(`# play.mjs: ${paths.length} transcripts in ${runs} runs`);
  console.log(`${paths.length - failed} passed, ${failed} failed, 0 skipped`);
  return failed > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
