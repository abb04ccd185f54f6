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
