/**
 * A reporter for `node --test`: what failed and why, then the closing line of all runners here,
 * `N passed, N failed, N skipped`. A file that cannot be run counts as one test that failed.
 */
import { inspect } from 'node:util';

export default async function* report(source) {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for await (const { type, data } of source) {
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const left = data.skip !== undefined || data.todo !== undefined;
    if (left) skipped += 1;
    else if (type === 'test:fail') failed += 1;
    else if (data.details.type !== 'suite') passed += 1;
    if (left) yield `skipped: ${data.name}${reasonOf(data)}\n`;
    else if (type === 'test:fail') yield `FAILED: ${data.name}\n${errorOf(data.details.error)}\n`;
  }
  yield `${passed} passed, ${failed} failed, ${skipped} skipped\n`;
}

function reasonOf({ skip, todo }) {
  const reason = skip ?? todo;
  return typeof reason === 'string' ? `: ${reason}` : '';
}

/** The test's own error, not the runner's around it. */
function errorOf(error) {
  return inspect(error?.cause ?? error, { depth: 8 }).replace(/^/gm, '  ');
}
