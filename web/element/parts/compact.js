/** The compact form. */
import compact from '../../view/compact.css';

export { compactView } from '../../view/compact.js';

export const css = [compact];
