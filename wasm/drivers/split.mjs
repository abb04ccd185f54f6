/**
 * Cuts the linked core in two WebAssembly modules: core.wasm, and the client of TLS up to 1.2, which is fetched when a
 * server has chosen one of those versions (web/scan/core.js). binaryen's wasm-split does the cutting; this tells
 * it where, and moves along what of the memory's first contents nobody else reads.
 *
 *   node wasm/drivers/split.mjs LINKED.wasm LINKED.map OBJECTS CORE.wasm PART.wasm
 *
 * LINKED.wasm is as the linker made it, with names, and LINKED.map what it printed of that. OBJECTS is a regular expression
 * of the object files whose functions and data go: with them go the functions that only they call. The first of its
 * alternatives is the one file that the rest of the core may call; where it calls another, this fails.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const OPTIONS = ['--enable-mutable-globals'];
const MEMORY = ['--low-memory-unused', '--zero-filled-memory'];
/** What emcc runs when it links with -Oz, and once more over that: 0.3 kB less under brotli. */
const PASSES = [
  ['--strip-debug', '--strip-producers', '--post-emscripten', '-Oz', ...MEMORY],
  ['-Os', ...MEMORY],
];
const DATA_SECTION = 11;
const HEADER = 8;

const [linked, mapFile, objects, coreFile, partFile] = process.argv.slice(2);
const [door] = objects.split('|');
const goes = new RegExp(`^(${objects})$`);
const folder = mkdtempSync(path.join(tmpdir(), 'mail-port-check-split-'));
try {
  split();
} finally {
  rmSync(folder, { recursive: true });
}

function split() {
  const { functions, data } = readMap(readFileSync(mapFile, 'utf8'));
  const { names, calls, inTable, exported } = readModule(run('wasm-dis', linked));
  functions.forEach(({ name }, index) => {
    // Where two have the same name, binaryen adds a number.
    if (names[index]?.replace(/\.\d+$/, '') !== name)
      throw new Error(`function ${index} is ${names[index]}, and ${name} in the map`);
  });
  const listed = new Set(names.filter((_, index) => goes.test(functions[index].object)));
  const doors = new Set(names.filter((_, index) => functions[index].object === door));
  const roots = [...exported, ...[...inTable].filter((name) => !listed.has(name))];
  const stay = reached(roots, calls, doors);
  const strays = [...stay].filter((name) => listed.has(name));
  if (strays.length > 0) throw new Error(`called from outside of ${door}: ${strays.join(' ')}`);
  const part = names.filter((name) => !stay.has(name));
  const list = write('functions', part.join('\n'));
  const [core, later] = [file('core.wasm'), file('part.wasm')];
  run('wasm-split', linked, `--split-funcs=@${list}`, '-o1', core, '-o2', later, ...OPTIONS);
  const ranges = data.filter(({ object }) => goes.test(object));
  const { rest, moved } = takeOut(readFileSync(core), ranges);
  optimize(write('rest.wasm', rest), coreFile);
  const whole = Buffer.concat([readFileSync(later), dataSection(moved)]);
  optimize(write('whole.wasm', whole), partFile);
}

function optimize(from, to) {
  let last = from;
  for (const passes of PASSES) {
    run('wasm-opt', last, '-o', to, ...passes, ...OPTIONS);
    last = to;
  }
}

function run(program, ...options) {
  return execFileSync(program, options, { encoding: 'utf8', maxBuffer: 1 << 28 });
}

function file(name) {
  return path.join(folder, name);
}

function write(name, content) {
  writeFileSync(file(name), content);
  return file(name);
}

/** All functions in their order, and the data with its addresses; `object` is a path without its extension. */
function readMap(text) {
  const functions = [];
  const data = [];
  const line = /^ +(-|[0-9a-f]+) +[0-9a-f]+ +([0-9a-f]+) {9}(\S+):\((\S+)\)$/gm;
  for (const [, at, size, from, name] of text.matchAll(line)) {
    const [, object] = from.match(/([^/(]+)\.o\)?$/) ?? from.match(/(.*)/);
    if (at === '-') functions.push({ object, name });
    else data.push({ object, at: parseInt(at, 16), size: parseInt(size, 16) });
  }
  return { functions, data };
}

function readModule(text) {
  const names = [];
  const calls = new Map();
  for (const block of text.split(/^ \(func \$/m).slice(1)) {
    const [name] = block.match(/^[^\s)]+/);
    names.push(name);
    calls.set(name, allOf(block, /\(call \$([^\s)]+)/g));
  }
  const elements = allOf(text, /^ \(elem (.*)\)$/gm).join(' ');
  const inTable = new Set(allOf(elements, /\$([^\s)]+)/g));
  return { names, calls, inTable, exported: allOf(text, /^ \(export "[^"]+" \(func \$([^\s)]+)/gm) };
}

function allOf(text, pattern) {
  return [...text.matchAll(pattern)].map(([, found]) => found);
}

/** All that these call, and what that calls; but for `doors`, through which nobody goes. */
function reached(roots, calls, doors) {
  const found = new Set();
  const waiting = [...roots];
  while (waiting.length > 0) {
    const name = waiting.pop();
    if (found.has(name) || doors.has(name)) continue;
    found.add(name);
    waiting.push(...(calls.get(name) ?? []));
  }
  return found;
}

/** The module with zeros in these ranges of its memory, which the optimizer leaves out, and what was there. */
function takeOut(module, ranges) {
  const rest = Buffer.from(module);
  const moved = [];
  for (const { address, start, length } of segmentsOf(module)) {
    for (const { at, size } of ranges) {
      if (at < address || at + size > address + length) continue;
      const from = start + at - address;
      moved.push({ at, bytes: module.subarray(from, from + size) });
      rest.fill(0, from, from + size);
    }
  }
  return { rest, moved: moved.filter(({ bytes }) => bytes.some((byte) => byte !== 0)) };
}

/** The segments of the data section: the address of each, and where its bytes are in the file. */
function* segmentsOf(module) {
  const r = { module, at: HEADER };
  while (r.at < module.length) {
    const kind = module[r.at++];
    const end = number(r) + r.at;
    for (let left = kind === DATA_SECTION ? number(r) : 0; left > 0; left--) {
      // A flag 0, and an i32.const for the address.
      if (number(r) !== 0 || module[r.at++] !== 0x41) throw new Error('a segment of another kind');
      const address = number(r);
      r.at += 1;
      const length = number(r);
      yield { address, start: r.at, length };
      r.at += length;
    }
    r.at = end;
  }
}

/** A number in LEB128; addresses are signed, and far from what that would change. */
function number(r) {
  let value = 0;
  let shift = 0;
  let byte;
  do {
    byte = r.module[r.at++];
    value |= (byte & 0x7f) << shift;
    shift += 7;
  } while (byte & 0x80);
  return value;
}

function dataSection(segments) {
  const content = segments.flatMap(({ at, bytes }) => [
    ...[0, 0x41, ...signed(at), 0x0b],
    ...[...unsigned(bytes.length), ...bytes],
  ]);
  const all = [...unsigned(segments.length), ...content];
  return Buffer.from([DATA_SECTION, ...unsigned(all.length), ...all]);
}

function unsigned(value) {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value) {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >>> 7)];
}
