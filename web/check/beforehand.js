/** What a page wants of a check before it has the whole of check.js. */
export { bringProviders } from '../discover/providers.js';
export { AnchorPieces, NAME_START_DIGITS } from '../scan/anchor-pieces.js';
export { CoreClient } from '../scan/core-client.js';
export { newSocketLimit } from '../scan/socket-limit.js';
export { emptyResult } from './empty-result.js';
export { GRACE_MS, TIME_LIMIT_MS } from './time-limit.js';
export { unlessAborted } from './unless-aborted.js';
