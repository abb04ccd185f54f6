/** What the reader holds in the hand, from what the browser says of itself. Pure. */

/**
 * @param {{userAgentData?: {platform?: string}, userAgent?: string, platform?: string,
 *   maxTouchPoints?: number}} navigator
 * @returns {'iphone'|'ipad'|'mac'|'android'|'windows'|'linux'|'unknown'}
 */
export function platformOf({ userAgentData, userAgent = '', platform = '', maxTouchPoints = 0 }) {
  const said = `${userAgentData?.platform ?? ''} ${platform} ${userAgent}`;
  if (/iphone|ipod/i.test(said)) return 'iphone';
  if (/ipad/i.test(said)) return 'ipad';
  // Before Linux, which is what Android says in `platform`.
  if (/android/i.test(said)) return 'android';
  // An iPad calls itself a Mac, but no Mac has a screen to touch.
  if (/mac/i.test(said)) return maxTouchPoints > 1 ? 'ipad' : 'mac';
  if (/windows|win32|win64/i.test(said)) return 'windows';
  if (/linux|x11|cros|chrome os|bsd/i.test(said)) return 'linux';
  return 'unknown';
}
