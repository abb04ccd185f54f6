/**
 * What is to be copied from a page: the example's host becomes the one where the page stands, and each
 * snippet gets its button.
 */
const EXAMPLE = 'https://check.example';
/** A button says for so long that it has copied. */
const COPIED_MS = 2000;

/** @param {Document} page */
export function completeSnippets(page) {
  const folder = new URL('.', page.baseURI);
  const served = ['http:', 'https:'].includes(folder.protocol);
  for (const snippet of page.querySelectorAll('.snippet')) {
    const code = snippet.querySelector('code');
    const button = snippet.querySelector('[data-copied]');
    if (served) {
      code.textContent = code.textContent
        .replaceAll(`${EXAMPLE}/`, folder.href)
        .replaceAll(EXAMPLE, folder.origin);
    }
    button.hidden = false;
    button.addEventListener('click', () => copy(code, button));
  }
}

async function copy(code, button) {
  const { copied, byHand } = button.dataset;
  const said = button.parentElement.querySelector('.by-hand');
  said?.remove();
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch {
    // Without HTTPS, or where it was denied. What is selected can be copied the old way, or by the reader.
    window.getSelection().selectAllChildren(code);
    if (!document.execCommand('copy')) {
      const note = Object.assign(document.createElement('p'), { className: 'by-hand' });
      note.setAttribute('role', 'alert');
      note.textContent = byHand;
      button.after(note);
      return;
    }
  }
  const label = button.textContent;
  if (label === copied) return;
  button.textContent = copied;
  setTimeout(() => (button.textContent = label), COPIED_MS);
}
