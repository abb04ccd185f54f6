/**
 * `gmial.com`, `hotmail.con`: a domain that somebody mistyped → the ones he may have meant. Pure.
 *
 * It is only asked about a domain without any mail server, so what is found is a question to the reader
 * and never an answer: a company may well be called nearly like a provider. Compared are the names of
 * the table of providers and the usual endings; a short name must not differ by a letter, since every
 * such name is somebody's.
 */
import { distance } from '../input/edit-distance.js';
import { PROVIDERS } from './providers.js';

/** More would be no question that one tap answers. */
const OFFERS = 2;
/** Longer than any name of a provider with its slips. */
const LABEL_LIMIT = 20;

/** Endings that are typed often enough to be mistyped. */
const ENDINGS = ['com', 'net', 'org', 'info'];
/** Endings that exist, though they look like a slip for one of these; two letters are a country. */
const REAL_ENDINGS = [
  'bet',
  'bom',
  'cam',
  'cfd',
  'ing',
  'int',
  'nec',
  'new',
  'ntt',
  'ong',
  'pet',
  'vet',
];

/** What a provider is called, but others are, too: here another ending says nothing. */
const COMMON_NAMES = [
  'consultant',
  'currently',
  'email',
  'engineer',
  'europe',
  'inbox',
  'london',
  'magenta',
  'mailbox',
  'myself',
  'orange',
  'telstra',
  'writeme',
];

/** Letters of other scripts that look like one of ours, and which. */
const LOOKALIKES = new Map(
  'ıi øo łl đd аa еe іi ӏl оo рp сc уy хx ѕs јj һh ԁd ԛq ԝw οo αa νv'
    .split(' ')
    .map((pair) => [...pair]),
);

/**
 * @param {string} domain that has no mail server, in lower case, as it was typed: not as A-labels, since
 *   a slip may be a letter of another script
 * @param {string[]} [own] the embedder's domains, which are likelier than a provider's, even short ones
 * @returns {Array<{domain: string, known: boolean}>} the likeliest first; `known` are a provider's, of the
 *   others it is not known whether they exist
 */
export function likelyDomains(domain, own = []) {
  const typed = plain(domain);
  const labels = typed.split('.');
  if (labels.some((label) => label === '' || label.length > LABEL_LIMIT)) return [];
  const candidates = new Map([
    ...own.map((name, place) => [name, place - own.length]),
    ...places(),
  ]);
  if (candidates.has(domain)) return [];
  const known = knownDomains(typed, labels, candidates);
  if (known.length > 0) return known.map((name) => ({ domain: name, known: true }));
  const others = [withoutWww(labels), withEnding(labels)].filter((name) => name && name !== domain);
  return others.slice(0, OFFERS).map((name) => ({ domain: name, known: false }));
}

/** Providers' domains that are one slip away, two for a long name. */
function knownDomains(typed, labels, candidates) {
  const scored = [];
  for (const [domain, order] of candidates) {
    const score = domain === typed ? 0 : scoreOf(labels, domain, order < 0);
    // Letters in another order are likelier than other letters.
    if (score !== null)
      scored.push({ domain, order, score: score - (isShuffled(typed, domain) ? 0.5 : 0) });
  }
  scored.sort((a, b) => a.score - b.score || a.order - b.order);
  // The next best is no question beside a better one.
  return scored
    .filter(({ score }) => score === scored[0].score)
    .slice(0, OFFERS)
    .map(({ domain }) => domain);
}

/**
 * How far a typed domain is from a provider's; null: too far to be a slip. `own`: the page is for whoever
 * has that domain, so that a short name may differ by a letter, too.
 */
function scoreOf(labels, domain, own) {
  const [name, ...ending] = domain.split('.');
  // `gmailcom`, `hotmail`: the dot or all behind it is missing.
  if (labels.length === 1) {
    if (name.length < 5) return null;
    if (labels[0] === domain.replaceAll('.', '')) return 1;
    const apart = distance(labels[0], name, allowed(name));
    return apart === null ? null : apart + 1;
  }
  const typedEnding = labels.slice(1).join('.');
  const nameApart = distance(labels[0], name, allowed(name));
  const short = name.length < 5 && !own;
  if (nameApart === null || (short && nameApart > 0 && !isSwap(labels[0], name))) return null;
  const endingApart = distance(typedEnding, ending.join('.'), 1);
  if (endingApart !== null) {
    // In a short name one slip is enough; two letters that are a country each may be meant.
    if (name.length < 5 && nameApart + endingApart > 1) return null;
    if (
      endingApart > 0 &&
      areCountries(typedEnding, ending.join('.')) &&
      !isSwap(typedEnding, ending[0])
    )
      return nameApart === 0 && isDistinct(name) ? 3 : null;
    return nameApart + endingApart;
  }
  // gmail.fr: nobody else is called that, so the ending is what is wrong.
  return nameApart === 0 && isDistinct(name) ? 3 : null;
}

function isDistinct(name) {
  return name.length >= 5 && !COMMON_NAMES.includes(name);
}

/** How many slips a name may have. */
function allowed({ length }) {
  return length >= 8 ? 2 : 1;
}

function areCountries(a, b) {
  return a.length === 2 && b.length === 2;
}

/** `www.example.com` is where the site is, not the mail. */
function withoutWww([first, ...rest]) {
  return first === 'www' && rest.length > 1 ? rest.join('.') : null;
}

/** `example.con` → `example.com`, where nothing ends like that. */
function withEnding(labels) {
  const ending = labels.at(-1);
  if (labels.length < 2 || ending.length < 3) return null;
  if (ENDINGS.includes(ending) || REAL_ENDINGS.includes(ending)) return null;
  const meant = ENDINGS.find((usual) => distance(ending, usual, 1) !== null);
  return meant ? [...labels.slice(0, -1), meant].join('.') : null;
}

/** Two neighbours have changed places. */
function isSwap(a, b) {
  return distance(a, b, 1) === 1 && isShuffled(a, b);
}

function isShuffled(a, b) {
  return a.length === b.length && [...a].sort().join() === [...b].sort().join();
}

/** Domain → its place in the table; made when it is first asked. */
let table = null;
function places() {
  table ??= new Map(
    PROVIDERS.flatMap(({ domains }) => domains).map((name, place) => [name, place]),
  );
  return table;
}

/** Without accents, and in our letters where others look the same. */
function plain(name) {
  const bare = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return [...bare].map((letter) => LOOKALIKES.get(letter) ?? letter).join('');
}
