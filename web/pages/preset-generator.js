/**
 * preset.html: a form writes a preset, readPreset() says what is wrong with it, and the element shows it.
 * Nothing is taken from the URL, and what is typed reaches the page as text and as a preset that was read.
 */
import { services } from '#tables';
import { presetFile } from '../config/preset.js';
import { mistakesOf, presetOf } from '../config/preset-form.js';
import { completeSnippets } from './snippets.js';

/** Who still types sees no colour after half a value. */
const TYPING_MS = 400;
const SAVING_MS = 1000;

const form = document.getElementById('preset-form');
const id = document.getElementById('preset-id');
const json = document.getElementById('preset-json');
const save = document.getElementById('preset-save');
const state = document.getElementById('preset-state');
const list = document.getElementById('preset-mistakes');
const element = document.querySelector('mail-port-check');
const fields = [...form.querySelectorAll('[name]')];

let waiting;
completeSnippets(document);
form.addEventListener('input', show);
id.addEventListener('input', show);
save.addEventListener('click', download);
show();

function show() {
  const values = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
  const mistakes = mistakesOf(values, services);
  const named = presetFile(id.value) === id.value;
  json.textContent = JSON.stringify(presetOf(values), null, 2);
  mark(mistakes);
  complain(id, named ? null : document.getElementById('preset-id-error').textContent);
  const good = mistakes.length === 0;
  state.textContent = good ? state.dataset.good : state.dataset.bad;
  list.replaceChildren(
    ...mistakes.map(({ message }) =>
      Object.assign(document.createElement('li'), { textContent: message }),
    ),
  );
  save.disabled = !good || !named;
  clearTimeout(waiting);
  const text = json.textContent;
  if (good) waiting = setTimeout(() => element.setAttribute('preset', text), TYPING_MS);
}

/** At each field what is wrong with it. */
function mark(mistakes) {
  const at = new Map(mistakes.map(({ key, message }) => [fieldOf(key), message]));
  const lines = new Map();
  for (const field of fields) {
    const line = lineOf(field);
    lines.set(line, lines.get(line) ?? at.get(field));
    field.setAttribute('aria-invalid', String(at.has(field)));
  }
  for (const [line, message] of lines) {
    line.textContent = message ?? '';
    line.hidden = !message;
  }
}

/** The field of a key, or the first of those below it; null where it is the whole. */
function fieldOf(key) {
  if (key === '') return null;
  const below = ({ name }) => name.startsWith(`${key}.`) || name.startsWith(`${key}[`);
  return fields.find(({ name }) => name === key) ?? fields.find(below) ?? null;
}

function lineOf(field) {
  return field.closest('.field').querySelector('.field-error');
}

function complain(field, message) {
  field.setAttribute('aria-invalid', String(message !== null));
  lineOf(field).hidden = message === null;
}

function download() {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(
    new Blob([`${json.textContent}\n`], { type: 'application/json' }),
  );
  link.download = `${id.value}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAVING_MS);
}
