/** The core, for a page that may not have a thread for it: a part of the script (element/parts.js). */
export { loadCore } from '../scan/core.js';
