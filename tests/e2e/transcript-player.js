/**
 * Plays a transcript in the browser, through the page's own connection: a socket without a network, a
 * clock that is moved by hand, and everything else as the page has it. Bundled for
 * transcripts.test.mjs, which provides `window.tlsExchange`, the server's end of TLS.
 */
import { bridgeWordsOf } from '../../web/transport/bridge-words.js';
import { converse } from '../../web/transport/connection.js';
import { loadCore } from '../../web/scan/core.js';
import { FakeClock } from '../web/fixtures/fake-clock.js';
import { FakeSocket } from '../web/fixtures/fake-socket.js';
import tables from '#tables';

const ALERT = [0x15, 3, 3, 0, 2, 2, 0x28];
const HTTP = [...new TextEncoder().encode('HTTP/1.1 400 Bad Request\r\n\r\n')];

/** Lets what was promised happen: the report of a conversation, or the word of a witness. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

/* Bytes cross to the test as text, each character one. */
const utf8 = (text = '') => new TextDecoder().decode(toBytes(text));
const toBytes = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const toText = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

class Play {
  constructor(core, script, { singly }) {
    this.core = core;
    this.script = script;
    this.singly = singly;
    this.clock = new FakeClock();
    this.socket = new FakeSocket();
    this.heard = '';
    this.unsent = '';
    this.tls = null;
    this.over = false;
    this.answered = 0;
    // what a second conversation has said last, and the server that it then is for
    this.unheard = '';
    this.tlsOfSecond = null;
    this.secondPlayed = null;
    this.socket.onSend = (bytes) => (this.unsent += toText(bytes));
  }

  begin() {
    const { service, mode, name, time, pipelining, deep, user, password } = this.script;
    const probe = {
      service,
      mode,
      serverName: name,
      address: '192.0.2.1',
      time: Date.parse(time),
      testPipelining: pipelining === 'yes',
      versionScan: deep === 'yes',
      credentials: { user: utf8(user), password: utf8(password) },
      seed: new Uint8Array(32).fill(7),
    };
    this.result = converse({
      start: (now) => this.core.probe({ ...probe, now }),
      open: () => this.socket,
      bridgeWords: bridgeWordsOf(tables.closes),
      clock: this.clock,
      onPhase: (phase) => (this.phase = phase),
      followUp: (start, hear) => this.followUp(start, hear),
    }).finally(() => (this.over = true));
  }

  /** What a second conversation says is not checked, but it may be meant for a server's TLS. */
  drain(probe, now) {
    const output = probe.output(now);
    if (!output) return;
    this.unheard = (this.tlsOfSecond === null ? '' : this.unheard) + toText(output);
  }

  giveTo(probe, bytes, now) {
    const step = this.singly ? 1 : bytes.length;
    for (let at = 0; at < bytes.length; at += step) {
      probe.receive(bytes.subarray(at, at + step), now);
      this.drain(probe, now);
    }
  }

  async exchangeWithSecond(probe, now, said = '') {
    let say = said;
    for (;;) {
      const records = this.unheard;
      this.unheard = '';
      if (records === '' && say === '') return;
      const id = this.tlsOfSecond;
      const answer = await window.tlsExchange({ id, records, say, end: null });
      say = '';
      this.giveTo(probe, toBytes(answer.records), now);
    }
  }

  async stepOfSecond(probe, step, now) {
    if (step.kind === 'tls') {
      this.tlsOfSecond = await window.tlsStart({ name: step.name, settings: step.settings });
      await this.exchangeWithSecond(probe, now);
    } else if (step.kind === 'server' && this.tlsOfSecond !== null)
      await this.exchangeWithSecond(probe, now, step.text);
    else if (step.kind === 'server') this.giveTo(probe, toBytes(step.text), now);
    else if (step.kind === 'close') probe.peerClosed(now);
    else if (step.kind === 'reset') probe.transportFailed('connect-reset', {}, now);
  }

  /** It makes a ClientHello scan: false when the transcript has no answer to that. */
  async answerHello(probe, now) {
    const answer = this.script.seconds[this.answered];
    if (!answer) return false;
    for (const step of this.script.steps) {
      if (probe.phase === 'handshake') break;
      if (step.kind === 'server') await this.stepOfSecond(probe, step, now);
    }
    for (const step of answer) await this.stepOfSecond(probe, step, now);
    if (this.tlsOfSecond !== null) await window.tlsStop(this.tlsOfSecond);
    this.tlsOfSecond = null;
    // From here on its server is silent.
    while (!probe.done) {
      const then = probe.nextDeadline;
      probe.tick(then);
      probe.output(then);
    }
    this.answered += 1;
    return true;
  }

