/** providers.html: how to put the check up. */
import { completeSnippets } from './snippets.js';

completeSnippets(document);
