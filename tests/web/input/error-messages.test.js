import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CAUSES } from '../../../web/input/error-causes.js';
import { ERROR_MESSAGES } from '../../../web/input/error-messages.js';
import { normal, readError } from '../../../web/input/error-message.js';
import { locale, tables } from '../fixtures/tables.js';

const read = (text) => readError(text, tables.services);
const rowOf = (text) => read(text)?.message?.id ?? null;

test('the table is whole: ids once, known causes, known sides, an example for each', () => {
  assert.ok(ERROR_MESSAGES.length >= 60, `${ERROR_MESSAGES.length} rows`);
  const ids = ERROR_MESSAGES.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const { id, cause, direction, any, example } of ERROR_MESSAGES) {
    assert.match(id, /^[a-z0-9-]+$/);
    assert.equal(typeof cause, 'string', id);
    assert.ok([undefined, 'send', 'receive'].includes(direction), id);
    assert.ok(any.length > 0 && example.length > 0, id);
  }
});

test('the list of causes is that of the rows', () => {
  assert.deepEqual(CAUSES, [...new Set(ERROR_MESSAGES.map(({ cause }) => cause))]);
});

test('every cause has words', () => {
  for (const cause of CAUSES) {
    for (const part of ['means', 'next']) {
      assert.equal(typeof locale.pasted.causes[cause]?.[part], 'string', `${cause}.${part}`);
    }
  }
  assert.deepEqual(Object.keys(locale.pasted.causes).sort(), [...CAUSES].sort());
});

test('every example is read as its own row', () => {
  for (const { id, example } of ERROR_MESSAGES) assert.equal(rowOf(example), id, example);
});

test('every fragment is written as texts are compared, and leads to its own row', () => {
  for (const { id, any } of ERROR_MESSAGES) {
    for (const fragment of any) {
      const parts = [fragment].flat();
      for (const part of parts) assert.equal(normal(part), part, `${id}: ${part}`);
      assert.equal(rowOf(parts.join(' ')), id, `${id}: ${parts.join(' + ')}`);
    }
  }
});

