/**
 * What a check has found → all that the views show of it, finished: they only put it into words and
 * templates. Pure; knows no words and no DOM, and runs in Node.
 *
 * Words are named by their keys, with what they need.
 */
import { providerOfServer } from '../discover/providers.js';
import { answerKey, foreignNotice, imapBesidePop3 } from '../verdict/answer-key.js';
import { appsFor, isHandheld, stepsFor } from '../verdict/app-steps.js';
import { catalogue, policyOf } from '../verdict/findings.js';
import { besideAnswer } from '../verdict/problems.js';
import { usernameOf } from '../verdict/settings.js';
import {
  attemptOf,
  endsTrying,
  otherUserName,
  signInSides,
  signInHelp,
  takesNoPassword,
} from '../verdict/sign-in.js';
import { shownFindings } from '../verdict/severity.js';
import { comparable } from '../verdict/comparable.js';
import { filesOf } from './files.js';
import { sourceOf } from './source-words.js';

/** Providers whose words about signing in stand for all others. */
const SIGN_IN_EXAMPLES = ['google', 'microsoft', 'apple', 'yahoo'];
/** Headlines that leave nothing to say but the one step below them. */
const WITHOUT_LEAD = [
  'nothing',
  'receiveFailed',
  'sendFailed',
  'noServer',
  'noDomain',
  'silent',
  'foreign',
];
const DIRECTION = { incoming: 'receive', outgoing: 'send' };
/** A name from a certificate is worth what vouches for it. */
const SOURCE_OF_VOUCHER = { provider: 'provider', preset: 'preset', person: 'typed' };

/**
 * @typedef {{key: string, args: object}} Words
 *
 * @typedef {object} Presentation
 * @property {{key: string, ours: boolean, title: Words, lead: Words|null}} answer `ours`: the settings are
 *   what this page is for, and proved
 * @property {string[]} meant domains to ask about, since this one may be mistyped
 * @property {string[]} apps in the order they are offered: those of the reader's platform first
 * @property {string} app the one that is shown
 * @property {boolean} phone the link is worth a code for a phone beside the computer
 * @property {{name: string, url: string|null}|null} contact how the embedder wants to be written to
 * @property {object|null} steps where to tap in it, see app-steps.js
 * @property {{incoming: Side, outgoing: Side}} sides
 * @property {{text: Words, help: {url: string, provider: string}|null}|null} password which one to type;
 *   null where no settings are known
 * @property {string[]} signIn parts of the advice on signing in
 * @property {object|null} signInTest the password check, see signInTestOf(); null where there is none
 * @property {string[]} elsewhere published servers on ports that nobody can test from here
 * @property {'running.bothWork'|'running.receiveWorks'|'running.sendWorks'|null} progress
 * @property {import('./told-problems.js').Told|null} problems null where there are some and what tells them is not
 *   here
 * @property {Map<number, object>} rows by port, see rowOf()
 * @property {{url: string|null, wanted: boolean}|null} ownNetwork null where it is what was tested; `url` of
 *   the program that tests it; `wanted`: a network may be what is wrong
 * @property {Second|null} second the second place, where there is one
 * @property {object[]} checked conclusions about app settings; `offered` is what to use instead
 * @property {object|null} pasted see pastedOf()
 * @property {object} files see files.js
 *
 * @typedef {{setting: object|null, status: string, confirmed: boolean, username: string|undefined,
 *   source: Words|null, caution: boolean}} Side `caution`: the reader has to know the source
 *
 * @typedef {{name: string, running: boolean, offered: boolean, why: object|null,
 *   compared: Array<{port: number, here: object|null, there: object|null}>}} Second `compared`: what each
 *   place met first at a port, null where it works; `why`: the finding of ours where nothing was learned;
 *   `offered`: there are ports that it can still be asked about
 */

