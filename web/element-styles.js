/** The element's style sheets, shared by all of them on a page. */
import element from './styles/element.css';
import ports from './styles/ports.css';
import tokens from './styles/tokens.css';
import typed from './styles/typed.css';

let sheets = null;

export function styles() {
  sheets ??= [tokens, ports, element, typed].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return sheets;
}