/** Messages as apps, programs and servers show them → what they mean. */
const MESSAGES = {
  'Connection refused': 'connect-refused',
  'Could not connect to smtp.example.com:587\nConnection refused': 'connect-refused',
  'The operation timed out': 'connect-timeout',
  'SSL: certificate verify failed': 'certificate-untrusted',
  'The server does not support STARTTLS': 'starttls-not-offered',
  'AUTHENTICATE failed': 'sign-in-refused',

  // Thunderbird
  'Could not connect to mail server imap.example.com; the connection was refused.':
    'connect-refused',
  'Connection to server imap.example.com timed out.': 'connect-timeout',
  'Failed to connect to server imap.example.com.': 'connect-failed',
  'Server imap.example.com has disconnected. The server may have gone down or there may be a network problem.':
    'connect-reset',
  'Sending of the message failed.\nThe message could not be sent because connecting to Outgoing server (SMTP) smtp.example.com failed. The server may be unavailable or is refusing SMTP connections. Please verify that your Outgoing server (SMTP) settings are correct and try again.':
    'connect-refused',
  'The message could not be sent because the connection to Outgoing server (SMTP) smtp.example.com timed out. Try again.':
    'connect-timeout',
  'The message could not be sent because the connection to Outgoing server (SMTP) smtp.example.com was lost in the middle of the transaction. Try again.':
    'connect-reset',
  'An error occurred while sending mail: Outgoing server (SMTP) smtp.exmaple.com is unknown. The server may be incorrectly configured.':
    'name-not-found',
  "An error occurred while sending mail: Unable to establish a secure link with Outgoing server (SMTP) smtp.example.com using STARTTLS since it doesn't advertise that feature. Switch off STARTTLS for that server or contact your service provider.":
    'starttls-not-offered',
  "Unable to authenticate to Outgoing server (SMTP) smtp.example.com. Please check the password and verify the 'Authentication method' in 'Account Settings | Outgoing server (SMTP)'.":
    'sign-in-refused',
  'Unable to authenticate to Outgoing server (SMTP) smtp.example.com. It does not support authentication (SMTP-AUTH) but you have chosen to use authentication.':
    'encryption-required',
  'The IMAP server imap.example.com does not support the selected authentication method.':
    'encryption-required',
  'Unable to connect to your IMAP server. You may have exceeded the maximum number of connections to this server.':
    'greeting-busy',
  'Login to server imap.example.com with username anna@example.com failed.': 'sign-in-refused',
  'Configuration could not be verified — is the username or password wrong?': 'sign-in-refused',
  SEC_ERROR_UNKNOWN_ISSUER: 'certificate-unknown-issuer',
  SSL_ERROR_BAD_CERT_DOMAIN: 'certificate-name-mismatch',
  'An error occurred while sending mail: The mail server sent an incorrect greeting: .':
    'not-a-mail-server',

  // Apple Mail, macOS and iOS
  'The connection to the server “imap.example.com” on port 993 timed out.': 'connect-timeout',
  'The server “smtp.example.com” refused to allow a connection on port 587.': 'connect-refused',
  'Mail was unable to connect to server “imap.example.com” using SSL on port 143. Verify that this server supports SSL and that your account settings are correct.':
    'security-wrong',
  'The mail server “imap.example.com” is not responding. Verify that you have entered the correct account info in Mail settings.':
    'connect-timeout',
  'Cannot Get Mail\nThe connection to the server failed.': 'connect-failed',
  'Cannot Get Mail\nThe user name or password for “imap.example.com” is incorrect.':
    'sign-in-refused',
  'Unable to verify account name or password.': 'sign-in-refused',
  'The IMAP server “imap.example.com” is not responding.': 'connect-timeout',
  'Secure Connection Failed. MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT': 'certificate-self-signed',
  'CLEARTEXT communication to imap.example.com not permitted by network security policy':
    'encryption-required',
  '550 Unrouteable address': 'message-refused',
  'Cannot Verify Server Identity': 'certificate-untrusted',
  'Cannot Connect Using SSL\nDo you want to try setting up the account without SSL?':
    'security-wrong',

  // Outlook: the codes are the same in every language
  "Fehler (0x800CCC0E) beim Ausführen der Aufgabe 'Empfangen'": 'connect-failed',
  '0x800CCC0F': 'connect-reset',
  '0x800CCC13': 'connect-unreachable',
  '0x800CCC1A': 'security-wrong',
  'Error Number: 0x800CCC78': 'sign-in-missing',
  "Server Response: '554 5.7.1 <anna@example.com>: Relay access denied', Port: 25, Secure(SSL): No, Server Error: 554, Error Number: 0x800CCC79":
    'relay-denied',
  '错误号: 0x800CCC79': 'relay-denied',
  '0x8004210A': 'connect-timeout',
  '0x8004210B': 'connect-timeout',
  '0x80042108': 'connect-failed',
  '0x80042109': 'connect-failed',
  '0x8004010F': 'app-trouble',
  '0x800CCC0D': 'name-not-found',
  '0x800CCC92': 'sign-in-refused',
  '0x800CCC7D': 'starttls-not-offered',
  'Log onto incoming mail server (IMAP): Your server does not support the connection encryption type you have specified.':
    'security-wrong',
  'We couldn’t connect to the incoming (IMAP) server. Please check your email and server information':
    'connect-failed',

  // Windows Mail, .NET
  'Fehlercode: 0x80072efd': 'connect-failed',
  '0x80072ee7': 'name-not-found',
  '0x80072746': 'connect-reset',
  '0x8007274D': 'connect-refused',
  'No connection could be made because the target machine actively refused it. 192.0.2.1:587':
    'connect-refused',
  'A connection attempt failed because the connected party did not properly respond after a period of time':
    'connect-timeout',
  'An existing connection was forcibly closed by the remote host.': 'connect-reset',
  'System.Net.Mail.SmtpException: Server does not support secure connections.':
    'starttls-not-offered',
  'The SMTP server requires a secure connection or the client was not authenticated. The server response was: 5.7.0 Must issue a STARTTLS command first.':
    'encryption-required',
  'The SMTP server requires a secure connection or the client was not authenticated. The server response was: 5.7.57 Client not authenticated to send mail.':
    'sign-in-missing',
  'The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch':
    'certificate-name-mismatch',

  // Android: Gmail, Samsung, K-9
  'Couldn’t open connection to server': 'connect-failed',
  'Unable to open connection to server due to security error.': 'certificate-untrusted',
  "The username or password you entered isn't correct.": 'sign-in-refused',
  'Username or password incorrect.\n(AUTHENTICATIONFAILED)': 'sign-in-refused',
  'Cannot connect to server.\n(java.net.ConnectException: failed to connect to imap.example.com/192.0.2.1 (port 993): connect failed: ECONNREFUSED (Connection refused))':
    'connect-refused',
  'java.security.cert.CertPathValidatorException: Trust anchor for certification path not found.':
    'certificate-unknown-issuer',
  'TLS required but not supported by server.': 'starttls-not-offered',

  // mutt, msmtp, swaks, openssl, curl
  'Could not find the host "imap.exmaple.com"': 'name-not-found',
  'gnutls_handshake: A TLS packet with unexpected length was received.': 'starttls-expected',
  'SASL authentication failed.': 'sign-in-refused',
  'msmtp: cannot locate host smtp.exmaple.com: Name or service not known': 'name-not-found',
  'msmtp: the server does not support TLS via the STARTTLS command': 'starttls-not-offered',
  "msmtp: TLS certificate verification failed: the certificate hasn't got a known issuer":
    'certificate-unknown-issuer',
  'msmtp: the certificate owner does not match hostname smtp.example.com':
    'certificate-name-mismatch',
  '*** Host did not advertise STARTTLS': 'starttls-not-offered',
  '*** TLS startup failed (connect(): error:1408F10B:SSL routines:ssl3_get_record:wrong version number)':
    'starttls-expected',
  "Didn't find STARTTLS in server response, trying anyway...": 'starttls-not-offered',
  'verify error:num=20:unable to get local issuer certificate': 'certificate-unknown-issuer',
  'verify error:num=10:certificate has expired': 'certificate-expired',
  'curl: (7) Failed to connect to mail.example.com port 465 after 21 ms: Connection refused':
    'connect-refused',
  'curl: (6) Could not resolve host: smtp.exmaple.com': 'name-not-found',
  'curl: (67) Login denied': 'sign-in-refused',
  "curl: (60) SSL: no alternative certificate subject name matches target host name 'smtp.example.com'":
    'certificate-name-mismatch',

  // PHPMailer, nodemailer, Python, Java, Go
  'SMTP Error: Could not authenticate.': 'sign-in-refused',
  'SMTP Error: Could not connect to SMTP host. Failed to connect to server': 'connect-failed',
  'SMTP ERROR: Failed to connect to server: Connection refused (111)': 'connect-refused',
  "stream_socket_enable_crypto(): Peer certificate CN=`mail.example.net' did not match expected CN=`smtp.example.com'":
    'certificate-name-mismatch',
  "Error: connect ECONNREFUSED 192.0.2.1:587 { errno: -111, code: 'ESOCKET', syscall: 'connect', port: 587, command: 'CONN' }":
    'connect-refused',
  "Error: Connection timeout { code: 'ETIMEDOUT', command: 'CONN' }": 'connect-timeout',
  'queryA ENOTFOUND smtp.exmaple.com': 'name-not-found',
  'Error: Greeting never received': 'connect-timeout',
  "code: 'EAUTH', response: '535-5.7.8 Username and Password not accepted'": 'sign-in-app-password',
  'Error: self-signed certificate in certificate chain': 'certificate-self-signed',
  'ssl.SSLError: [SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1129)':
    'starttls-expected',
  "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname mismatch, certificate is not valid for 'smtp.example.com'. (_ssl.c:1129)":
    'certificate-name-mismatch',
  'smtplib.SMTPNotSupportedError: STARTTLS extension not supported by server.':
    'starttls-not-offered',
  "smtplib.SMTPAuthenticationError: (535, b'5.7.8 Error: authentication failed:')":
    'sign-in-refused',
  'socket.gaierror: [Errno -2] Name or service not known': 'name-not-found',
  'imaplib.IMAP4.error: b"[AUTHENTICATIONFAILED] Authentication failed."': 'sign-in-refused',
  'javax.mail.MessagingException: Could not connect to SMTP host: smtp.example.com, port: 587;\n  nested exception is: javax.net.ssl.SSLException: Unsupported or unrecognized SSL message':
    'starttls-expected',
  'javax.net.ssl.SSLHandshakeException: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target':
    'certificate-unknown-issuer',
  'tls: first record does not look like a TLS handshake': 'starttls-expected',
  'x509: certificate is valid for mail.example.net, not smtp.example.com':
    'certificate-name-mismatch',
  'dial tcp 192.0.2.1:465: i/o timeout': 'connect-timeout',

  // What servers answer
  '535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6': 'sign-in-refused',
  '534-5.7.9 Application-specific password required.': 'sign-in-app-password',
  '530 5.7.0 Must issue a STARTTLS command first. x1-20020a - gsmtp': 'encryption-required',
  '550 5.7.1 relaying denied': 'relay-denied',
  '554 5.7.1 <b@example.org>: Relay access denied': 'relay-denied',
  '554 5.7.1 Message rejected': 'message-refused',
  '421 4.7.0 Too many connections': 'greeting-busy',
  '421 too many connections': 'greeting-busy',
  '454 4.7.0 Temporary authentication failure': 'sign-in-temporary',
  'NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)': 'sign-in-refused',
  '* BAD [PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.':
    'encryption-required',
  '* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED': 'encryption-required',
  'NO Basic authentication is disabled.': 'sign-in-oauth-only',
  '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.':
    'sign-in-service-off',
  '535 5.7.3 Authentication unsuccessful': 'sign-in-refused',
  '-ERR [AUTH] Application-specific password required': 'sign-in-app-password',
  '-ERR Logon failure: unknown user name or bad password.': 'sign-in-refused',
  'NO [ALERT] Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754 (Failure)':
    'sign-in-app-password',
  'LOGIN Invalid credentials or IMAP is disabled': 'sign-in-service-off',
  '535 5.7.0 (#AUTH005) Too many bad auth attempts.': 'sign-in-locked',
};
for (const [text, cause] of Object.entries(MESSAGES)) {
  test(`${cause}: ${text.replace(/\s+/g, ' ').slice(0, 70)}`, () => {
    const { message } = read(text);
    assert.equal(message?.cause, cause, `read as ${message?.id}`);
  });
}

test('what is no error message is not read as one', () => {
  for (const text of [
    'My mail does not work any more since Tuesday',
    'The answer is 42',
    'https://example.com/imap',
    '0x800CCC0E9',
    'unrefused connections are fine',
    'anna@example.com',
  ]) {
    assert.equal(rowOf(text), null, text);
  }
  assert.equal(read(''), null);
  assert.equal(read(' \n\t '), null);
});
