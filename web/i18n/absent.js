/** Something of the page that is fetched when it is wanted (words, a part of the script) is not here yet. */
export class Absent extends Error {
  /** @param {'words'|'part'} kind @param {string} name of the section of the words, or of the part */
  constructor(kind, name, message = `${kind} ${name}: not here yet`) {
    super(message);
    this.kind = kind;
    this.name = name;
    /** A part and a section may be called the same. */
    this.key = `${kind} ${name}`;
  }
}