  followUp(start, hear) {
    this.secondPlayed = this.playSecond(start, hear);
    return this.secondPlayed;
  }

  async playSecond(start, hear) {
    const waiting = this.phase === 'greeting';
    await null; // as over a network: not before converse() has the promise
    const now = this.clock.now();
    const followUp = start(now);
    followUp.connected(now, this.script.local);
    this.drain(followUp, now);
    const witnessed = waiting && { tls: ALERT, http: HTTP }[this.script.witness];
    if (witnessed) this.giveTo(followUp, Uint8Array.from(witnessed), now);
    if (waiting || (await this.answerHello(followUp, now))) hear(followUp);
    followUp.free();
  }

  deliver(text) {
    if (text === '') return;
    if (this.singly) this.socket.deliver(toBytes(text));
    else this.socket.deliverWhole(toBytes(text));
  }

  /** Moves what both sides have to say, until neither has anything. */
  async exchange(say = '', end = null) {
    for (;;) {
      const records = this.unsent;
      this.unsent = '';
      if (this.tls === null) {
        this.heard += records;
        return;
      }
      if (records === '' && say === '' && end === null) return;
      const answer = await window.tlsExchange({ id: this.tls, records, say, end });
      say = '';
      end = null;
      this.heard += answer.heard;
      this.deliver(answer.records);
    }
  }

  async serverSays(text) {
    await this.exchange();
    if (this.tls === null) this.deliver(text);
    else await this.exchange(text);
  }

  async serverSaysSlowly(text, pause) {
    for (let at = 0; at < text.length && !this.over; at++) {
      await this.wait(pause);
      await this.serverSays(text[at]);
    }
  }

  async clientSays(expected) {
    await this.exchange();
    const line = `${expected}\r\n`;
    if (!this.heard.startsWith(line)) {
      throw new Error(`the client should say ${expected}, but says: ${this.heard.slice(0, 80)}`);
    }
    this.heard = this.heard.slice(line.length);
  }

  async startTls(server) {
    await this.exchange();
    this.tls = await window.tlsStart(server);
    this.unsent = this.heard;
    this.heard = '';
    await this.exchange();
  }

  async wait(ms) {
    const end = this.clock.now() + ms;
    for (;;) {
      await this.secondPlayed;
      const next = Math.min(...[...this.clock.timers.values()].map(({ at }) => at));
      if (next > end || next === Infinity) break;
      this.clock.advance(Math.max(0, next - this.clock.now()));
      await settle();
    }
    if (end !== Infinity) this.clock.advance(Math.max(0, end - this.clock.now()));
  }

  close(finding) {
    const { code, id } = tables.closes.find((close) => close.finding === finding);
    this.socket.end(code, id);
  }

  async step(step) {
    switch (step.kind) {
      case 'server':
        if (step.pause > 0) return this.serverSaysSlowly(step.text, step.pause);
        return this.serverSays(step.text);
      case 'client':
        return this.clientSays(step.text);
      case 'tls':
        return this.startTls({ name: step.name, settings: step.settings });
      case 'slowly':
        return undefined;
      case 'wait':
        return this.wait(step.ms);
      case 'alert':
      case 'damaged':
        await this.exchange();
        return this.exchange('', step.kind);
      default:
        await this.exchange();
        if (step.kind === 'close') this.socket.end(1000, 'server-closed');
        else this.close(step.finding ?? 'connect-reset');
        return undefined;
    }
  }

  async run() {
    const { steps } = this.script;
    this.begin();
    if (steps[0]?.kind !== 'fail') this.socket.status('192.0.2.1', 0, this.script.local);
    try {
      for (const step of steps) {
        this.line = step.line;
        await this.step(step);
      }
      await this.exchange();
      await settle();
      await this.wait(Infinity);
      await this.exchange();
      await settle();
      if (!this.over) throw new Error('the conversation does not end');
      if (this.answered !== this.script.seconds.length) {
        throw new Error('a follow-up connection was not asked for');
      }
      return (await this.result).report;
    } catch (error) {
      throw new Error(`line ${this.line}, ${this.singly ? 'singly' : 'whole'}: ${error.message}`);
    } finally {
      if (this.tls !== null) await window.tlsStop(this.tls);
    }
  }
}

const loaded = Promise.all([
  loadCore(fetch('core.wasm'), null, tables, fetch('core-tls12.wasm')),
  fetch('root.pem').then((response) => response.text()),
]).then(([core, pem]) => {
  core.addAnchors(pem);
  return core;
});

/** @returns {Promise<object[]>} the reports: the server's bytes came whole, and one at a time */
window.playTranscript = async (script) => {
  const core = await loaded;
  const reports = [];
  for (const singly of [false, true]) reports.push(await new Play(core, script, { singly }).run());
  return reports;
};