/**
 * @param {object} state the element's: a result of runCheck(), or of stateOfReport(), and what the reader
 *   chose
 * @param {object} tables
 * @param {{detailsOf?: Function, pastedOf?: Function, problemsOf?: Function}} [more] what is in a row that was opened
 *   (port-details.js), what came of an error message (pasted.js), and what is told of problems (told-problems.js),
 *   once that is here
 * @returns {Presentation}
 */
export function present(state, tables, { detailsOf, pastedOf, problemsOf } = {}) {
  const { settings, summary, checked, provider, platform } = state;
  const signInTest = signInTestOf(state, tables);
  const apps = appsFor(platform);
  const app = state.app ?? apps[0];
  return {
    answer: answerOf(state, signInTest),
    meant: meantOf(state),
    apps,
    app,
    steps: stepsFor(app, settings, provider),
    phone: wantsPhone(state),
    contact: contactOf(state),
    sides: {
      incoming: sideOf('incoming', state, tables),
      outgoing: sideOf('outgoing', state, tables),
    },
    password: passwordOf(state),
    signIn: signInOf(provider),
    signInTest,
    elsewhere: (summary?.elsewhere ?? []).map(({ host, port }) => `${host}:${port}`),
    progress: progressOf(settings),
    problems: toldProblems(state, signInTest, problemsOf),
    ownNetwork: ownNetworkOf(state, tables),
    second: secondOf(state),
    rows: new Map(state.rows.map((row) => [row.port, rowOf(row, state, tables, detailsOf)])),
    checked: checked.map((conclusion) => ({
      ...conclusion,
      offered: conclusion.values.some(({ use }) => use !== null) ? conclusion.use : null,
    })),
    pasted: pastedOf?.(state, signInTest) ?? null,
    files: filesOf({ ...state, app }),
  };
}

function answerOf(state, signInTest) {
  const key = answerKey(state);
  const { target, problems } = state;
  return {
    key,
    ours: !['foreign', 'claimed'].includes(key),
    title: {
      key: headlineOf(key === 'readyProblems' ? 'ready' : key),
      args: { domain: target, provider: foreignNotice(problems)?.args.provider },
    },
    lead: leadOf(key, state, signInTest),
  };
}

/** Where mail cannot be both received and sent, the words come with those of the problems (i18n/pieces.js). */
function headlineOf(key) {
  return comesWithProblems(key) ? `unready.${key}` : `answer.${key}`;
}

function leadBelow(key) {
  return comesWithProblems(key) ? `unready.${key}Lead` : `answer.${key}Lead`;
}

function comesWithProblems(key) {
  return !/^(?:ready|claimed)/.test(key);
}

/** What was perhaps meant: after a check, or at the field, where an address has no ending. */
function meantOf({ phase, problems, meant }) {
  if (phase !== 'done') return meant;
  return problems.filter(({ id }) => policyOf(id).inAnswer).flatMap(({ args }) => args.meant);
}

function wantsPhone({ phase, saved, link, platform }) {
  return phase === 'done' && saved === null && Boolean(link) && !isHandheld(platform);
}

/** The embedder is only asked about domains of its own. */
function contactOf({ preset, summary }) {
  if (!preset?.contact || summary?.foreign) return null;
  const { name, contact } = preset;
  return { name, url: contact === 'event' ? null : contact };
}

function leadOf(key, { target, saved, restored }, signInTest) {
  const args = { domain: target };
  if (signInTest?.right) return { key: 'answer.signedInLead', args };
  if (signInTest?.refused && !signInTest.refused.cut)
    return { key: 'answer.signInRefusedLead', args };
  if ((saved !== null || restored) && key !== 'claimed') return { key: 'saved.lead', args };
  if (WITHOUT_LEAD.includes(key)) return null;
  return { key: leadBelow(key === 'readyProblems' ? 'ready' : key), args };
}

/**
 * Of one side of the settings. Unless it is `confirmed`, nothing of it is passed on. `running`: not proved,
 * and a port of it is still being checked.
 */
