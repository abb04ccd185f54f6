/** Of all problems the one to begin with. Pure. */
import { isFailingImap } from './answer-key.js';
import { policyOf } from './findings.js';

/** With these headlines the step is to use the settings. */
const READY = ['ready', 'readyProblems'];

/**
 * The one problem to do something about now, or null.
 * @param {Array<{id: string, act: string, rows: object[]}>} found the most urgent first
 * @param {{incoming: object|null, outgoing: object|null}} settings
 * @param {string} key of the headline, see answer-key.js
 */
export function firstStep(found, { incoming, outgoing }, key) {
  const ofReader = found.find(({ id, act }) => policyOf(id).portless && act === 'fix');
  if (ofReader || READY.includes(key)) return ofReader ?? null;
  if (key === 'readyNoMail') return found.find(({ id }) => id === 'no-new-mail');
  if (key === 'readyPop3') return found.find(({ rows }) => rows.some(isFailingImap));
  if (key === 'readyBut') return found.find(({ id }) => policyOf(id).doubtful) ?? null;
  const lacking = [incoming ? [] : 'receive', outgoing ? [] : 'send'].flat();
  const inTheWay = ({ rows }) => rows.some(({ service }) => lacking.includes(service.direction));
  return found.find(({ id }) => policyOf(id).portless) ?? found.find(inTheWay) ?? found[0] ?? null;
}
