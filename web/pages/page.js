/**
 * index.html: speaks the reader's language, takes the address from the URL, and keeps the URL fit to be
 * passed on, in every language. The page has it before the element, which need not come if this one leads on.
 */
import { settingsOf } from '../config/embed-settings.js';
import { pageForReader } from '../i18n/language.js';
import { withAddress } from '../input/address-in-url.js';
import { completeSnippets } from './snippets.js';

/** What the full page of a frame keeps of it. */
const KEPT = ['preset', 'color-scheme'];

const alternates = document.querySelectorAll('link[rel="alternate"]:not([hreflang="x-default"])');
const pages = new Map([...alternates].map((link) => [link.hreflang, link.getAttribute('href')]));
const better = pageForReader(
  location.href,
  document.documentElement.lang,
  pages,
  navigator.languages,
);
if (better) location.replace(better);
else begin(document.querySelector('mail-port-check'));

function begin(element) {
  const { attributes, mistakes } = settingsOf(location.search, document.baseURI, KEPT);
  for (const [name, value] of attributes) {
    element.setAttribute(name, value);
    for (const link of document.querySelectorAll('.languages a')) {
      const url = new URL(link.href);
      url.searchParams.set(name, value);
      link.href = url.href;
    }
  }
  for (const mistake of mistakes) console.warn(`mail-port-check: ${mistake}`);
  // Without one nothing is asked for: this is where somebody starts over.
  const address = new URLSearchParams(location.search).get('address') ?? '';
  element.setAttribute('address', address);
  // Only the element can tell what of it may stay there.
  if (address) customElements.whenDefined(element.localName).then(() => keep(element.shareable));
  new MutationObserver(([{ oldValue }]) => {
    const state = element.getAttribute('state');
    // First of all the check asks its questions.
    if (state === 'running') setTimeout(() => keep(element.shareable));
    if (oldValue === 'done' && state === 'idle') keep('');
  }).observe(element, { attributeFilter: ['state'], attributeOldValue: true });
  element.addEventListener('mail-port-check-done', ({ detail }) =>
    keep(detail.host ?? detail.domain),
  );
  completeSnippets(document);
  window.addEventListener('hashchange', unfold);
  unfold();
}

/** A link to a folded answer opens it. */
function unfold() {
  const named = document.getElementById(location.hash.slice(1));
  if (named instanceof HTMLDetailsElement) named.open = true;
}

/** @param {string} address a domain or a server */
function keep(address) {
  const href = withAddress(location.href, address);
  if (href !== location.href) history.replaceState(history.state, '', href);
  for (const link of document.querySelectorAll('.languages a')) {
    link.href = withAddress(link.href, address);
  }
}
