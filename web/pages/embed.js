/** embed.html: the query becomes the element's attributes, and the parent learns the height. */
import { settingsOf } from '../config/embed-settings.js';

const element = document.querySelector('mail-port-check');
const { attributes, full, mistakes } = settingsOf(location.search, document.baseURI);
element.toggleAttribute('compact', !full);
for (const [name, value] of attributes) element.setAttribute(name, value);
for (const mistake of mistakes) console.warn(`mail-port-check: ${mistake}`);

if (window.parent !== window) {
  // Any site may be the parent, and the height is all that it learns.
  new ResizeObserver(() => {
    const { height } = document.documentElement.getBoundingClientRect();
    window.parent.postMessage({ type: 'mail-port-check-height', height: Math.ceil(height) }, '*');
  }).observe(document.documentElement);
}
