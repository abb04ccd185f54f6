/**
 * What a visitor downloads for one check, as a browser asks for it: each file with its bytes under brotli, as a
 * server sends it. What is asked of the bridge, and settings, are not counted.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { check } from './page.mjs';

/**
 * @param {object} page an empty one, in a browser that has nothing cached
 * @param {string} url of the page @param {string} folder with its files @param {string} domain
 * @returns {Promise<{files: Array<{name: string, bytes: number, early: boolean}>, start: number, all: number}>}
 *   `early`, and counted in `start`: asked for before the first word to a mail server's socket
 */
export async function payloadOf(page, url, folder, domain) {
  const asked = new Map();
  let early = true;
  page.on('request', (request) => {
    const name = new URL(request.url()).pathname.replace(/\/$/, '/index.html').slice(1);
    if (!asked.has(name)) asked.set(name, early);
  });
  page.on('websocket', (socket) => {
    const toServer = (text) => /^[\d.:[\]a-f]+:\d+$/.test(text);
    if (toServer(new URL(socket.url()).searchParams.get('token') ?? '')) early = false;
    socket.on('framesent', ({ payload }) => {
      if (toServer(String(payload))) early = false;
    });
  });
  await page.goto(url);
  await check(page, domain);
  const files = [...asked]
    .map(([name, first]) => ({ name, early: first, file: path.join(folder, name) }))
    .filter(({ name, file }) => !name.startsWith('config.json') && isFile(file))
    .map(({ name, early: first, file }) => {
      return { name, early: first, bytes: brotliCompressSync(readFileSync(file)).length };
    });
  const sum = (list) => list.reduce((total, { bytes }) => total + bytes, 0);
  return { files, start: sum(files.filter((one) => one.early)), all: sum(files) };
}

function isFile(file) {
  return existsSync(file) && statSync(file).isFile();
}