function sideOf(side, { phase, rows, settings, domain, mailbox }, { services }) {
  const setting = settings[side];
  if (!setting) {
    const open = services.some(
      ({ port, direction }) =>
        DIRECTION[side] === direction && !rows.some((row) => row.port === port),
    );
    const status = phase === 'running' && open ? 'running' : 'not-offered';
    return { setting, status, confirmed: false, source: null, caution: false };
  }
  const proved = setting.trusted ? 'works' : 'works-but';
  return {
    setting,
    status: setting.vouched ? proved : 'not-tested',
    confirmed: Boolean(setting.vouched),
    username: usernameOf(setting, mailbox),
    source: settingSource(setting, domain),
    caution: !setting.vouched || setting.vouched === 'records',
    imap: side === 'incoming' && phase === 'done' ? imapBesidePop3(setting, rows) : null,
  };
}

/** Where the server name of a setting comes from, and whether to ask before it is typed. */
function settingSource({ source, server, vouched }, domain) {
  if (!vouched) return { key: 'answer.claimedSource', args: { domain } };
  if (vouched === 'records') {
    const record = source === 'certificate' ? 'CNAME' : 'SRV';
    return { key: 'answer.publishedBy', args: { domain, record } };
  }
  return sourceOf(
    source === 'certificate' ? (SOURCE_OF_VOUCHER[vouched] ?? source) : source,
    server,
  );
}

/** What is known of the provider, else what is usual. */
function passwordOf({ settings: { incoming, outgoing }, domain, provider: known }) {
  const setting = incoming ?? outgoing;
  if (!setting) return null;
  const { server, authentication, appPassword } = setting;
  const provider = providerOfServer(server, domain, known);
  const kinds = {
    password: appPassword ? 'passwordApp' : 'passwordText',
    oauth2: appPassword ? 'passwordTokenOrApp' : 'passwordToken',
  };
  // Somebody's own server may sign people in elsewhere, too.
  const unknown = authentication === 'oauth2' ? 'passwordTokenUnknown' : 'passwordText';
  const key = `answer.${provider ? kinds[authentication] : unknown}`;
  return {
    text: { key, args: { provider: provider?.name } },
    help: provider?.help ? { url: provider.help, provider: provider.name } : null,
  };
}

/** The provider's own advice first, where it is known. */
function signInOf(provider) {
  const own = provider?.signIn;
  return ['lead', ...(own ? [own, 'general'] : ['general', ...SIGN_IN_EXAMPLES])];
}

/** The embedder as the provider of its own domains, where it says where app passwords are made. */
function embedderOf({ preset, summary }) {
  if (!preset || summary?.foreign) return null;
  const [appPasswords, help] = ['app-passwords', 'help'].map(
    (wanted) => preset.links.find(({ kind }) => kind === wanted)?.url,
  );
  if (!appPasswords) return null;
  return { name: preset.name || new URL(appPasswords).hostname, help, appPasswords };
}

const NOT_TRIED = { user: '', warning: null, tried: [], refused: null, right: null, other: null };

/**
 * Whether and where the reader may try the password: `sides` see verdict/sign-in.js, `user` what stands in the field,
 * `warning` what to know before the first try, `hopeless`: no password can work, `help` where the way out of either
 * begins; `tried` what came of it, `refused` the one of these that ended it, `right` what it means where all is well,
 * `other` the user name in its other form.
 */
