/** What somebody may have meant who mistyped a domain. */
export { likelyDomains } from '../discover/slips.js';
