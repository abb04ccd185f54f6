/**
 * Builds the static site.
 *
 *   node web/site/build.mjs --tables build/tables.json --core build/wasm/page/core.wasm \
 *     --tls12 build/wasm/page/core-tls12.wasm --roots build/roots.bin --out build/web
 *
 * Writes the pages, style.css and the scripts into --out, with core.wasm and core-tls12.wasm, roots.bin and the words of each
 * language (--locales, web/locales without it) beside them, and an operator's own web/config.json, web/*.pem and web/presets/*.json. What an operator put into --out
 * is never deleted. With --own-bridge the page is for a reader's own computer: its host has the first bridge.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeSite, run, siteArguments } from './site.mjs';

run('web/site/build.mjs', async () => {
  const own = { 'own-bridge': { type: 'boolean', default: false } };
  const { out, 'own-bridge': ownBridge, ...sources } = siteArguments('web', own);
  const config = path.join(out, 'config.json');
  const files = await makeSite({ ...sources, ownBridge, config });
  for (const [name, content] of files) {
    const file = path.join(out, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
});
