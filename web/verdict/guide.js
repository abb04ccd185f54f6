/** Findings → the part of the page's own guidance that tells more. index.html has the anchors. Pure. */

const ANCHORS = {
  'error-timeout': ['connect-timeout', 'port-25-blocked'],
  'error-refused': ['connect-refused', 'refused-everywhere', 'served-by-other-name'],
  'error-security': [
    'tls-expected',
    'starttls-expected',
    'starttls-not-offered',
    'starttls-refused',
    'cleartext-sign-in-offered',
  ],
  'error-certificate': [
    'certificate-expired',
    'certificate-name-mismatch',
    'certificate-self-signed',
    'certificate-unknown-issuer',
    'certificate-not-yet-valid',
  ],
  'older-ports': ['older-port-off', 'declared-not-offered'],
};
/** More is to be said of a silent port 25 than of another. */
const OWN = { 'port-25-blocked': 'port-25' };

export const GUIDE_ANCHORS = [...Object.keys(ANCHORS), ...Object.values(OWN)];

/** @param {string} id of a finding @returns {string|null} the id of an element of index.html */
export function guideFor(id) {
  if (Object.hasOwn(OWN, id)) return OWN[id];
  return Object.keys(ANCHORS).find((anchor) => ANCHORS[anchor].includes(id)) ?? null;
}
