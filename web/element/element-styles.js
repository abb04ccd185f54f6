/** The element's style sheets, shared by all of them on a page. */
import compact from '../styles/compact.css';
import element from '../styles/element.css';
import isolation from '../styles/isolation.css';
import ports from '../styles/ports.css';
import saved from '../styles/saved.css';
import tokens from '../styles/tokens.css';
import typed from '../styles/typed.css';

let sheets = null;

export function styles() {
  if (!sheets) {
    registerLength('--mpc-rem');
    sheets = [isolation, tokens, ports, element, typed, saved, compact].map(sheetOf);
  }
  return sheets;
}

/** A style sheet of these rules. @param {string} css */
export function sheetOf(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

/**
 * Makes a property that is set in em mean one length everywhere below. Without it (Firefox before 128)
 * it is taken from the text size around it, which is nearly the same.
 */
function registerLength(name) {
  try {
    CSS.registerProperty?.({ name, syntax: '<length>', inherits: true, initialValue: '16px' });
  } catch (error) {
    // A second copy of this script on the page has done it.
    if (error.name !== 'InvalidModificationError') throw error;
  }
}
