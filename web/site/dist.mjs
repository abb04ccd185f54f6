/**
 * Makes the folder to upload.
 *
 *   node web/site/dist.mjs --tables build/tables.json --core build/wasm/page/core.wasm \
 *     --tls12 build/wasm/page/core-tls12.wasm --roots build/roots.bin --out build/dist
 *
 * The site of build.mjs, and: names that hold a hash of the content, so that caches may keep them for
 * ever (mail-port-check.js keeps its plain name, too); .br and .gz beside what is worth it;
 * integrity.json with the values for `integrity=`; _headers with the response headers to send. The same
 * sources make the same bytes. What was in --out before is deleted. --program names a folder with
 * mailbridge.pyz and its SHA256SUMS: the page then offers it.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { integrityOf } from './integrity.mjs';
import { makeSite, run, SiteError, siteArguments } from './site.mjs';

/** What embedders name in their pages. */
const ENTRY = 'mail-port-check.js';
const HASHED = [
  ENTRY,
  'page.js',
  'embed.js',
  'embed-demo.js',
  'preset-generator.js',
  'providers.js',
  'providers.css',
  'style.css',
];
/** What a reader can download to test his own network. */
const PROGRAM = 'mailbridge.pyz';
/** Worth compressing; not what an operator may change by hand afterwards, which would go stale. */
const COMPRESSED = /\.(?:bin|css|html|js|txt|wasm)$|^locales\//;
const COMPRESSED_MIN_BYTES = 512;
/** Where gzip names the system that it ran on: "unknown", so that all systems make the same bytes. */
const GZIP_OS = { offset: 9, unknown: 255 };

run('web/site/dist.mjs', async () => {
  const option = { program: { type: 'string' } };
  const { out, program, ...sources } = siteArguments('dist', option);
  const beside = program ? await programIn(program) : new Map();
  const site = await makeSite({
    ...sources,
    program: program ? PROGRAM : null,
    nameOf: withHash,
  });
  const hashed = new Map(HASHED.map((name) => [name, withHash(name, site.get(name))]));
  const linkedTo = new Set();
  const files = new Map();
  for (const [name, content] of site) {
    if (name.endsWith('.html')) files.set(name, linked(content.toString(), hashed, site, linkedTo));
    else files.set(hashed.get(name) ?? name, content);
  }
  const unlinked = HASHED.filter((name) => !linkedTo.has(name));
  if (unlinked.length > 0) throw new SiteError(`no page links to ${unlinked.join(', ')}`);
  files.set(ENTRY, site.get(ENTRY));
  for (const [name, content] of beside) files.set(name, content);
  const integrity = {};
  for (const [name, content] of files) {
    if (/\.(?:css|js)$/.test(name)) integrity[name] = integrityOf(content, 'sha384');
  }
  const kept = [...files.keys()].filter((name) => /-[0-9a-f]{10}\.\w+$/.test(name));
  const policies = new Map(
    [...site]
      .filter(([name]) => name.endsWith('.html'))
      .map(([name, html]) => [name, policyOf(html)]),
  );
  files.set('_headers', headers({ kept, policies }));
  files.set('integrity.json', `${JSON.stringify(integrity, null, 2)}\n`);
  for (const [name, content] of [...files]) {
    if (!COMPRESSED.test(name) || content.length < COMPRESSED_MIN_BYTES) continue;
    files.set(`${name}.br`, brotli(content));
    files.set(`${name}.gz`, gzip(content));
  }

  await rm(out, { recursive: true, force: true });
  for (const [name, content] of files) {
    const file = path.join(out, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  const entry = hashed.get(ENTRY);
  console.log(`${files.size} files in ${out}. For pages that pin this version:`);
  console.log(`  <script type="module" src="https://YOUR-HOST/${entry}"`);
  console.log(`    integrity="${integrity[entry]}" crossorigin="anonymous"></script>`);
});

/** The program, and the checksum beside it; the first of them that is missing is the one that is named. */
async function programIn(folder) {
  const files = new Map();
  try {
    for (const name of [PROGRAM, 'SHA256SUMS']) {
      files.set(name, await readFile(path.join(folder, name)));
    }
  } catch (error) {
    throw new SiteError(`--program: ${error.message}`);
  }
  return files;
}

function withHash(name, content) {
  const { dir, name: stem, ext } = path.posix.parse(name);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  return path.posix.join(dir, `${stem}-${hash}${ext}`);
}

/** The page with its scripts and style sheet under their hashed names; `linkedTo` takes note of them. */
function linked(html, hashed, site, linkedTo) {
  return Buffer.from(
    html.replace(/\b(src|href)="([^"]+)"/g, (whole, attribute, name) => {
      if (!hashed.has(name)) return whole;
      linkedTo.add(name);
      return `${attribute}="${hashed.get(name)}" integrity="${integrityOf(site.get(name), 'sha384')}"`;
    }),
  );
}

function policyOf(html) {
  return /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html.toString())[1];
}

/** As Netlify and Cloudflare Pages read it; for other servers it says what to send. */
function headers({ kept, policies }) {
  const rule = (where, lines) => [where, ...lines.map((line) => `  ${line}`), ''];
  return [
    ...rule('/*', [
      'X-Content-Type-Options: nosniff',
      'Referrer-Policy: no-referrer',
      'Access-Control-Allow-Origin: *',
      'Access-Control-Expose-Headers: Date, Age, Cache-Status',
      'Cross-Origin-Resource-Policy: cross-origin',
    ]),
    ...[['', policies.get('index.html')], ...policies].flatMap(([name, policy]) => {
      const parents = name === 'embed.html' ? '*' : "'self'";
      return rule(`/${name}`, [`Content-Security-Policy: ${policy}; frame-ancestors ${parents}`]);
    }),
    ...kept.flatMap((name) =>
      rule(`/${name}`, ['Cache-Control: public, max-age=31536000, immutable']),
    ),
  ].join('\n');
}

function brotli(content) {
  return brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}

function gzip(content) {
  const packed = gzipSync(content, { level: constants.Z_BEST_COMPRESSION });
  packed[GZIP_OS.offset] = GZIP_OS.unknown;
  return packed;
}
