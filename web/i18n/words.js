/**
 * Ids and arguments → sentences of one locale. Pure.
 *
 * A text may be a list of variants: the first whose placeholders all have a value is used, so the
 * last must do with what the page always knows ({port}, {ports}, {Ports}, {protocol}, {host},
 * {domain}). Each may have a form for one server and one for many, as the language counts.
 */
import { Absent } from './absent.js';
import { clip, ownerOf, visible } from './text.js';

/** Placeholders that every finding has. */
export const ALWAYS = ['port', 'ports', 'Ports', 'protocol', 'host', 'domain'];

const DATES = ['not_after', 'not_before'];
/** Arguments that are distinguished names. */
const OWNERS = ['authority', 'issuer'];
/** Arguments that are ports, one or several, and are written `port 993` or `ports 993 and 995`. */
const PORT_ARGS = ['other', 'answers', 'proved'];
const LIST_LIMIT = 4;
/** Every form that some language has for a number of things. */
const FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'];
const RIGHT_TO_LEFT = /^(?:ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/i;

/** @param {object} locale the parsed locales/<lang>.json @param {string} [lang] for dates and lists */
export function createWords(locale, lang = 'en') {
  // Browsers take long to make the first of each, and a form needs none.
  const dates = once(() => new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' }));
  const lists = once(() => new Intl.ListFormat(lang, { type: 'conjunction' }));
  const numbers = once(() => new Intl.PluralRules(lang));

  const value = (name, raw) => {
    if (DATES.includes(name)) {
      const time = new Date(raw);
      return Number.isNaN(time.getTime()) ? visible(raw) : dates().format(time);
    }
    if (OWNERS.includes(name)) return clip(visible(ownerOf(raw)));
    if (Array.isArray(raw)) {
      const items = raw.slice(0, LIST_LIMIT).map((item) => clip(visible(item), 80));
      if (raw.length > LIST_LIMIT) items.push('…');
      return lists().format(items);
    }
    return clip(visible(raw));
  };

  /** More than two server names make a title unreadable. */
  const hostList = (host) =>
    Array.isArray(host) && host.length > 2
      ? count('fallback.hosts', host.length - 1, { first: host[0] })
      : host;

  const fill = (text, args) =>
    text.replace(/\{(\w+)\}/g, (whole, name) =>
      known(args, name) ? value(name, args[name]) : whole,
    );

  /** Of several servers another form may be said than of one. */
  const choose = (variants, args) => {
    const number = [args.host].flat().length;
    const texts = [variants]
      .flat()
      .map((text) => (isPlural(text) ? (text[numbers().select(number)] ?? text.other) : text));
    return (
      texts.find((text) => placeholders(text).every((name) => known(args, name))) ?? texts.at(-1)
    );
  };

  const at = (path) => path.split('.').reduce((node, key) => node?.[key], locale);

  /** The words at a dotted path of the locale, filled in; throws for a path that is not there. */
  const say = (path, args = {}) => {
    const text = at(path);
    if (typeof text !== 'string') throw lack(path);
    return fill(text, args);
  };

  /** The same for so many things, in the form of that number; {count} is the number. */
  const count = (path, number, args = {}) => {
    const forms = at(path);
    if (!isPlural(forms)) throw lack(path);
    return fill(forms[numbers().select(number)] ?? forms.other, { count: number, ...args });
  };

  /** `port 993`, `ports 993 and 995` */
  const portList = (ports) =>
    count('portList', ports.length, { list: lists().format(ports.map(String)) });

  /** The sentence for an argument that is one of a few words; nothing for a word without one. */
  const sentence = (name, word) =>
    Object.hasOwn(locale.values[name], word) ? locale.values[name][word] : undefined;

  /**
   * Title, short form, cause and fix of a finding or verdict; `apps`, what mail apps make of it, where
   * that is known.
   */
  const explain = (id, args = {}) => {
    const usual = locale.diagnosis[id] ?? locale.verdict[id];
    if (!usual) throw lack(`diagnosis.${id}`);
    const entry = {
      ...usual,
      ...usual.reasons?.[args.reason],
      ...usual.closes?.[args.close],
      ...usual.limits?.[args.of],
    };
    const named = portList(args.ports ?? (args.port ? [args.port] : []));
    const ports = Object.fromEntries(
      PORT_ARGS.filter((name) => known(args, name)).map((name) => [
        name,
        portList([args[name]].flat()),
      ]),
    );
    const all = {
      host: locale.fallback.host,
      domain: locale.fallback.host,
      protocol: '',
      ...args,
      ...Object.fromEntries(
        Object.keys(locale.values)
          .filter((name) => known(args, name))
          .map((name) => [name, sentence(name, args[name])]),
      ),
      // Another finding, by its short name.
      because: locale.diagnosis[args.because]?.short,
      ...ports,
      ports: named,
      Ports: capitalized(named, lang),
    };
    const full = { ...all, host: hostList(all.host) };
    const said = Object.fromEntries(
      ['short', 'title', 'cause', 'fix'].map((part) => [
        part,
        fill(choose(entry[part], all), full),
      ]),
    );
    if (args.relay) return { ...said, fix: locale.relayFix };
    return entry.apps ? { ...said, apps: locale.appsSay[entry.apps] } : said;
  };

  return {
    locale,
    lang,
    dir: RIGHT_TO_LEFT.test(lang) ? 'rtl' : 'ltr',
    say,
    count,
    explain,
    list: (items) => lists().format(items),
    ports: portList,
    date: (raw) => value('not_after', raw),
  };
}

function once(make) {
  let made;
  return () => (made ??= make());
}

/** A locale may have come without them, such as one from an older build in a cache. */
function lack(path) {
  return new Absent('words', path.split('.')[0], `locale: no words at "${path}"`);
}

/** What a locale lacks, one sentence each; an empty list when it is complete. */
export function missingWords(locale, tables, verdicts) {
  const lacks = [];
  const checkParts = (path, entry) => {
    for (const part of ['short', 'title', 'cause', 'fix']) {
      const texts = [entry?.[part]]
        .flat()
        .flatMap((text) => (isPlural(text) ? Object.values(text) : [text]));
      if (!texts.every((text) => typeof text === 'string' && text.trim())) {
        lacks.push(`${path} has no ${part}`);
        continue;
      }
      const open = placeholders(texts.at(-1)).filter((name) => !ALWAYS.includes(name));
      if (open.length > 0) {
        lacks.push(`${path}.${part}: the last variant needs {${open.join('}, {')}}`);
      }
    }
  };
  const check = (section, ids) => {
    for (const id of ids) {
      const entry = locale[section]?.[id];
      checkParts(`${section}.${id}`, entry);
      for (const kind of ['reasons', 'closes', 'limits']) {
        for (const [name, own] of Object.entries(entry?.[kind] ?? {})) {
          checkParts(`${section}.${id}.${kind}.${name}`, { ...entry, ...own });
        }
      }
      for (const name of Object.keys(entry?.closes ?? {})) {
        if (!tables.closes.some((close) => close.id === name && close.finding === id)) {
          lacks.push(`${section}.${id}.closes.${name} is no close of the bridge for it`);
        }
      }
      const group = locale[section]?.[id]?.apps;
      if (group && !locale.appsSay?.[group])
        lacks.push(`${section}.${id}.apps: no group "${group}"`);
    }
    for (const id of Object.keys(locale[section] ?? {})) {
      if (!ids.includes(id)) lacks.push(`${section}.${id} is no known id`);
    }
  };
  check(
    'diagnosis',
    tables.diagnoses.map(({ id }) => id),
  );
  check(
    'verdict',
    verdicts.map(({ id }) => id),
  );
  for (const { name } of tables.services) {
    if (!locale.services?.[name]) lacks.push(`services.${name} is missing`);
  }
  for (const phase of tables.phases) {
    if (!locale.phases?.[phase]) lacks.push(`phases.${phase} is missing`);
  }
  for (const mode of tables.modes) if (!locale.mode?.[mode]) lacks.push(`mode.${mode} is missing`);
  return lacks;
}

/** Texts for one, two, few … things: an entry of the locale like any other, but for its keys. */
export function isPlural(node) {
  return typeof node?.other === 'string' && Object.keys(node).every((form) => FORMS.includes(form));
}

function capitalized(text, lang) {
  const [first = '', ...rest] = text;
  return first.toLocaleUpperCase(lang) + rest.join('');
}

export function placeholders(text) {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
}

function known(args, name) {
  const given = args[name];
  return (
    given !== undefined &&
    given !== null &&
    given !== '' &&
    !(Array.isArray(given) && !given.length)
  );
}
