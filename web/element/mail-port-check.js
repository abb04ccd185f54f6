/** Registers the element. Embedders load this file; importers of element.js choose their own tag. */
import { MailPortCheckElement } from './element.js';

customElements.define('mail-port-check', MailPortCheckElement);
