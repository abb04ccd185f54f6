/** What the element fetches from beside its script, once per page: settings, the core, roots. */
import { ASSETS } from '#assets';
import { AnchorPieces, CoreClient, NAME_START_DIGITS } from '../check/beforehand.js';
import { fetchScript, startThread } from './core-thread.js';
import { readConfig } from '../config/config.js';
import { FALLBACK } from '../i18n/language.js';
import { EARLY } from '../i18n/pieces.js';
import { PARTS } from '#parts';
import { bringNames, bringSuffixes } from './names.js';
import { UnreachableError } from './unreachable-error.js';

/** A mail server is waiting meanwhile; then all anchors are asked for, or a module once more. */
const PIECE_LIMIT_MS = 5_000;
/** Words that take longer come too late for a reader who waits. */
const LOCALE_LIMIT_MS = 10_000;

/** Names of the locales that there are. */
export const LOCALES = [...new Set([FALLBACK, ...Object.keys(ASSETS.locales)])];

/** URL of what tests a reader's own network, or null where it does not lie beside the script. @param {string} base */
export function programUrl(base) {
  return ASSETS.program && new URL(ASSETS.program, base).href;
}

const resources = new Map();
const configs = new Map();
const locales = new Map();
const presetTexts = new Map();
/** Words whose lack the console knows of. */
const lamented = new Set();

/**
 * @param {string} base URL of the folder that holds core.wasm, roots.bin and config.json
 * @param {object} tables the content of tables.json
 * @returns {Promise<{core: object, config: object}>}
 */
export function loadResources(base, tables) {
  return once(resources, base, () => load(base, tables));
}

/** config.json is optional. @returns {Promise<{config: object}>} */
export function loadConfig(base) {
  return once(configs, base, fetchConfig);
}

/**
 * @param {unknown} value as readPreset() takes it, or the id of a file in presets/
 * @param {string} base
 * @param {object[]} services rows of the table
 * @returns {Promise<object|null>} with the `rules` of its colours
 * @throws {Error} for the embedder's eyes
 */
export async function loadPreset(value, base, services) {
  if (value === null || value === undefined || value === '') return null;
  const reader = await PARTS.preset();
  const { namesInPreset, presetFile, readPreset, readPresetFile, colourRules } = reader;
  const dressed = (preset) =>
    preset && { ...preset, rules: preset.colours.length ? colourRules(preset.colours) : null };
  if (typeof value === 'string' && !value.includes('{')) await bringNames([value.trim()]);
  const id = presetFile(value);
  if (id === null) {
    await bringSuffixes(namesInPreset(value));
    return dressed(readPreset(value, services));
  }
  const file = `presets/${id}.json`;
  const text = await once(presetTexts, new URL(file, base).href, fetchPreset);
  await bringSuffixes(namesInPreset(text));
  try {
    return dressed(readPresetFile(text, services));
  } catch (error) {
    throw new Error(`${file}: ${error.message}`);
  }
}

/**
 * A piece of the words of a locale; null, and one warning for each file, where they do not come. Then they are
 * tried again the next time.
 * @param {string} name one of LOCALES @param {string} piece see i18n/pieces.js @param {string} base
 * @returns {Promise<object|null>}
 */
export function loadWords(name, piece, base) {
  const url = new URL(ASSETS.locales[name][piece], base).href;
  return once(locales, url, fetchLocale).catch((error) => {
    if (!lamented.has(url)) {
      const instead = name === FALLBACK ? '' : '; the words are English';
      console.warn(`mail-port-check: ${url}: ${error.message}${instead}`);
    }
    lamented.add(url);
    return null;
  });
}

/** Asks for the pieces that every check wants, beside all else. */
export function prepareWords(name, base) {
  for (const piece of EARLY) if (ASSETS.locales[name]?.[piece]) loadWords(name, piece, base);
}

/** One loading for all; one that failed is tried again. */
function once(cache, base, start) {
  if (!cache.has(base)) {
    const loading = start(base);
    cache.set(base, loading);
    loading.catch(() => cache.delete(base));
  }
  return cache.get(base);
}

