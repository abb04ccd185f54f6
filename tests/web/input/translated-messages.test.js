import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERROR_MESSAGES } from '../../../web/input/error-messages.js';
import { readError } from '../../../web/input/error-message.js';
import { TRANSLATED } from '../../../web/input/translated-messages.js';
import { tables } from '../fixtures/tables.js';

const read = (text) => readError(text, tables.services);

test('every group of fragments belongs to a row, and no fragment stands there twice', () => {
  const ids = ERROR_MESSAGES.map(({ id }) => id);
  for (const [id, languages] of Object.entries(TRANSLATED)) {
    assert.ok(ids.includes(id), id);
    assert.deepEqual(
      Object.keys(languages),
      ['de', 'fr', 'es', 'it'].filter((tag) => languages[tag]),
    );
    const { any } = ERROR_MESSAGES.find((row) => row.id === id);
    const written = any.map((fragment) => [fragment].flat().join(' + '));
    assert.deepEqual(
      written.filter((fragment, index) => written.indexOf(fragment) !== index),
      [],
      id,
    );
  }
});

/** Messages as apps show them → what they mean. */
const MESSAGES = {
  de: {
    '„imap.example.de“ konnte nicht kontaktiert werden.': 'connect-failed',
    'E-Mail konnte nicht gesendet werden. Der Absender wurde vom Server zurückgewiesen.':
      'message-refused',
    'Die Nachricht kann nicht gesendet werden. Der Server „smtp.example.de“ akzeptiert das Passwort nicht.':
      'sign-in-refused',
    'Account/Passwort konnten nicht überprüft werden': 'sign-in-refused',
    'Ihr IMAP-Server hat die Verbindung getrennt.': 'connect-reset',
    'Thunderbird konnte keine Einstellungen für Ihr E-Mail-Konto finden.': 'settings-not-found',
    'Etwas ist schiefgelaufen. Outlook konnte Ihr Konto nicht einrichten.': 'connect-failed',
    'Login fehlgeschlagen. Bitte aktivieren Sie POP3/IMAP in den Einstellungen Ihres Postfachs.':
      'sign-in-service-off',
    '550 Relay nicht erlaubt': 'relay-denied',
    '554-No SMTP service 554-IP address is black listed.': 'greeting-blocklisted',
    'Sicherheitsfehler: Zertifikat nicht vertrauenswürdig': 'certificate-untrusted',
    // Outlook, classic and new
    "Fehler (0x800CCC0E) beim Ausführen der Aufgabe 'anna - Empfangen': 'Outlook kann die abonnierten Ordner nicht synchronisieren.'":
      'connect-failed',
    'Outlook kann die abonnierten Ordner für anna@example.de nicht herunterladen. Fehler: Es kann keine Verbindung mit dem Server hergestellt werden.':
      'connect-failed',
    'Es kann keine Verbindung mit dem Posteingangsserver (POP3) hergestellt werden.':
      'connect-failed',
    'Outlook kann keine Verbindung mit dem Postausgangsserver (SMTP) herstellen.': 'connect-failed',
    'Zeitüberschreitung beim Warten auf eine Antwort vom empfangenden Server (POP).':
      'connect-timeout',
    'Von dem Server, mit dem Sie verbunden sind, wird ein Sicherheitszertifikat verwendet, das nicht überprüft werden kann. Der Zielprinzipalname ist falsch.':
      'certificate-name-mismatch',
    'Der Server, mit dem Sie verbunden sind, verwendet ein Sicherheitszertifikat, das nicht überprüft werden kann.':
      'certificate-untrusted',
    'Die Verbindung mit dem Server wurde unterbrochen.': 'connect-reset',
    'Die Anmeldung beim E-Mail-Server wurde abgelehnt. Überprüfen Sie Benutzername und Kennwort.':
      'sign-in-refused',
    'Geben Sie Ihren Benutzernamen und Ihr Kennwort für den folgenden Server ein.':
      'sign-in-refused',
    'Ihr Server unterstützt den angegebenen Verbindungsverschlüsselungstyp nicht.':
      'security-wrong',
    'Keine der von diesem Client unterstützten Authentifizierungsmethoden wird vom Server unterstützt.':
      'encryption-required',
    'Ein Fehler ist aufgetreten. Wir konnten keine Verbindung mit dem Eingangsserver (IMAP) herstellen.':
      'connect-failed',
    'Ihre Kontoeinstellungen sind veraltet.': 'sign-in-refused',

    // Apple Mail on the Mac and the iPhone
    'Serveridentität kann nicht überprüft werden': 'certificate-untrusted',
    'Die Identität von „imap.example.de“ kann nicht von „Mail“ überprüft werden.':
      'certificate-untrusted',
    'Mail kann die Identität des Servers „imap.example.de“ nicht überprüfen.':
      'certificate-untrusted',
    'E-Mail kann nicht empfangen werden\nDie Verbindung zum Server ist fehlgeschlagen.':
      'connect-failed',
    'Mail kann nicht empfangen werden. Der Benutzername oder das Passwort für „imap.example.de“ ist falsch.':
      'sign-in-refused',
    'Accountname oder Passwort konnte nicht überprüft werden': 'sign-in-refused',
    'E-Mail kann nicht gesendet werden. Die Verbindung zum ausgehenden Server „smtp.example.de“ ist fehlgeschlagen.':
      'connect-failed',
    'Der Mail-Server „imap.example.de“ reagiert nicht.': 'connect-timeout',
    'Verbindung über SSL nicht möglich. Möchten Sie den Account ohne SSL konfigurieren?':
      'security-wrong',
    'Eine Kopie wurde in den Postausgang gelegt. Die Absenderadresse war ungültig.':
      'message-refused',

    // Thunderbird
    'Verbindung mit Server imap.example.de fehlgeschlagen.': 'connect-failed',
    'Verbindung mit Server imap.example.de fehlgeschlagen; die Verbindung wurde verweigert.':
      'connect-refused',
    'Zeitüberschreitung der Verbindung mit dem Server imap.example.de.': 'connect-timeout',
    'Verbindung mit Server imap.example.de wurde zurückgesetzt.': 'connect-reset',
    'Anmeldung auf dem Server imap.example.de mit Benutzernamen "anna" fehlgeschlagen':
      'sign-in-refused',
    'Anmeldung auf dem Server fehlgeschlagen. Eventuell sind Konfiguration, Benutzername oder Passwort nicht korrekt.':
      'sign-in-refused',
    'Die Nachricht konnte nicht gesendet werden, weil der Verbindungsaufbau mit dem SMTP-Server smtp.example.de fehlgeschlagen ist. Der Server ist entweder nicht verfügbar oder lehnt SMTP-Verbindungen ab.':
      'connect-refused',
    'Die Nachricht konnte nicht gesendet werden, weil die Verbindung mit dem SMTP-Server smtp.example.de ihre Ablaufzeit (Timeout) überschritten hat.':
      'connect-timeout',
    'Fehler beim Senden der Nachricht: SMTP-Server smtp.exmaple.de ist unbekannt.':
      'name-not-found',
    'Fehler beim Senden der Nachricht: Eine sichere Verbindung mit dem SMTP-Server smtp.example.de kann nicht mit STARTTLS aufgebaut werden, da der Server diese Funktion nicht angibt.':
      'starttls-not-offered',
    'Der Postausgangs-Server (SMTP) smtp.example.de kann nicht authentifiziert werden.':
      'sign-in-refused',
    'Der IMAP-Server imap.example.de unterstützt die gewählte Authentifizierungsmethode nicht.':
      'encryption-required',
    'Das Zertifikat für imap.example.de ist am 3. Mai abgelaufen.': 'certificate-expired',
    'Das Zertifikat für imap.example.de ist für diesen Server nicht gültig.':
      'certificate-name-mismatch',
    'Das Zertifikat für imap.example.de stammt nicht von einer vertrauenswürdigen Quelle.':
      'certificate-unknown-issuer',

    // K-9 and Thunderbird for Android
    'Authentifizierung für anna fehlgeschlagen. Aktualisiere deine Einstellungen für den Postausgangsserver.':
      'sign-in-refused',
    'Zertifikatsproblem (anna)': 'certificate-untrusted',
    'Fehlende Serverfähigkeit. Der Server unterstützt diese Fähigkeit nicht:\nSTARTTLS':
      'starttls-not-offered',
    Netzwerkfehler: 'connect-failed',

    // Gmail app, Samsung Email
    'Keine Verbindung zum Server möglich.': 'connect-failed',
    'Keine sichere Verbindung zum Server möglich.': 'certificate-untrusted',
    'Nutzername oder Passwort ist falsch.': 'sign-in-refused',
    'Anmeldung nicht möglich': 'sign-in-refused',
    'TLS erforderlich aber nicht von Server unterstützt': 'starttls-not-offered',
    'Verbindung zum Server kann nicht geöffnet werden.': 'connect-failed',

    // GMX, WEB.DE
    'Login fehlgeschlagen. Bitte überprüfen Sie Ihre Zugangsdaten.': 'sign-in-refused',
    'E-Mail-Adresse oder Passwort falsch': 'sign-in-refused',
    'Login vorübergehend nicht möglich.': 'sign-in-locked',
    'POP3/IMAP-Zugriff ist für dieses Postfach nicht erlaubt': 'sign-in-service-off',
    'Keine Internetverbindung': 'connect-unreachable',

    // Windows, .NET, Linux
    'Es konnte keine Verbindung hergestellt werden, da der Zielcomputer die Verbindung verweigerte.':
      'connect-refused',
    'Der Remotename konnte nicht aufgelöst werden: smtp.exmaple.de': 'name-not-found',
    'Das Remotezertifikat ist laut Validierungsverfahren ungültig.': 'certificate-untrusted',
    'Temporärer Fehler bei der Namensauflösung': 'resolver-failed',
  },
  fr: {
    'Impossible de vérifier le nom du compte ou le mot de passe.': 'sign-in-refused',
    'Nous n’avons pas pu nous connecter au serveur de courrier entrant.': 'connect-failed',
    'Thunderbird n’a pas pu trouver les paramètres pour votre compte de messagerie.':
      'settings-not-found',
    'Le serveur IMAP a mis fin à la connexion.': 'connect-reset',
    'Impossible de se connecter au serveur imap.example.fr ; la connexion a été refusée.':
      'connect-refused',
    'Temps limite de connexion au serveur imap.example.fr dépassé.': 'connect-timeout',
    'Échec de la connexion depuis le serveur imap.example.fr avec le nom d’utilisateur anna.':
      'sign-in-refused',
    'le serveur sortant (SMTP) « smtp.example.fr » est inconnu': 'name-not-found',
    'Le message n’a pas pu être envoyé car la connexion au serveur sortant (SMTP) « smtp.example.fr » a expiré.':
      'connect-timeout',
    'Nom d’utilisateur ou mot de passe incorrect.': 'sign-in-refused',
    'Impossible d’établir une connexion sécurisée avec le serveur.': 'certificate-untrusted',
    'Le nom principal de la cible est incorrect.': 'certificate-name-mismatch',
    'Impossible de vérifier l’identité du serveur': 'certificate-untrusted',
    'Le serveur de messagerie « imap.example.fr » ne répond pas.': 'connect-timeout',
    'Le certificat de imap.example.fr a expiré le 3 mai.': 'certificate-expired',
  },
  es: {
    'No se puede verificar el nombre de la cuenta o la contraseña': 'sign-in-refused',
    'Thunderbird no ha podido encontrar la configuración de su cuenta de correo.':
      'settings-not-found',
    'El servidor ha cerrado la conexión': 'connect-reset',
    'No se pudo conectar con el servidor imap.example.es; la conexión fue rechazada.':
      'connect-refused',
    'La conexión al servidor imap.example.es ha superado el tiempo de espera máximo.':
      'connect-timeout',
    'El inicio de sesión en el servidor imap.example.es con el nombre de usuario anna ha fallado.':
      'sign-in-refused',
    'el servidor de salida (SMTP) smtp.example.es es desconocido': 'name-not-found',
    'Nombre de usuario o contraseña incorrectos': 'sign-in-refused',
    'No se puede verificar la identidad del servidor': 'certificate-untrusted',
    'No se puede establecer conexión con el servidor.': 'connect-failed',
    'El nombre principal de destino es incorrecto.': 'certificate-name-mismatch',
    'El certificado para imap.example.es caducó el 3 de mayo.': 'certificate-expired',
  },
  it: {
    'Impossibile verificare nome account o password': 'sign-in-refused',
    'Impossibile inviare il messaggio: il server non accetta la password': 'sign-in-refused',
    'Connessione al server rifiutata': 'connect-refused',
    'Non è possibile connettersi al server imap.example.it; la connessione è stata rifiutata.':
      'connect-refused',
    'Connessione al server imap.example.it fuori tempo massimo.': 'connect-timeout',
    'Accesso al server imap.example.it con nome utente anna non riuscito.': 'sign-in-refused',
    'Server posta in uscita (SMTP) smtp.example.it sconosciuto.': 'name-not-found',
    'Connessione al server imap.example.it interrotta.': 'connect-reset',
    'Password o nome utente errato.': 'sign-in-refused',
    'Impossibile verificare l’identità del server': 'certificate-untrusted',
    'Impossibile connettersi al server.': 'connect-failed',
    'Il nome principale di destinazione non è corretto.': 'certificate-name-mismatch',
    'Il certificato per imap.example.it è scaduto il 3 maggio.': 'certificate-expired',
  },
};
for (const [language, messages] of Object.entries(MESSAGES)) {
  for (const [text, cause] of Object.entries(messages)) {
    test(`${language}: ${cause}: ${text.replace(/\s+/g, ' ').slice(0, 70)}`, () => {
      const { message } = read(text);
      assert.equal(message?.cause, cause, `read as ${message?.id}`);
    });
  }
}

test('what is no error message is not read as one', () => {
  for (const text of [
    'Meine Mails gehen seit Dienstag nicht mehr',
    'Bitte sehen Sie sich die Verbindung zwischen Server und Drucker an',
    'Je ne reçois plus de courrier depuis mardi',
    'Desde el martes no recibo correo',
    'Da martedì non ricevo più la posta',
  ]) {
    assert.equal(read(text).message, null, text);
  }
});
