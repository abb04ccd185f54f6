/** What shows the steps of a port. */
import details from '../../view/details.css';

export { detailsOf } from '../../report/port-details.js';
export { detailsView } from '../../view/details.js';

export const css = [details];
