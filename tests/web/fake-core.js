/**
 * A core with the interface of web/core.js and a script in place of a protocol: each step waits for a
 * text and answers with one, and the last word is a report.
 */
import { reportOf } from './reports.js';

/**
 * @param {(options: object) => object} script options of a probe → {steps: [{expect, reply, phase,
 *   endsAfterSeconds}], findings, silenceMs, secondAfterMs, tlsMark}
 */
export function fakeCore(script) {
  const probes = [];
  return {
    probes,
    probe(options) {
      const probe = new FakeProbe(options, script(options));
      probes.push(probe);
      return probe;
    },
  };
}

class FakeProbe {
  done = false;
  freed = false;
  phase = 'connect';
  sawTls = false;
  wantsSecond = false;
  nextDeadline = Infinity;
  #heard = '';
  #queue = [];
  #findings = [];
  #secondAsked = false;
  #secondsLeft = 0;

  constructor(options, script) {
    this.options = options;
    this.script = { steps: [], findings: [], silenceMs: 60_000, ...script };
  }

  connected(now, localAddress) {
    this.#use();
    this.localAddress = localAddress;
    this.phase = 'greeting';
    this.connectedAt = now;
    this.nextDeadline = now + (this.script.secondAfterMs ?? this.script.silenceMs);
  }

  receive(bytes, now) {
    this.#use();
    if (!(bytes instanceof Uint8Array)) throw new TypeError('receive: not bytes');
    this.#heard += Buffer.from(bytes).toString('latin1');
    if (this.script.tlsMark && this.#heard.startsWith(this.script.tlsMark)) this.sawTls = true;
    const [step] = this.script.steps;
    if (step && this.#heard === step.expect) {
      this.script.steps.shift();
      this.#heard = '';
      this.phase = step.phase ?? this.phase;
      if (step.reply) this.#queue.push(Buffer.from(step.reply));
      this.#secondsLeft = step.endsAfterSeconds ?? 0;
      this.wantsSecond = this.#secondsLeft > 0;
      if (this.script.steps.length === 0 && !this.wantsSecond) this.#end(this.script.findings);
    }
    this.nextDeadline = now + this.script.silenceMs;
  }

  peerClosed() {
    this.#use();
    this.#end([{ id: 'connection-closed', args: {} }]);
  }

  transportFailed(id, detail) {
    this.#use();
    this.#end([{ id, args: { detail } }]);
  }

  tick(now) {
    this.#use();
    if (this.script.secondAfterMs && !this.#secondAsked) {
      this.#secondAsked = true;
      this.wantsSecond = true;
      this.nextDeadline = now + this.script.silenceMs;
    } else if (now >= this.nextDeadline) this.#end([{ id: 'greeting-timeout', args: {} }]);
  }

  startSecond() {
    this.#use();
    if (!this.wantsSecond) throw new Error('no second is wanted');
    this.wantsSecond = false;
    return 'second probe';
  }

  heard(second) {
    this.#use();
    this.secondSaid = second.sawTls;
    if (this.#secondsLeft > 0) {
      this.#secondsLeft -= 1;
      this.wantsSecond = this.#secondsLeft > 0;
      if (!this.wantsSecond) this.#end(this.script.findings);
    } else if (second.sawTls) this.#end([{ id: 'tls-expected', args: {} }]);
  }

  stop() {
    this.#use();
    this.stopped = true;
    this.#end([]);
  }

  output() {
    this.#use();
    return this.#queue.shift() ?? null;
  }

  report() {
    if (!this.done) throw new Error('report() of a probe that is not done');
    return reportOf({ ...this.options, findings: this.#findings, stopped: this.stopped });
  }

  free() {
    if (this.freed) throw new Error('freed twice');
    this.freed = true;
  }

  #end(findings) {
    if (this.done) return;
    this.#findings = findings;
    this.done = true;
    this.nextDeadline = Infinity;
  }

  #use() {
    if (this.freed) throw new Error('used after free()');
  }
}
