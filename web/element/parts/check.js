/** What every check wants, and nobody who has not begun one: the check itself, and what shows what it finds. */
import answer from '../../view/answer.css';
import after from '../../view/after.css';
import help from '../../view/help.css';
import howTo from '../../view/how-to.css';
import phone from '../../view/phone.css';
import progress from '../../view/progress.css';
import portsResult from '../../view/ports-result.css';

export { runCheck } from '../../check/check.js';
export { present } from '../../report/presentation.js';
export { writeKept } from '../../report/kept-result.js';
export { aboveView, belowView, milestones } from '../../view/result.js';

export const css = [progress, answer, howTo, phone, help, portsResult, after];
