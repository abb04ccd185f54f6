/**
 * The parts of the script that are fetched when somebody is about to need them: the module `#parts` where
 * nothing is built. The build makes a file of each, which has what the script lacks, and a `#parts` that
 * fetches it (fetch-part.js).
 *
 * Each promises its module, and rejects with an UnreachableError where it does not come; asked again, it tries again.
 */
export const PARTS = {
  check: () => import('./parts/check.js'),
  asked: () => import('../check/asked.js'),
  slips: () => import('../check/slips.js'),
  elsewhere: () => import('../check/elsewhere.js'),
  versions: () => import('../check/versions.js'),
  'error-message': () => import('../input/error-message.js'),
  'report-reader': () => import('./parts/report-reader.js'),
  'qr-code': () => import('../report/qr-code.js'),
  preset: () => import('./parts/preset.js'),
  problems: () => import('./parts/problems.js'),
  typed: () => import('./parts/typed.js'),
  details: () => import('./parts/details.js'),
  vantage: () => import('./parts/vantage.js'),
  files: () => import('./parts/files.js'),
  texts: () => import('../view/plain-text.js'),
  'sign-in': () => import('./parts/sign-in.js'),
  compact: () => import('./parts/compact.js'),
  'suffixes-a': () => import('../input/public-suffixes/a.js'),
  'suffixes-c': () => import('../input/public-suffixes/c.js'),
  'suffixes-d': () => import('../input/public-suffixes/d.js'),
  'suffixes-f': () => import('../input/public-suffixes/f.js'),
  'suffixes-j': () => import('../input/public-suffixes/j.js'),
  'suffixes-n': () => import('../input/public-suffixes/n.js'),
  'suffixes-p': () => import('../input/public-suffixes/p.js'),
  'suffixes-s': () => import('../input/public-suffixes/s.js'),
  'core-here': () => import('../check/core-here.js'),
};
