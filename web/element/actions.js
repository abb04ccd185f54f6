/** What the controls of the view call. */
import { PARTS } from '#parts';
import { isAddress, withDomain } from '../input/address.js';

/** A button says for so long that it has copied. */
const COPIED_MS = 2000;
/** A browser has begun to save a file by then. */
const SAVING_MS = 1000;

/**
 * @param {object} host the element, as far as its controls may use it
 * @param {() => object} host.state
 * @param {(change: object) => void} host.update
 * @param {(id: string) => void} host.focus
 * @param {import('./message-reading.js').MessageReading} host.message
 * @param {() => void} host.prefetch what a check needs
 * @param {() => void} host.openAhead the sockets that it will want first
 * @param {() => void} host.start
 * @param {() => void} host.stop
 * @param {() => void} host.startOver
 * @param {() => void} host.goToResult
 * @param {(row: object) => void} host.checkVersions
 * @param {() => void} host.askElsewhere
 * @param {(files: File[]) => void} host.openReport
 * @param {() => void} host.closeReport
 * @param {() => void} host.showSignIn
 * @param {(credentials: {user: string, password: string}) => void} host.signIn
 * @param {() => void} host.leaveSignIn forgets the password
 * @param {(id: string, text: string) => boolean} host.copyByHand shows a text selected below the button
 *   of that id, and tries to copy it from there
 * @param {(absent: import('../i18n/absent.js').Absent) => void} host.bring fetches what part of the view lacks
 * @param {() => void} host.bringDetails fetches what shows the fold below the address
 * @param {(part: string, section: string) => void} host.bringAhead fetches a part, and its words
 * @param {(make: () => string) => Promise<string>} host.worded makes a text once its words are here
 * @param {(event: string, detail: object) => void} host.tell dispatches an event
 */
export function createActions({ state, update, message, ...host }) {
  const { prefetch, openAhead, start, stop, startOver, goToResult, checkVersions, askElsewhere } =
    host;
  const { openReport, closeReport, showSignIn, signIn, leaveSignIn, tell } = host;
  /** The text, once its words are here; null where they do not come. */
  const worded = (make) =>
    host.worded(make).catch((error) => {
      console.error(error);
      update({ alert: host.say('page.unreachable') });
      return null;
    });
  const setSignIn = (change) => update({ signIn: { ...state().signIn, ...change } });
  const { copyByHand } = host;
  const open = (files) => openReport([...files]);
  return {
    // The core is fetched when somebody is about to need it.
    ready: prefetch,
    enterAddress: ({ target }) => {
      update({ address: target.value, ...(state().error ? { error: null, meant: [] } : {}) });
      if (isAddress(target.value)) openAhead();
    },
    submit: (event) => {
      event.preventDefault();
      start();
    },
    /** Somebody is about to open the fold below the address. */
    prepareDetails: () => {
      message.prepare();
      host.bringDetails();
    },
    toggleDetails: ({ target }) => {
      if (target.open) message.prepare();
      update({ details: { ...state().details, open: target.open } });
    },
    enterSetting: (side, field, value) => {
      const { details, fieldErrors } = state();
      const settings = structuredClone(details.settings);
      settings[side][field] = value;
      update({
        details: { ...details, settings },
        fieldErrors: fieldErrors.filter((error) => error.side !== side || error.field !== field),
      });
    },
    paste: (text) => message.read(text),
    example: (domain) => {
      // The settings and the message in the fold are about another domain.
      update({ address: domain, details: { ...state().details, open: false } });
      start();
    },
    /** One tap on "Did you mean …?": the same mailbox, at that domain. */
    checkInstead: (domain) => {
      const { address, details } = state();
      update({ address: withDomain(address, domain), details: { ...details, open: false } });
      start();
    },
    /** The embedder asked to be told what its readers would write to it. */
    contact: ({ id }, { subject, body }) =>
      tell('mpc-contact', { domain: state().domain, finding: id, subject, message: body }),
    bring: host.bring,
    again: start,
    stop,
    startOver,
    goToResult,
    drawCode: async () => {
      const { link } = state();
      const code = await draw(link).catch((error) => {
        console.error(error);
        return { drawn: null, failed: true };
      });
      if (state().link === link) update({ code });
    },
    chooseApp: (app) => update({ app }),
    toggle: (port) => {
      const ports = new Set(state().open);
      if (!ports.delete(port)) {
        ports.add(port);
        host.bringAhead('details', 'details');
      }
      update({ open: ports });
    },
    /** A fold whose content comes when it is opened. @param {string} name */
    unfold:
      (name) =>
      ({ target }) => {
        const { unfolded } = state();
        if (target.open && !unfolded.has(name)) update({ unfolded: new Set(unfolded).add(name) });
      },
    checkVersions,
    askElsewhere,
    showSignIn,
    /** A password is forgotten when its card is closed. */
    toggleSignIn: ({ target }) => {
      if (target.open) {
        host.bringAhead('sign-in', 'signIn');
        update({ signInOpen: true });
      } else leaveSignIn();
    },
    signIn: (event) => {
      event.preventDefault();
      const value = (id) => event.target.querySelector(`#${id}`).value;
      signIn({ user: value('sign-in-user').trim(), password: value('sign-in-password') });
    },
    showPassword: () => setSignIn({ shown: !state().signIn.shown }),
    confirmServer: (server, known) => {
      const confirmed = new Set(state().signIn.confirmed);
      confirmed[known ? 'add' : 'delete'](server);
      setSignIn({ confirmed, error: null });
    },
    useName: (user) => setSignIn({ user, tried: [] }),
    copy: async (id, text) => {
      const copied = typeof text === 'function' ? await worded(text) : text;
      if (copied === null) return;
      try {
        await navigator.clipboard.writeText(copied);
      } catch {
        // A frame without allow="clipboard-write", or a page without HTTPS: the old way is open to both.
        if (!copyByHand(id, copied)) return;
      }
      update({ copied: id, byHand: null });
      setTimeout(() => state().copied === id && update({ copied: null }), COPIED_MS);
    },
    download: () => {
      const { report } = state();
      const text = JSON.stringify(report, null, 2);
      saveFile(`mail-port-check-${report.domain}.json`, 'application/json', text);
    },
    save: async (name, type, make) => {
      const text = await worded(make);
      if (text !== null) saveFile(name, type, text);
    },
    print: () => window.print(),
    openReport: open,
    closeReport,
    /** Whether a file is held over the page just now. */
    hover: (event, dropping) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      // Without this the browser would leave the page for the file.
      event.preventDefault();
      if (state().phase === 'running') return;
      if (dropping !== state().dropping) update({ dropping });
    },
    drop: (event) => {
      const files = event.dataTransfer?.files;
      if (!files?.length) return;
      event.preventDefault();
      update({ dropping: false });
      open(files);
    },
  };
}

async function draw(link) {
  const { qrCode } = await PARTS['qr-code']();
  return { drawn: qrCode(link), failed: false };
}

/** Lets the browser save a file that was made in the page. */
function saveFile(name, type, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name.replace(/[^a-z0-9.-]/gi, '_');
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAVING_MS);
}
