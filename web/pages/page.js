/** index.html: takes the address from the URL, and keeps the URL fit to be passed on, in every language. */
import { withAddress } from '../input/address-in-url.js';

const element = document.querySelector('mail-port-check');
const address = new URLSearchParams(location.search).get('address');

if (address) {
  element.setAttribute('address', address);
  keep(address);
}

element.addEventListener('mail-port-check-done', ({ detail }) =>
  keep(detail.host ?? detail.domain),
);

window.addEventListener('hashchange', unfold);
unfold();

/** A link to a folded answer opens it. */
function unfold() {
  const named = document.getElementById(location.hash.slice(1));
  if (named instanceof HTMLDetailsElement) named.open = true;
}

function keep(typed) {
  const href = withAddress(location.href, typed);
  if (href !== location.href) history.replaceState(history.state, '', href);
  for (const link of document.querySelectorAll('.languages a')) {
    link.href = withAddress(link.href, typed);
  }
}
