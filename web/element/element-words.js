/** The element's words: in which language, and from where they come. */
import { FALLBACK, canonical, chooseLanguage, completed, languagesOf } from '../i18n/language.js';
import { createWords } from '../i18n/words.js';
import { LOCALES, loadLocale } from './resources.js';

export class ElementWords {
  /** The words to use now. */
  current;
  #english;
  #base;
  #onChange;
  #loading = null;
  #failed = false;

  /**
   * @param {object} options
   * @param {object} options.english the locale that is always here
   * @param {string} options.base URL of the folder that holds the others
   * @param {() => void} options.onChange there are other words
   */
  constructor({ english, base, onChange }) {
    this.#english = english;
    this.#base = base;
    this.#onChange = onChange;
    this.current = createWords(english, FALLBACK);
  }

  /** Settles once the words that were chosen have come; null when none are awaited. */
  get awaited() {
    return this.#loading;
  }

  /** The chosen words did not come. They may the next time. */
  get failed() {
    return this.#failed;
  }

  /** Chooses the language. The first words are waited for; later ones come when they come. */
  choose(element, preferred) {
    const own = element.getAttribute('lang');
    if (own && !canonical(own)) console.warn(`mail-port-check: lang="${own}" is no language tag`);
    const { name, tag } = chooseLanguage(languagesOf(element, preferred), LOCALES);
    if (name === FALLBACK) {
      this.#failed = false;
      if (this.current.lang !== tag || this.awaited) this.#use(createWords(this.#english, tag));
      return;
    }
    const loading = loadLocale(name, this.#base).then((locale) => {
      if (this.#loading !== loading) return;
      const failedBefore = this.#failed;
      this.#failed = locale === null;
      if (locale) this.#use(createWords(completed(locale, this.#english), tag));
      else if (failedBefore) this.#loading = null;
      else this.#use(createWords(this.#english, FALLBACK));
    });
    this.#loading = loading;
  }

  #use(words) {
    this.#loading = null;
    this.current = words;
    this.#onChange();
  }
}
