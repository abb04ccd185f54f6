/** The password check. */
import signIn from '../../view/sign-in.css';

export { bytesOf, signIn, signInError, wantsPause, wipe } from '../../check/sign-in.js';
export { signInBody } from '../../view/sign-in.js';

export const css = [signIn];
