/**
 * What the end of a check does to the screen. Whoever asked for it and has done nothing since is led to
 * the result. Whoever reads, types or copies keeps the place and the focus, and is offered the way.
 */
import { nextTask } from '../transport/next-task.js';
import { Attention, selectionIn } from './attention.js';
import { isInSight, lookedAt, scrollerOf, steadily } from './steady.js';

export class Screen {
  /** The check was begun by a person, in the element. */
  asked = false;
  #host;
  #attention;
  /** The timer of what follows the beginning of a check; null where it has followed. */
  #leadLater = null;
  /** Listens while the way to the result is offered. */
  #offering = null;
  /** The heading of the result that is shown. */
  #heading = null;

  /**
   * @param {object} host
   * @param {HTMLElement} host.element @param {ShadowRoot} host.root its own
   * @param {() => object} host.state
   * @param {(change: object) => void} host.update @param {() => Promise<void>|null} host.draw null where it
   *   is drawn, else until it is
   */
  constructor(host) {
    this.#host = host;
    this.#attention = new Attention(host.element, host.root);
  }

  /** A check begins. Its first questions leave before anything is drawn. */
  begin(change) {
    this.#withdraw();
    this.#show(change);
    clearTimeout(this.#leadLater);
    const later = setTimeout(async () => {
      this.#host.draw();
      // What has the focus must have its place on the screen, which is for another task to find.
      await nextTask();
      if (this.#leadLater === later) this.#begun();
    });
    this.#leadLater = later;
  }

  #begun() {
    if (this.#leadLater === null) return;
    clearTimeout(this.#leadLater);
    this.#leadLater = null;
    if (this.asked) this.#lead('running-title');
    this.#attention.begin();
  }

  /** Stop was pressed: who does that wants to see what there is. */
  stopped() {
    this.#begun();
    this.asked = true;
    this.#attention.begin();
  }

  /** A check has ended. Settles once it is shown. @param {string} heading id of that of the result */
  async end(change, heading) {
    this.#begun();
    const { busy, here } = this.#attention;
    this.#attention.end();
    this.#heading = heading;
    if (busy) this.#stay(change, this.asked || here);
    else {
      this.#show(change);
      const { screen } = this.#host.state();
      await this.#host.draw();
      await nextTask();
      if (this.asked && this.#host.state().screen === screen) await this.#lead(heading);
    }
  }

  goToResult() {
    this.#withdraw();
    this.#lead(this.#heading);
  }

  /** The element is taken out of the document. */
  leave() {
    clearTimeout(this.#leadLater);
    this.#leadLater = null;
    this.#attention.end();
    this.#withdraw();
  }

  /** Another screen: nothing of the one before is kept in its place. */
  #show(change) {
    const { state, update } = this.#host;
    update({ ...change, screen: state().screen + 1 });
  }

  #stay(change, offer) {
    const { element, root, state, update, draw } = this.#host;
    const focused = root.activeElement;
    const anchor = lookedAt(element, root, selectionIn(root));
    const portsStay = state().open.size > 0 || Boolean(anchor?.closest('[part~=ports]'));
    steadily(element, anchor, () => {
      update({ ...change, portsStay, offer });
      draw();
      // Stop is there only while there is something to stop.
      if (focused && focused !== root.activeElement) this.#focus(this.#heading);
    });
    if (offer) this.#offer(scrollerOf(element));
  }

  /** Until the result was seen, or the offer is taken. */
  #offer(scroller) {
    const { root } = this.#host;
    const { scrollTop } = scroller;
    this.#offering = new AbortController();
    const options = { capture: true, passive: true, signal: this.#offering.signal };
    const look = (event) => {
      const onOffer = event.composedPath().some((node) => node.part?.contains('offer'));
      const heading = root.getElementById(this.#heading);
      if (!onOffer && heading && isInSight(heading)) this.#withdraw();
    };
    // What kept the place is told a moment later, and is nobody's looking round.
    const scrolled = (event) => scroller.scrollTop !== scrollTop && look(event);
    window.addEventListener('scroll', scrolled, options);
    window.addEventListener('pointerdown', look, options);
    root.addEventListener(
      'focusin',
      ({ target }) => target.closest('.answer, .widget') && this.#withdraw(),
      options,
    );
  }

  #withdraw() {
    this.#offering?.abort();
    this.#offering = null;
    if (this.#host.state().offer) this.#host.update({ offer: false });
  }

  #focus(id) {
    const heading = this.#host.root.getElementById(id);
    heading?.focus({ preventScroll: true });
    return heading;
  }

  /** @returns {Promise<void>|undefined} until that is done, where it takes what is not here yet */
  #lead(id) {
    const lead = () => {
      const heading = this.#focus(id);
      if (heading && !isInSight(heading)) {
        heading.scrollIntoView({ block: 'start', behavior: 'instant' });
        this.#attention.scrolled();
      }
    };
    const drawn = this.#host.draw();
    if (drawn) return drawn.then(lead);
    lead();
  }
}
