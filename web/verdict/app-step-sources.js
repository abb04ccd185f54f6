/**
 * Where the steps of app-steps.js were read, for a test and for whoever mends them; no page ships it.
 *
 * `read`: where the steps are from, and of when; `agrees`: who describes them alike, and when that was read.
 */
export const READ = {
  thunderbird: {
    read: [
      "Thunderbird's own texts, accountHub.ftl and appmenu.ftl in thunderbird-l10n",
      '2026-08-22',
    ],
  },
  'thunderbird-android': {
    read: [
      "the app's own texts, strings.xml of feature/account in thunderbird-android",
      '2026-08-20',
    ],
  },
  apple: {
    read: ['OVHcloud docs, how_to_configure_mail_macos and zimbra_mail_macos', '2025-07-03'],
    agrees: [
      'Forward Email, "Apple Mail": Other Mail Account, Continue, Sign In; the servers when automatic setup fails; Sign In',
      '2026-11-27',
    ],
  },
  ios: {
    read: [
      'the map of Settings in iOS 18 (Apps, Mail, Mail Accounts); OVHcloud docs',
      '2025-07-03',
    ],
    agrees: [
      'a guide to Mail accounts in iPadOS 18.4: Apps, Mail, Mail Accounts, Add Account, Other, Add Mail Account',
      '2026-11-27',
    ],
  },
  'outlook-new': {
    read: ['OVHcloud docs, how_to_configure_windows_10 for the new Outlook', '2025-09-26'],
    agrees: [
      'mailcow docs, "Outlook (new)": Accounts, Your Accounts, Add Account; address; IMAP; password and servers, with the same names of fields',
      '2026-11-27',
    ],
  },
  outlook: {
    read: ['OVHcloud docs, how_to_configure_outlook_2016 for classic Outlook', '2026-01-09'],
    agrees: [
      'Microsoft Community, "Basics: Adding email accounts to Outlook desktop for Windows"',
      '2026-11-27',
    ],
  },
  gmail: {
    read: ['OVHcloud docs, how_to_configure_android and zimbra_gmail_app_android', '2025-07-03'],
    agrees: [
      'blogs-on-gmail, "Adding non-Gmail addresses to Gmail" of November 2025: Add another account, Other',
      '2026-11-27',
    ],
  },
};
