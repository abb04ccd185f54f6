/** The element's words: in which language, and from where they come, piece by piece (i18n/pieces.js). */
import { FALLBACK, canonical, chooseLanguage, completed, languagesOf } from '../i18n/language.js';
import { START, partial, pieceOf, sectionsOf } from '../i18n/pieces.js';
import { createWords } from '../i18n/words.js';
import { LOCALES, loadWords, prepareWords } from './resources.js';
import { UnreachableError } from './unreachable-error.js';

export class ElementWords {
  /** The words to use now. */
  current;
  /** English sections, as far as they are here. */
  #english;
  #base;
  #onChange;
  #loading = null;
  #failed = false;
  /** Of the language in use: its sections so far, and the pieces that have come, or came in English. */
  #own;

  /**
   * @param {object} options
   * @param {object} options.english sections that are always here
   * @param {string} options.base URL of the folder that holds the others
   * @param {() => void} options.onChange the language is another
   */
  constructor({ english, base, onChange }) {
    this.#english = { ...english };
    this.#base = base;
    this.#onChange = onChange;
    this.#take(FALLBACK, FALLBACK);
  }

  /** Settles once the words that were chosen have come; null when none are awaited. */
  get awaited() {
    return this.#loading;
  }

  /** Chosen words did not come. They may the next time. */
  get failed() {
    return this.#failed;
  }

  /** Chooses the language. The first words are waited for; later ones come when they come. */
  choose(element, preferred) {
    const own = element.getAttribute('lang');
    if (own && !canonical(own)) console.warn(`mail-port-check: lang="${own}" is no language tag`);
    const { name, tag } = chooseLanguage(languagesOf(element, preferred), LOCALES);
    prepareWords(name, this.#base);
    if (name === FALLBACK) {
      this.#failed = false;
      if (this.current.lang !== tag || this.awaited) this.#use(name, tag);
      return;
    }
    const loading = loadWords(name, START, this.#base).then((sections) => {
      if (this.#loading !== loading) return;
      const failedBefore = this.#failed;
      this.#failed = sections === null;
      if (sections) this.#use(name, tag, completed(sections, sectionsOf(this.#english, START)));
      else if (failedBefore) this.#loading = null;
      else this.#use(FALLBACK, FALLBACK);
    });
    this.#loading = loading;
  }

  /** @param {string} section */
  has(section) {
    return Object.hasOwn(this.#own.sections, section);
  }

  /**
   * Brings what was found absent, in English where it is not to be had in the language.
   * @param {string} section @returns {Promise<void>}
   * @throws {UnreachableError} where it does not come; asked again, it tries again
   */
  bring(section) {
    const own = this.#own;
    const piece = pieceOf(section);
    if (!own.coming.has(piece)) {
      const coming = this.#bringTo(own, piece, section);
      own.coming.set(piece, coming);
      const over = () => own.coming.delete(piece);
      coming.then(over, over);
    }
    return own.coming.get(piece);
  }

  async #bringTo(own, piece, section) {
    const { name, sections, here } = own;
    if (name !== FALLBACK && !here.has(piece)) {
      here.add(piece);
      const words = await loadWords(name, piece, this.#base);
      if (words) {
        Object.assign(sections, words);
        return;
      }
      this.#failed = true;
    }
    if (this.#lacksEnglish(piece)) {
      const words = await loadWords(FALLBACK, piece, this.#base);
      if (!words) throw new UnreachableError(`words: ${piece}`);
      Object.assign(this.#english, words);
    }
    if (own.english.has(piece)) throw new Error(`locale: no words for ${section}`);
    own.english.add(piece);
    Object.assign(
      sections,
      completed(sectionsOf(sections, piece), sectionsOf(this.#english, piece)),
    );
  }

  #lacksEnglish(piece) {
    return Object.keys(sectionsOf(this.#english, piece)).length === 0;
  }

  #use(name, tag, sections) {
    this.#loading = null;
    this.#take(name, tag, sections);
    this.#onChange();
  }

  #take(name, tag, sections = { ...this.#english }) {
    this.#own = { name, sections, here: new Set([START]), english: new Set(), coming: new Map() };
    this.current = createWords(partial(sections), tag);
  }
}
