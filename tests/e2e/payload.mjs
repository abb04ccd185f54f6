/**
 * What a visitor downloads for one check, as a browser asks for it: each file with its bytes under brotli, as a
 * server sends it. What is asked of the bridge, and settings, are not counted.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { check } from './page.mjs';

/** The core and its thread: held back until names are asked for, which has to do without. */
const CORE = /^core[-.]/;
/** What a form can do without. */
const LATER = /\/(?:parts\/|anchors\/|core[-.]|roots[-.]|locales\/\w+\.\w+[-.])/;

/**
 * @param {object} page an empty one, in a browser that has nothing cached
 * @param {string} url of the page @param {string} folder with its files @param {string} domain
 * @returns {Promise<{files: Array<{name: string, bytes: number, when: 'names'|'servers'|'rest'}>, names: number,
 *   servers: number, all: number}>} `when` a file was asked for: before the first question to the resolver, before
 *   the first word to a mail server's socket, or later; and the bytes until each of these, and of all
 */
export async function payloadOf(page, url, folder, domain) {
  const asked = new Map();
  let when = 'names';
  let release;
  const questioned = new Promise((resolve) => (release = resolve));
  page.on('request', (request) => {
    const name = nameOf(request.url());
    if (!asked.has(name)) asked.set(name, CORE.test(name) && when === 'names' ? 'servers' : when);
  });
  await page.route(
    ({ pathname }) => CORE.test(path.basename(pathname)),
    async (route) => {
      await questioned;
      await route.continue();
    },
  );
  page.on('websocket', (socket) => {
    const toServer = (text) => /^[\d.:[\]a-f]+:\d+$/.test(text);
    if (toServer(new URL(socket.url()).searchParams.get('token') ?? '')) when = 'rest';
    socket.on('framesent', ({ payload }) => {
      if (toServer(String(payload))) when = 'rest';
      else if (typeof payload !== 'string' && when === 'names') {
        when = 'servers';
        release();
      }
    });
  });
  await page.goto(url);
  await check(page, domain);
  const files = sized([...asked], folder).map(([name, first, bytes]) => ({
    name,
    when: first,
    bytes,
  }));
  const until = (...stages) => sum(files.filter((file) => stages.includes(file.when)));
  return { files, names: until('names'), servers: until('names', 'servers'), all: sum(files) };
}

/**
 * Bytes until somebody can type an address: all else is held back meanwhile.
 * @param {object} page @param {string} url @param {string} folder
 */
export async function payloadOfForm(page, url, folder) {
  const came = new Set();
  await page.route(
    () => true,
    (route) => {
      const { pathname } = new URL(route.request().url());
      if (LATER.test(pathname)) return undefined;
      came.add(nameOf(route.request().url()));
      return route.continue();
    },
  );
  await page.goto(url, { waitUntil: 'commit' });
  await page.fill('#address', 'anna@example.com');
  const files = sized(
    [...came].map((name) => [name]),
    folder,
  );
  return sum(files.map(([, , bytes]) => ({ bytes })));
}

function nameOf(url) {
  return new URL(url).pathname.replace(/\/$/, '/index.html').slice(1);
}

function sum(files) {
  return files.reduce((total, { bytes }) => total + bytes, 0);
}

/** With the bytes of each that lies there. */
function sized(asked, folder) {
  return asked
    .map(([name, when]) => [name, when, path.join(folder, name)])
    .filter(([name, , file]) => !name.startsWith('config.json') && isFile(file))
    .map(([name, when, file]) => [name, when, brotliCompressSync(readFileSync(file)).length]);
}

function isFile(file) {
  return existsSync(file) && statSync(file).isFile();
}
