/**
 * The laboratory of tests/lab (real Dovecot and Postfix, their DNS) with a bridge in front of it that
 * serves the page with the laboratory's root: a URL to open in a browser.
 */
import { copyFile, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root, startPython } from './program.mjs';

const build = path.join(root, 'build');

/** Packages may have to be fetched and unpacked on the way. */
const LIMITS = { limitMs: 300_000 };

/** @returns {Promise<{url: string, lab: object, stop: () => Promise<void>}>} `lab` is lab.json */
export async function startLab() {
  const servers = await startPython(['-m', 'tests.lab', 'up', build], /^ready$/m, LIMITS);
  try {
    const lab = JSON.parse(await readFile(path.join(build, 'lab/lab.json'), 'utf8'));
    const config = await writeConfig(lab);
    const bridge = await startPython(
      ['-m', 'bridge', '--config', config],
      /(http:\/\/\S+)/,
      LIMITS,
    );
    const stop = async () => {
      await bridge.stop();
      await servers.stop();
    };
    return { url: bridge.said[1], lab, stop };
  } catch (error) {
    await servers.stop();
    throw error;
  }
}

/** The page beside a config.json that trusts the laboratory, and a bridge that reaches it. */
async function writeConfig(lab) {
  const web = path.join(build, 'lab/web');
  await rm(web, { recursive: true, force: true });
  await mkdir(web);
  for (const name of await readdir(path.join(build, 'web'))) {
    if (name !== 'config.json') await symlink(path.join(build, 'web', name), path.join(web, name));
  }
  await copyFile(lab.anchors, path.join(web, 'lab-root.pem'));
  const config = {
    bridges: [{ name: 'the laboratory', url: '/bridge' }],
    anchors: ['lab-root.pem'],
  };
  await writeFile(path.join(web, 'config.json'), JSON.stringify(config));

  const file = path.join(build, 'lab/page.toml');
  const bridge = await readFile(lab.bridge, 'utf8');
  await writeFile(file, `web = ${JSON.stringify(web)}\n${bridge}`);
  return file;
}
