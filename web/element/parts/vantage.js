/** What is in the folds about where a check was made from, and about the reader's own network. */
import vantage from '../../view/vantage.css';

export { ownNetworkSteps, placeView, secondPlaceView } from '../../view/vantage.js';

export const css = [vantage];
