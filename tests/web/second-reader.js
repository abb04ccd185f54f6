/** Files of the page, read by parsers of another language's standard library. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const reader = fileURLToPath(new URL('read-files.py', import.meta.url));

/** @param {'plist'|'xml'} format @returns {object} throws where the file is not well formed */
export function readFile(format, text) {
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', [reader, format], {
    input: text,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Addresses and names that would break out of a file that is put together from strings. */
export const HOSTILE = [
  `"><script>alert(1)</script>@example.test`,
  `</string><key>IncomingPassword</key><string>x`,
  `]]>&xxe;<!ENTITY xxe SYSTEM "file:///etc/passwd">`,
  `a\u0000b\u0008\ud800\ufffe@example.test`,
  `'--%EMAILADDRESS%\r\n\t@example.test`,
];
