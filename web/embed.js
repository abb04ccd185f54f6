/** embed.html: the query becomes the element's attributes, and the parent learns the height. */
const ATTRIBUTES = ['address', 'bridge', 'lang', 'preset', 'allow-sign-in', 'autostart'];

const element = document.querySelector('mail-port-check');
for (const [name, value] of new URLSearchParams(location.search)) {
  if (ATTRIBUTES.includes(name)) element.setAttribute(name, value);
}

if (window.parent !== window) {
  new ResizeObserver(() => {
    const { height } = document.documentElement.getBoundingClientRect();
    window.parent.postMessage({ type: 'mail-port-check-height', height: Math.ceil(height) }, '*');
  }).observe(document.documentElement);
}