async function load(base, tables) {
  const [{ config }, core] = await Promise.all([
    loadConfig(base),
    // The next check has another, in this thread where there is none to be had any more.
    loadModule(base, tables, () => resources.delete(base)),
  ]);
  for (const file of config.anchors) {
    const pem = await (await get(new URL(file, base))).text();
    try {
      await core.addAnchors(pem);
    } catch (error) {
      throw new Error(`config.json: anchors "${file}": ${error.message}`);
    }
  }
  return { core, config };
}

async function fetchConfig(base) {
  const response = await reach(new URL('config.json', base), { cache: 'no-store' });
  if (response.status === 404) return { config: readConfig({}) };
  if (!response.ok) throw new Error(`config.json: HTTP status ${response.status}`);
  let raw;
  try {
    raw = await response.json();
  } catch (error) {
    throw new Error(`config.json: ${error.message}`);
  }
  return { config: readConfig(raw) };
}

async function fetchLocale(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(LOCALE_LIMIT_MS) });
  if (!response.ok) throw new Error(`HTTP status ${response.status}`);
  return response.json();
}

async function fetchPreset(url) {
  const response = await reach(url);
  if (!response.ok) throw new Error(`preset: ${url}: HTTP status ${response.status}`);
  return response.text();
}

async function loadModule(base, tables, onLost) {
  const whole = () => bytesOf(new URL(ASSETS.roots, base));
  const roots = ASSETS.anchors ? anchorPieces(ASSETS.anchors, base, whole) : await whole();
  const script = ASSETS.worker
    ? fetchScript(new URL(ASSETS.worker.name, base), ASSETS.worker)
    : null;
  // What is wrong with it is told where it is waited for.
  script?.catch(() => {});
  const module = await WebAssembly.compileStreaming(get(new URL(ASSETS.core, base)));
  const tls12 = ASSETS.tls12 && (() => fetchTls12(base));
  const thread = script && (await inThread(script, module, roots, { tables, tls12, onLost }));
  return thread ?? here(module, roots, { tables, tls12 });
}

/** Asked for once more where it does not come: a mail server is waiting. */
async function fetchTls12(base) {
  const { name, integrity } = ASSETS.tls12;
  const attempt = () => {
    const signal = AbortSignal.timeout(PIECE_LIMIT_MS);
    return WebAssembly.compileStreaming(get(new URL(name, base), { integrity, signal }));
  };
  return attempt().catch(attempt);
}

/** A core in a thread of its own; null where the browser, or the embedder's Content-Security-Policy, admits none. */
async function inThread(script, module, roots, { tables, tls12, onLost }) {
  const onDemand = roots instanceof AnchorPieces;
  let came = false;
  const core = new CoreClient({
    start: async () => startThread(await script),
    load: { module, roots: onDemand ? null : roots, tables: { core: tables.core } },
    anchors: onDemand ? roots : null,
    tls12,
    onLost: () => came && onLost(),
  });
  try {
    await core.ready();
    came = true;
    return core;
  } catch {
    return null;
  }
}

/** The same in this thread: all that it is for is that the page does not stand still. */
async function here(module, roots, { tables, tls12 }) {
  const { loadCore } = await PARTS['core-here']();
  return loadCore(module, roots, tables, tls12);
}

/** Trust anchors as they are asked for; the browser holds each piece against its integrity value. */
function anchorPieces({ names, pieces }, base, whole) {
  const piece = (number) => {
    const [name, integrity] = pieces[number];
    const signal = AbortSignal.timeout(PIECE_LIMIT_MS);
    return bytesOf(new URL(name, base), { integrity, signal });
  };
  const numbers = new Map(
    names.flatMap((list, number) => list.split(' ').map((start) => [start, number])),
  );
  const pieceOf = (name) => numbers.get(name.slice(0, NAME_START_DIGITS));
  return new AnchorPieces({ pieceOf, piece, whole });
}

async function bytesOf(url, options) {
  return new Uint8Array(await (await get(url, options)).arrayBuffer());
}

async function get(url, options) {
  const response = await reach(url, options);
  if (!response.ok) throw new Error(`${url.pathname}: HTTP status ${response.status}`);
  return response;
}

/** The answer of a host; browsers tell in words of their own that there was none. */
async function reach(url, options) {
  try {
    return await fetch(url, options);
  } catch (error) {
    throw new UnreachableError(`${url}: ${error.message}`);
  }
}
