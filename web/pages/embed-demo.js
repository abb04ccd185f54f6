/** embed-demo.html: a help center that does not exist, with the frame and beside it the element. */
import { settingsOf } from '../config/embed-settings.js';

const element = document.querySelector('mail-port-check');
const frame = document.querySelector('iframe.mail-port-check');
const { attributes, mistakes } = settingsOf(location.search, document.baseURI, [
  'preset',
  'address',
]);
for (const mistake of mistakes) console.warn(`mail-port-check: ${mistake}`);
for (const [name, value] of attributes) element.setAttribute(name, value);
const query = new URLSearchParams([
  ...attributes,
  ['lang', document.documentElement.lang],
  // As this page is.
  ['color-scheme', 'light'],
]);
frame.src = `embed.html?${query}`;

addEventListener('message', ({ source, data }) => {
  if (data?.type !== 'mail-port-check-height') return;
  if (frame.contentWindow === source) frame.height = Math.min(Number(data.height), 20000);
});
