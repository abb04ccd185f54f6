/** The password check. */
import signIn from '../../view/sign-in.css';

export { signInBody } from '../../view/sign-in.js';

export const css = [signIn];
