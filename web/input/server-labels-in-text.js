/** First labels of the names of mail servers as people and error messages write them. Pure. */
import { SERVER_LABELS } from './server-labels.js';

/** What a label is near to, or begins or ends with, when somebody meant the name of a server. */
export const LABEL_STEMS = ['imap', 'smtp', 'mail', 'pop3'];

/** Names of products, which are servers in an error message and domains in an address. */
const PRODUCTS = ['exchange', 'outlook'];
const LABELS = [...Object.keys(SERVER_LABELS), ...PRODUCTS].join('|');
const IN_TEXT = new RegExp(`^(${LABELS})\\d{0,2}(-mail)?$`);

/** Whether a name that begins with this label is worth a look wherever it stands: `imap2`, `smtp-mail`. */
export function isServerLabel(label) {
  return IN_TEXT.test(label);
}
