/**
 * Of the name of an anchor in hexadecimal, for a page to see that it may be one's; the rest tells no piece from another. Of
 * 460 other names one looks like that, too.
 */
export const NAME_START_DIGITS = 4;

/**
 * Trust anchors as they are asked for, in place of all of them: most checks meet two or three of some hundred and
 * forty. The whole set is the truth: a name that is not among its names has no anchor, and what does not come in
 * pieces comes with the whole, or not at all, which is a fault of ours. Nobody is called untrusted because of a
 * file that did not come.
 */
export class AnchorPieces {
  #pieceOf;
  #piece;
  #whole;
  /** Number of a piece → when it has been added, or is being fetched. */
  #here = new Set();
  #coming = new Map();
  #all = null;
  #allHere = false;

  /**
   * @param {object} options
   * @param {(name: string) => number|undefined} options.pieceOf tells of a name (in hexadecimal, as anchor_names.h has
   *   it) the number of the piece that has all anchors of that name, if any has; undefined where none has
   * @param {(number: number) => Promise<Uint8Array>} options.piece fetches one, and holds it against its digest
   * @param {() => Promise<Uint8Array>} options.whole fetches all anchors, packed as a piece is (anchors.h)
   */
  constructor({ pieceOf, piece, whole }) {
    this.#pieceOf = pieceOf;
    this.#piece = piece;
    this.#whole = whole;
  }

  /**
   * Adds all anchors of these names, each once for all who ask.
   * @param {string[]} names
   * @param {(packed: Uint8Array) => void} add
   * @returns {Promise<void>|null} while they come; null where they are here. It rejects where neither the piece
   *   nor the whole comes, and the next who asks tries again
   */
  bring(names, add) {
    const numbers = [...new Set(names.map((name) => this.#pieceOf(name)))];
    const wanted = numbers.filter((number) => number !== undefined && !this.#here.has(number));
    if (this.#allHere || wanted.length === 0) return null;
    return Promise.all(wanted.map((number) => this.#once(number, add))).then(() => {});
  }

  #once(number, add) {
    if (!this.#coming.has(number)) {
      const coming = this.#fetch(number, add).finally(() => this.#coming.delete(number));
      this.#coming.set(number, coming);
    }
    return this.#coming.get(number);
  }

  async #fetch(number, add) {
    let packed;
    try {
      packed = await this.#piece(number);
    } catch (error) {
      console.warn(`mail-port-check: trust anchors, piece ${number}: ${error.message}`);
      await this.#fetchAll(add);
      return;
    }
    add(packed);
    this.#here.add(number);
  }

  #fetchAll(add) {
    this.#all ??= this.#whole()
      .then((packed) => {
        add(packed);
        this.#allHere = true;
      })
      .finally(() => (this.#all = null));
    return this.#all;
  }
}
