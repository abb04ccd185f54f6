/** Which headline holds: can mail be received and sent? Pure. */
import { policyOf } from './findings.js';

/**
 * @param {{settings: object, rows: object[], problems: object[], summary: object|null}} state
 * @returns {string} a key of the locale's `answer` words
 */
export function answerKey({ settings, rows, problems, summary }) {
  // Whatever works here: it is not what this page is for.
  if (foreignNotice(problems)) return 'foreign';
  if (problems.some(({ id }) => id === 'domain-misspelled')) return 'misspelled';
  const sides = [settings.incoming, settings.outgoing];
  if (sides.some((setting) => setting && !setting.vouched)) return 'claimed';
  if (settings.incoming && settings.outgoing) {
    if (problems.some(({ id }) => id === 'no-new-mail')) return 'readyNoMail';
    if (imapBesidePop3(settings.incoming, rows) === 'failing') return 'readyPop3';
    if (!settings.incoming.trusted || !settings.outgoing.trusted) return 'readyBut';
    return problems.some(({ act }) => act === 'fix') ? 'readyProblems' : 'ready';
  }
  const ours = ({ findings: [first] }) => first && policyOf(first.id).ours;
  const untested = (direction) => {
    const own = rows.filter(({ service }) => service.direction === direction);
    const elsewhere = own.some(({ findings }) =>
      findings.some(({ id }) => id === 'published-on-other-port'),
    );
    const open = elsewhere ? ['not-tested', 'not-offered'] : ['not-tested'];
    if (own.every(({ status }) => open.includes(status))) return true;
    // One that we could not test may be the one that works, where no other shows that it would not.
    return own.some(ours) && own.every(({ status }) => status !== 'broken');
  };
  if (settings.incoming) {
    if (untested('send')) return 'receiveUntested';
    return inTheWay(rows, 'send') ? 'receiveHere' : 'receiveOnly';
  }
  if (settings.outgoing) {
    if (untested('receive')) return 'sendUntested';
    return inTheWay(rows, 'receive') ? 'sendHere' : 'sendOnly';
  }
  if (inTheWay(rows, 'receive') && inTheWay(rows, 'send')) return 'nothingHere';
  const apps = rows.filter(({ service }) => service.direction !== 'relay');
  const every = (...ids) =>
    apps.length > 0 && apps.every(({ findings: [first] }) => ids.includes(first?.id));
  if (every('domain-not-found')) return 'noDomain';
  if (every('no-mail-server', 'no-published-settings')) return 'noServer';
  if (every('silent-everywhere')) return 'silent';
  if (rows.every(ours)) return 'ours';
  const silent = ({ findings: [first] }) =>
    ['mail-not-accepted', 'declared-not-offered'].includes(first?.id);
  if (summary?.nullMx && rows.every(silent)) return 'noMail';
  const open = ['receive', 'send'].filter(untested);
  if (open.length === 1) return open[0] === 'send' ? 'receiveFailed' : 'sendFailed';
  return open.length === 2 ? 'untested' : 'nothing';
}

/** Whoever names a server for POP3 wants POP3. */
const WANTED = ['typed', 'preset'];

/**
 * What became of IMAP where the way to receive is POP3, which takes mail off to one device: somebody with IMAP
 * on several should not change over because of a fault that will be mended.
 * @returns {'failing'|'off'|'untested'|null} null where it is as it should be
 */
export function imapBesidePop3(incoming, rows) {
  if (incoming?.protocol !== 'pop3' || WANTED.includes(incoming.source)) return null;
  const found = rows.filter(isImap).map(({ status }) => status);
  if (found.length === 0 || found.some((status) => status.startsWith('works'))) return null;
  if (found.some((status) => FAILING.includes(status))) return 'failing';
  return found.includes('not-tested') ? 'untested' : 'off';
}

const FAILING = ['broken', 'blocked'];

/** Whether a row is of IMAP, and it is there and fails. */
export function isFailingImap(row) {
  return isImap(row) && FAILING.includes(row.status);
}

function isImap({ service }) {
  return service.protocol === 'imap';
}

/** Something in the reader's network stops a port of this direction. */
function inTheWay(rows, direction) {
  return rows.some(
    ({ service, findings: [first] }) =>
      service.direction === direction && first && policyOf(first.id).inTheWay,
  );
}

/**
 * The notice that the domain is not of the provider whose page this is; it names the provider where that
 * has a name. A saved report has it, too, and no preset.
 */
export function foreignNotice(problems) {
  return problems.find(({ id }) => id === 'not-this-provider') ?? null;
}
