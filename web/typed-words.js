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
  const named = name === 'protocol' || name === 'security';
  return named ? words.say(`typed.${name}.${value}`) : String(value);
}

export function conclusionTitle({ outcome, port, values }, words) {
  const wrong = values.filter(({ mark }) => mark === 'wrong' || mark === 'unsafe');
  const list = words.list(wrong.map(({ name }) => words.say(`typed.value.${name}`)));
  return words.say(`typed.outcome.${outcome}`, { list, port });
}

/** @returns {string[]} what was seen, what to change, and how that is known */
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
  const changes = changesOf(conclusion, words);
  const proof = use ? [...changes, say(use.trusted ? 'tested' : 'testedBut')] : [];
  const told = {
    right: () => [say('right'), conclusion.relay ? say('relay') : null, found?.cause],
    wrong: () => [...whatFailed(conclusion, found, say), ...(use ? proof : [found?.fix])],
    unsafe: () => [say('unsafe'), ...(use ? proof : [say('unsafeNoUse')])],
    trouble: () => [say('failed'), found?.cause, found?.fix, say('trouble')],
    'other-port': () => [
      words.say('typed.otherPort', { ...known, list: words.list(conclusion.usual.map(String)) }),
      ...proof,
    ],
    'not-tested': () => [found?.cause, say('notTested')],
  };
  return [...(portTyped ? [] : [say('noPort')]), ...told[outcome]()].filter(Boolean);
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
