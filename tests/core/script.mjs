/* Reads transcripts (script.h) for the players in JavaScript. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const SIMPLE_ESCAPES = { r: '\r', n: '\n', 0: '\0', t: '\t', '\\': '\\' };

/* Text of a file as a string of bytes, each character one. */
function unescape(text) {
  return text.replace(
    /\\(?:x(..)|\{(\d+)\*((?:\\.|[^}])*)\}|(.))/g,
    (all, hex, times, part, simple) => {
      if (hex) return String.fromCharCode(parseInt(hex, 16));
      if (times) return unescape(part).repeat(Number(times));
      assert.ok(simple in SIMPLE_ESCAPES, `unknown escape ${all}`);
      return SIMPLE_ESCAPES[simple];
    },
  );
}

function readDirective(text) {
  const [kind, ...rest] = text.split(' ');
  if (kind === 'tls') return { kind, name: rest[0], settings: rest.slice(1) };
  if (kind === 'wait' || kind === 'slowly') return { kind, ms: Number(rest[0]) };
  if (kind === 'fail') return { kind, finding: rest[0] };
  assert.ok(['alert', 'damaged', 'close', 'reset'].includes(kind), `unknown directive ${text}`);
  return { kind };
}

function readStep(text) {
  const [mark, rest] = [text.slice(0, 3), text.slice(3)];
  if (mark === '-- ') return readDirective(rest);
  if (mark === 'S: ')
    return { kind: 'server', bytes: Buffer.from(`${unescape(rest)}\r\n`, 'latin1') };
  if (mark === 'S| ') return { kind: 'server', bytes: Buffer.from(unescape(rest), 'latin1') };
  assert.equal(mark, 'C: ', `not a line of a transcript: ${text}`);
  return { kind: 'client', text: rest };
}

/* A file of tests/transcripts/, read as script.h says; bytes of the server as a Buffer. */
export function readScript(path) {
  const lines = readFileSync(path, 'latin1').split('\n');
  const end = lines.indexOf('');
  const header = {
    name: 'mail.example.test',
    time: '2026-06-01T00:00:00Z',
    mode: '',
    witness: 'silent',
  };
  for (const line of lines.slice(0, end).filter((one) => !one.startsWith('#'))) {
    const [key, value] = line.split(/: (.*)/);
    header[key] = value;
  }
  const steps = [];
  const seconds = [];
  lines.slice(end + 1).forEach((text, index) => {
    if (text === '' || text.startsWith('#')) return;
    if (text === '-- second') return void seconds.push([]);
    const into = seconds.at(-1) ?? steps;
    const before = into.at(-1);
    const pause = before?.kind === 'slowly' ? before.ms : 0;
    into.push({ pause, ...readStep(text), line: end + index + 2 });
  });
  const isTls = ({ kind }) => kind === 'tls';
  const speaksTls = steps.some(isTls);
  /* `ownTls`: some conversation meets TLS of the player's own, which chooses as it likes. */
  const ownTls = speaksTls || seconds.flat().some(isTls);
  return { ...header, path, steps, seconds, speaksTls, ownTls };
}
