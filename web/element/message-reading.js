/** Reads the error message that a person pasted, once what reads it has come. */
import { PARTS } from '#parts';
import { MESSAGE_LIMIT } from '../input/message-limit.js';

export class MessageReading {
  #host;
  #services;
  #load;
  #reading = Promise.resolve();

  /**
   * @param {{state: () => object, update: (change: object) => void}} host the element
   * @param {object[]} services rows of the table
   * @param {() => Promise<object>} [load] the module that reads messages; tests may replace it
   */
  constructor(host, services, load = PARTS['error-message']) {
    this.#host = host;
    this.#services = services;
    this.#load = load;
  }

  /** Settles once all that was pasted is read, or cannot be. Never rejects. */
  get ended() {
    return this.#reading;
  }

  /** Somebody is about to paste something. */
  prepare() {
    // What does not come is told when it is needed.
    this.#load().catch(() => {});
  }

  /** @param {string} text */
  read(text) {
    const pasted = text.slice(0, MESSAGE_LIMIT);
    this.#set({ pasted, unread: false, ...(pasted.trim() === '' ? NOTHING : {}) });
    if (pasted.trim() !== '') this.#reading = this.#readOnce(pasted);
  }

  async #readOnce(pasted) {
    const given = () => this.#host.state().details;
    let reader;
    let reading;
    try {
      reader = await this.#load();
      reading = reader.readError(pasted, this.#services);
    } catch (error) {
      console.error(error);
      if (given().pasted === pasted) this.#set({ reading: null, unread: true });
      return;
    }
    if (given().pasted !== pasted) return;
    const settings = reader.filledIn(given().settings, reading);
    const filled = settings !== given().settings || (given().filled && reading !== null);
    this.#set({ reading, settings, filled });
  }

  #set(change) {
    const { state, update } = this.#host;
    update({ details: { ...state().details, ...change } });
  }
}

const NOTHING = { reading: null, filled: false };
