/**
 * Where to tap, in order, to type the settings into each mail app, and which apps to show first. Pure.
 *
 * The words of the steps are in the locale, `appSteps.<app>`, with the names that the app itself uses;
 * here is their order; where they were read is in app-step-sources.js. A step for a side has that side's fields in it.
 */
import { APPS } from './settings.js';

/** `help`: the maker's own page. */
const MANUAL = {
  thunderbird: {
    steps: ['open', 'address', 'manual', 'incoming', 'outgoing', 'finish'],
    help: 'https://support.mozilla.org/kb/manual-account-configuration',
  },
  'thunderbird-android': {
    steps: ['open', 'address', 'manual', 'incoming', 'outgoing', 'finish'],
    help: 'https://support.mozilla.org/products/thunderbird-android',
  },
  apple: {
    steps: ['open', 'other', 'address', 'incoming', 'outgoing', 'finish'],
    help: 'https://support.apple.com/guide/mail/mail35803/mac',
  },
  ios: {
    steps: ['open', 'other', 'address', 'incoming', 'outgoing', 'finish'],
    help: 'https://support.apple.com/102619',
  },
  'outlook-new': {
    steps: ['open', 'address', 'more', 'incoming', 'outgoing'],
    help: 'https://support.microsoft.com/office/6e27792a-9267-4aa4-8bb6-c84ef146101b',
  },
  outlook: {
    steps: ['open', 'address', 'type', 'incoming', 'outgoing', 'finish'],
    help: 'https://support.microsoft.com/office/6e27792a-9267-4aa4-8bb6-c84ef146101b',
  },
  gmail: {
    steps: ['open', 'other', 'address', 'type', 'incoming', 'outgoing', 'finish'],
    help: 'https://support.google.com/mail/answer/6078445',
  },
  other: { steps: ['open', 'incoming', 'outgoing', 'finish'], help: null },
};

/** Where the provider signs people in itself (OAuth2). */
const SIGN_IN = {
  thunderbird: ['open', 'address', 'window'],
  'thunderbird-android': ['open', 'address', 'window'],
  apple: ['open', 'choose', 'window'],
  ios: ['open', 'choose', 'window'],
  'outlook-new': ['open', 'address', 'window'],
  outlook: ['open', 'plain', 'window'],
  gmail: ['open', 'choose', 'window'],
  other: ['choose', 'window'],
};

/** What Apple's apps call a provider in their list of accounts. */
const APPLE = {
  aol: 'AOL',
  google: 'Google',
  'google-workspace': 'Google',
  icloud: 'iCloud',
  'icloud-domain': 'iCloud',
  microsoft365: 'Microsoft Exchange',
  outlook: 'Microsoft Exchange',
  yahoo: 'Yahoo',
};

/** What the apps call a provider in their list of accounts. */
const CHOICES = {
  apple: APPLE,
  ios: { ...APPLE, outlook: 'Outlook.com' },
  gmail: {
    google: 'Google',
    'google-workspace': 'Google',
    microsoft365: 'Exchange and Office 365',
    outlook: 'Outlook, Hotmail, and Live',
    yahoo: 'Yahoo',
  },
};

/** The apps of each platform, the likeliest first; the others follow in their usual order. */
const FIRST = {
  iphone: ['ios'],
  ipad: ['ios'],
  mac: ['apple', 'thunderbird', 'outlook-new'],
  android: ['gmail', 'thunderbird-android'],
  windows: ['outlook-new', 'outlook', 'thunderbird'],
  linux: ['thunderbird'],
  unknown: [],
};

/** A phone or a tablet: nothing is to be set up elsewhere. @param {string} platform */
export function isHandheld(platform) {
  return ['iphone', 'ipad', 'android'].includes(platform);
}

/** @param {string} platform as platformOf() tells it @returns {string[]} all of APPS */
export function appsFor(platform) {
  const first = FIRST[platform] ?? [];
  return [...first, ...APPS.filter((app) => !first.includes(app))];
}

/**
 * @param {string} app one of APPS
 * @param {{incoming: object|null, outgoing: object|null}} settings the proved ones
 * @param {{id: string, name: string}|null} provider of the domain, where it is known
 * @returns {{kind: 'manual'|'sign-in', choice: string|null, provider: string|null, help: string|null,
 *   steps: Array<{name: string, side: 'incoming'|'outgoing'|null, args: object}>}|null}
 *   `kind`: type settings, or sign in in the provider's own window; `choice`: what the app calls the
 *   provider; the words of a step are at `appSteps.<app>.<name>`. Null where a side was not proved and
 *   there is nothing but settings to type, or where this app cannot sign in there
 */
export function stepsFor(app, settings, provider = null) {
  const { incoming, outgoing } = settings;
  const { steps, help } = MANUAL[app];
  const choice = CHOICES[app]?.[provider?.id] ?? null;
  const token = [incoming, outgoing].some((setting) => setting?.authentication === 'oauth2');
  const args = {
    choice,
    provider: provider?.name ?? null,
    protocol: incoming?.protocol === 'pop3' ? 'POP3' : 'IMAP',
  };
  // Whoever is in the app's own list needs no settings at all.
  const byName = choice !== null && incoming !== null;
  if (byName || (token && provider && !CHOICES[app])) {
    return {
      kind: 'sign-in',
      choice,
      provider: args.provider,
      help,
      steps: named(SIGN_IN[app], args),
    };
  }
  if (token || !incoming?.vouched || !outgoing?.vouched) return null;
  return { kind: 'manual', choice, provider: args.provider, help, steps: named(steps, args) };
}

function named(steps, args) {
  return steps.map((name) => ({
    name,
    side: ['incoming', 'outgoing'].includes(name) ? name : null,
    args,
  }));
}

/** Every step that an app may have, for the test that holds them against the locales. */
export function stepNames(app) {
  return [...new Set([...MANUAL[app].steps, ...SIGN_IN[app]])];
}
