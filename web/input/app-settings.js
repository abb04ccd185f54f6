/** What a form asks of the settings in a mail app (read-app-settings.js reads it). Pure data. */

/** The choices of an app's security field. `auto` is for apps that choose, and for who does not know. */
export const SECURITIES = ['auto', 'ssl', 'starttls', 'none'];
/** What is asked of each side: an app asks for one protocol of those that a side can have. */
export const FIELDS = {
  incoming: ['protocol', 'server', 'port', 'security'],
  outgoing: ['server', 'port', 'security'],
};
export const PROTOCOLS = { incoming: ['imap', 'pop3'], outgoing: ['smtp'] };

/** Nothing typed yet. @returns {object} as readAppSettings() takes it */
export function emptyAppSettings() {
  return {
    incoming: { protocol: 'imap', server: '', port: '', security: 'auto' },
    outgoing: { protocol: 'smtp', server: '', port: '', security: 'auto' },
  };
}
