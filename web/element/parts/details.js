/** What shows the steps of a port. */
import details from '../../view/details.css';

export { detailsView } from '../../view/details.js';

export const css = [details];
