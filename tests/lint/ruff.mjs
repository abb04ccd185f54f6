/**
 * Ruff, from npm: Debian 12 has no package of it. Checks Python sources, or mends what it can.
 *
 *   node ruff.mjs [--write] FILE…
 *
 * The settings are a JSON object on standard input, as .ruff.toml has them. One line for each thing
 * that is wrong; the exit code is 1 when there is one.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';

const write = process.argv[2] === '--write';
const files = process.argv.slice(write ? 3 : 2);
const settings = JSON.parse(readFileSync(0, 'utf8'));
// Columns are then those of JavaScript's strings.
const ruff = new Workspace(settings, PositionEncoding.Utf16);

for (const file of files) {
  const source = readFileSync(file, 'utf8');
  const text = write ? ruff.format(mended(source)) : source;
  if (text !== source) writeFileSync(file, text);
  for (const { code, message, start_location: start } of ruff.check(text)) {
    complain(`${file}:${start.row}`, `${code ?? 'syntax'}: ${message}`);
  }
  if (ruff.format(text) !== text) complain(file, 'is not formatted');
}

function complain(where, what) {
  console.log(`${where}: ${what}`);
  process.exitCode = 1;
}

/** The source with every safe fix that overlaps with no other. */
function mended(source) {
  const lines = source.split('\n');
  const starts = [0];
  for (const line of lines) starts.push(starts.at(-1) + line.length + 1);
  const at = ({ row, column }) => starts[row - 1] + column - 1;
  const edits = ruff
    .check(source)
    .filter(({ fix }) => fix?.applicability !== 'unsafe')
    .flatMap(({ fix }) => fix?.edits ?? [])
    .map((edit) => ({ from: at(edit.location), to: at(edit.end_location), put: edit.content }))
    .sort((a, b) => b.from - a.from);
  let text = source;
  let untouched = source.length;
  for (const { from, to, put } of edits) {
    if (to > untouched) continue;
    text = text.slice(0, from) + (put ?? '') + text.slice(to);
    untouched = from;
  }
  return text;
}
