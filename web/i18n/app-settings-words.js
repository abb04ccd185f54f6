/** A conclusion about typed settings → sentences. Pure. */

/** The outcome → the status whose sign it carries. */
export const SIGN_OF = {
  right: 'works',
  wrong: 'broken',
  unsafe: 'broken',
  trouble: 'broken',
  'other-port': 'not-tested',
  'not-tested': 'not-tested',
};

/** One value as a mail app shows it. */
export function shownValue(name, value, words) {
  if (name === 'security') return words.say(`security.${value}`);
  return name === 'protocol' ? words.say(`typed.protocol.${value}`) : String(value);
}

export function conclusionTitle({ outcome, port, values }, words) {
  if (outcome === 'right' && values.length === 1) return words.say('typed.outcome.server');
  const wrong = values.filter(({ mark }) => mark === 'wrong' || mark === 'unsafe');
  const list = words.list(wrong.map(({ name }) => words.say(`typed.value.${name}`)));
  return words.say(`typed.outcome.${outcome}`, { list, port });
}

/** @returns {{seen: string, change: string}} what was seen; what to do, and how that is known */
export function conclusionText(conclusion, words) {
  const { outcome, server, port, protocol, security, finding, use, portTyped } = conclusion;
  const known = {
    server,
    port,
    protocol: shownValue('protocol', protocol, words),
    security: shownValue('security', security, words),
  };
  const say = (key) => words.say(`typed.${key}`, known);
  const found = finding
    ? words.explain(finding.id, { host: server, port, protocol: known.protocol, ...finding.args })
    : null;
  const text = (sentences) => sentences.filter(Boolean).join(' ');
  if (outcome === 'right' && !portTyped) {
    // For want of both the page takes the port of SSL/TLS.
    const { port: tried, security: chosen } = use ?? {
      port,
      security: security === 'auto' ? 'ssl' : security,
    };
    const works = { server, port: tried, security: shownValue('security', chosen, words) };
    return { seen: text([words.say('typed.serverRight', works), found?.cause]), change: '' };
  }
  const changes = changesOf(conclusion, words);
  const change = use ? [...changes, say(use.trusted ? 'tested' : 'testedBut')] : [];
  const seen = {
    right: () => [say('right'), conclusion.relay ? say('relay') : null, found?.cause],
    wrong: () => whatFailed(conclusion, found, say),
    unsafe: () => [say('unsafe')],
    trouble: () => [say('failed'), found?.cause, say('trouble')],
    'other-port': () => [
      words.say('typed.otherPort', { ...known, list: words.list(conclusion.usual.map(String)) }),
    ],
    'not-tested': () => [found?.cause, say('notTested')],
  };
  const otherwise = { wrong: found?.fix, trouble: found?.fix, unsafe: say('unsafeNoUse') }[outcome];
  return {
    seen: text([portTyped ? null : say('noPort'), ...seen[outcome]()]),
    change: text(use ? change : [otherwise]),
  };
}

function whatFailed({ finding, relay }, found, say) {
  if (relay) return [say('relay')];
  if (finding?.id === 'name-not-found') return [say('nameless')];
  return [say('failed'), found?.cause];
}

function changesOf({ values, outcome }, words) {
  return values
    .filter(({ use, mark }) => use !== null && (mark !== 'right' || outcome === 'other-port'))
    .map(({ name, use }) =>
      words.say(`typed.fix.${name}`, { [name]: shownValue(name, use, words) }),
    );
}
