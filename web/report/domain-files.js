/**
 * Proved settings → what the administrator of a domain can publish, so that mail apps find them: the
 * SRV records of RFC 6186 and RFC 8314, and the configuration file that Thunderbird and others ask
 * for at `https://autoconfig.<domain>/mail/config-v1.1.xml`. Pure.
 */
import { document, element } from './xml.js';

const TTL_SECONDS = 3600;
/** Between the priorities of services, so that others fit between them. */
const PRIORITY_STEP = 10;

/** The settings in the order they are recommended. */
function inOrder({ incoming, outgoing, alternatives }) {
  const best = [incoming, outgoing].filter(Boolean);
  // Whoever publishes a server whose certificate fails sends every app into an error, and whoever
  // publishes a stranger's gives it everybody's passwords.
  return [...best, ...alternatives].filter(({ trusted, vouched }) => trusted && vouched);
}

/**
 * Lines for a zone file (RFC 1035 5.1, RFC 2782), the best service of each kind with the lowest
 * priority.
 * @param {string} domain as A-labels
 */
export function srvLines(domain, settings) {
  const ranks = { send: 0, receive: 0 };
  return inOrder(settings)
    .map(({ service, protocol, server, port }) => {
      const side = protocol === 'smtp' ? 'send' : 'receive';
      const priority = PRIORITY_STEP * ranks[side]++;
      return `_${service}._tcp.${domain}. ${TTL_SECONDS} IN SRV ${priority} 1 ${port} ${server}.\n`;
    })
    .join('');
}

/**
 * The configuration file, version 1.1 of its format.
 * @param {object} options
 * @param {string} options.domain as A-labels
 * @param {string} options.shown the domain as it is shown
 * @param {object} options.settings
 */
export function autoconfig({ domain, shown, settings }) {
  return document(
    element(
      'clientConfig',
      { version: '1.1' },
      element(
        'emailProvider',
        { id: domain },
        element('domain', {}, domain),
        element('displayName', {}, shown),
        element('displayShortName', {}, shown),
        ...servers('incomingServer', settings, ({ protocol }) => protocol !== 'smtp'),
        ...servers('outgoingServer', settings, ({ protocol }) => protocol === 'smtp'),
      ),
    ),
  );
}

function servers(tag, settings, belongs) {
  return inOrder(settings)
    .filter(belongs)
    .map(({ protocol, server, port, security, authentication, username }) =>
      element(
        tag,
        { type: protocol },
        element('hostname', {}, server),
        element('port', {}, String(port)),
        element('socketType', {}, security === 'ssl' ? 'SSL' : 'STARTTLS'),
        element(
          'authentication',
          {},
          authentication === 'oauth2' ? 'OAuth2' : 'password-cleartext',
        ),
        element('username', {}, username === 'local-part' ? '%EMAILLOCALPART%' : '%EMAILADDRESS%'),
      ),
    );
}
