/** What tells what is wrong, and for whom to mend. */
import problems from '../../view/problems.css';
import letter from '../../view/letter.css';

export { problemsOf } from '../../report/told-problems.js';
export { problemsView, stepView } from '../../view/problems.js';

export const css = [problems, letter];