function signInTestOf(state, tables) {
  const { allowSignIn, phase, saved, restored, settings, rows, signIn, mailbox, domain } = state;
  // A password goes only where this page itself has just found the way.
  if (!allowSignIn || phase !== 'done' || saved !== null || restored) return null;
  const sides = signInSides(settings).filter((to) => attemptOf(to, rows, tables));
  const known = catalogue(tables);
  const embedder = embedderOf(state);
  const providerOf = ({ server }) => embedder ?? providerOfServer(server, domain, state.provider);
  const closed = [settings.incoming, settings.outgoing].filter(
    (setting) => setting?.vouched && takesNoPassword({ setting }),
  );
  if (sides.length === 0) {
    if (closed.length === 0) return null;
    const help = signInHelp('provider', providerOf(closed[0]));
    return { ...NOT_TRIED, sides, hopeless: true, help };
  }
  const tried = signIn.tried.map(({ side, finding, cut = null }) => {
    const to = sides.find((one) => one.side === side);
    const { status = 'not-tested', act = 'aware', who = [] } = known.get(finding.id) ?? {};
    const help = signInHelp(policyOf(finding.id).helpedBy, providerOf(to.setting));
    return { ...to, finding, cut, status, act, who, help };
  });
  const refused = tried.find(({ finding }) => endsTrying(finding)) ?? null;
  const all = tried.length === sides.length && !refused;
  const wanting = sides.find(({ setting }) => setting.appPassword);
  return {
    sides,
    user: signIn.user ?? usernameOf(sides[0].setting, mailbox) ?? '',
    warning: wanting ? 'warnApp' : null,
    hopeless: false,
    help: wanting ? signInHelp('app-password', providerOf(wanting.setting)) : null,
    tried,
    refused,
    right: all ? (sides.length > 1 ? 'rightBoth' : 'rightOne') : null,
    other: refused ? otherUserName(signIn.user, domain, refused.finding) : null,
  };
}

function progressOf({ incoming, outgoing }) {
  if (incoming && outgoing) return 'running.bothWork';
  if (incoming) return 'running.receiveWorks';
  return outgoing ? 'running.sendWorks' : null;
}

/** Null where there is something to tell and `problemsOf` is not here. */
function toldProblems(state, signInTest, problemsOf) {
  if (problemsOf) return problemsOf(state, signInTest);
  const something = signInTest?.refused || besideAnswer(state.problems).length > 0;
  return something ? null : { step: null, fixes: [], notes: [], avoidable: false };
}

function ownNetworkOf({ vantage, program, problems, phase }, tables) {
  if (phase !== 'done' || vantage?.local) return null;
  const known = catalogue(tables);
  // What the bridge could not do, a bridge at the reader's may.
  const mayBeNetwork = ({ id, act, who }) =>
    known.get(id).ours ||
    (act !== 'none' && (who.includes('network') || known.get(id).phase === 'connect'));
  return { url: program ?? null, wanted: Boolean(program) && problems.some(mayBeNetwork) };
}

function secondOf({ second, elsewhere, comparing, rows, phase, saved }) {
  const name = elsewhere?.name ?? second?.name;
  if (name === undefined || phase !== 'done') return null;
  const compared = elsewhere && !elsewhere.why ? rows.filter((row) => row.elsewhere) : [];
  const met = ({ host, report }, { port }) =>
    report.findings.slice(0, 1).map(({ id, args }) => ({ id, args: { ...args, host, port } }))[0];
  return {
    name,
    running: Boolean(comparing),
    offered: saved === null && Boolean(second) && rows.some(comparable),
    why: elsewhere?.why ?? null,
    compared: compared.map((row) => ({
      port: row.port,
      here: met(row.main, row) ?? null,
      there: met(row.elsewhere, row) ?? null,
    })),
  };
}

/**
 * One row of the table of ports.
 * @returns {{status: string, act: string, ms: number|null, finding: object|null, untested: object|null,
 *   conversations: object[], versions: object|null}} `ms` where it is worth showing; `finding` is the
 *   first that is shown; what stands in an open row only is null in a closed one
 */
function rowOf(row, state, tables, detailsOf) {
  const { port, status, ms } = row;
  const problem = state.problems.find(({ rows }) => rows.some((one) => one.port === port));
  const [finding = null] = shownFindings(row);
  const host = row.server ?? state.target;
  const closed = { untested: null, conversations: [], versions: null };
  return {
    status,
    act: problem?.act ?? 'none',
    ms: status === 'works' ? ms : null,
    finding: finding && { id: finding.id, args: { ...finding.args, port, host } },
    ...((state.open.has(port) && detailsOf?.(row, state, tables)) || closed),
  };
}
