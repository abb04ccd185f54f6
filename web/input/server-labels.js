/** First labels of the names of mail servers: what each tells, and which are guessed. Pure data. */

/** What a server of any name may serve. */
export const ALL = ['imap', 'pop3', 'smtp'];

/** Labels that name a mail server rather than a mail domain, and the protocols it serves. */
export const SERVER_LABELS = {
  imap: ['imap'],
  imaps: ['imap'],
  imap4: ['imap'],
  pop: ['pop3'],
  pop3: ['pop3'],
  pops: ['pop3'],
  incoming: ['imap', 'pop3'],
  smtp: ['smtp'],
  smtps: ['smtp'],
  outgoing: ['smtp'],
  submission: ['smtp'],
  mail: ALL,
  email: ALL,
  mx: ALL,
};

/** Labels that mail apps guess for a protocol, in their order; '' is the domain itself. */
export const USUAL_LABELS = {
  imap: ['imap', 'mail', ''],
  pop3: ['pop', 'pop3', 'mail', ''],
  smtp: ['smtp', 'mail', 'outgoing', ''],
};

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
