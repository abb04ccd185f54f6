/** The element's style sheets, shared by all elements on a page. Each lies beside what it styles. */
import isolation from './isolation.css';
import tokens from '../view/tokens.css';
import ports from '../view/ports.css';
import base from '../view/base.css';
import parts from '../view/parts.css';
import form from '../view/form.css';
import offer from '../view/offer.css';
import slip from '../view/slip.css';
import openReport from '../view/open-report.css';

/** In this order: the parts of the view say how they differ from what all of them share. */
const SHEETS = [isolation, tokens, ports, base, parts, form, offer, slip, openReport];

let sheets = null;

/** One array until more has come. */
export function styles() {
  if (!sheets) {
    registerLength('--mpc-rem');
    sheets = SHEETS.map(sheetOf);
  }
  return sheets;
}

/** What a part of the script brings along. @param {string[]} css */
export function addStyles(css) {
  sheets = [...styles(), ...css.map(sheetOf)];
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
