/**
 * The fields of a form, by name → the preset that they make, and what is wrong with it. Pure.
 *
 * A field is named by the key that it writes: `domains`, `imap[0].host`, `links.help`,
 * `colours.accent.dark`. Whether a value is right is for readPreset() alone to say.
 */
import { LINKS, readPreset } from './preset.js';

export const LISTS = ['domains', 'mx'];
export const PROTOCOLS = ['imap', 'pop3', 'smtp'];
const TEXTS = ['name', 'username', 'contact', 'color-scheme'];
/** As preset.js names what is wrong: `preset.imap[0].host: "x" is not a server name`. */
const MISTAKE = /^preset\.([^:]+): /;

/**
 * @param {Record<string, string>} values by the names of the fields; empty ones say nothing
 * @returns {object} as a file of presets/ has it
 */
export function presetOf(values) {
  return partsOf(values).reduce((preset, { raw }) => merged(preset, raw), {});
}

/**
 * @param {Record<string, string>} values @param {object[]} services rows of the table
 * @returns {Array<{key: string, message: string}>} every part that cannot be used; the key is a field's
 *   name, or the beginning of one; empty where it is the whole
 */
export function mistakesOf(values, services) {
  const found = partsOf(values).flatMap(({ raw, row }) => {
    const mistake = mistakeOf(raw, services);
    return mistake === null ? [] : [inRow(mistake, row)];
  });
  const whole = found.length > 0 ? null : mistakeOf(JSON.stringify(presetOf(values)), services);
  return (whole === null ? found : [whole]).map((message) => ({
    key: MISTAKE.exec(message)?.[1] ?? '',
    message,
  }));
}

/** What each field, or group of fields, adds to the preset: a part can be read alone. */
function partsOf(given) {
  const values = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, value.trim()]),
  );
  const text = (key) => (values[key] ? [{ raw: { [key]: values[key] } }] : []);
  const list = (key) => {
    const entries = (values[key] ?? '').split(/[\s,;]+/).filter(Boolean);
    return entries.length > 0 ? [{ raw: { [key]: entries } }] : [];
  };
  const [name, ...others] = TEXTS;
  return [
    ...text(name),
    ...LISTS.flatMap(list),
    ...PROTOCOLS.flatMap((protocol) => serversOf(protocol, values)),
    ...LINKS.filter((kind) => values[`links.${kind}`]).map((kind) => ({
      raw: { links: { [kind]: values[`links.${kind}`] } },
    })),
    ...others.flatMap(text),
    ...coloursOf(values),
  ];
}

function serversOf(protocol, values) {
  const parts = [];
  for (let row = 0; `${protocol}[${row}].host` in values; row += 1) {
    const host = values[`${protocol}[${row}].host`];
    const [port, security] = (values[`${protocol}[${row}].port`] ?? '').split(' ');
    if (!host && !port) continue;
    const server = port ? { host, port: Number(port), security } : { host };
    parts.push({ raw: { [protocol]: [server] }, row });
  }
  return parts;
}

/** All of them are one part: text has to be readable on what is behind it. */
function coloursOf(values) {
  const colours = {};
  for (const [field, value] of Object.entries(values)) {
    const [, name, scheme] = /^colours\.([\w-]+)\.(light|dark)$/.exec(field) ?? [];
    if (name && value) colours[name] = { light: '', dark: '', ...colours[name], [scheme]: value };
  }
  for (const [name, { light, dark }] of Object.entries(colours)) {
    if (light && (!dark || light === dark)) colours[name] = light;
  }
  return Object.keys(colours).length > 0 ? [{ raw: { colours } }] : [];
}

function mistakeOf(raw, services) {
  try {
    readPreset(raw, services);
    return null;
  } catch (error) {
    return error.message;
  }
}

/** Read alone, every server was the first of its list. */
function inRow(message, row) {
  return row === undefined ? message : message.replace('[0]', `[${row}]`);
}

function merged(preset, raw) {
  const [[key, value]] = Object.entries(raw);
  const before = preset[key];
  if (Array.isArray(before)) return { ...preset, [key]: [...before, ...value] };
  if (typeof before === 'object') return { ...preset, [key]: { ...before, ...value } };
  return { ...preset, [key]: value };
}
