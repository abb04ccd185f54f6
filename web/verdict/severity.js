/** What a finding weighs on the port it was made on, and which findings only follow from others. Pure. */
import { STATUSES } from '../scan/evidence.js';
import { policyOf } from './findings.js';

/** Where the name of a server is the provider's own word: no reader has to look for another one. */
const PROVIDERS_WORD = ['preset', 'published', 'related', 'provider', 'mx'];

/** The name of the row's server comes from the provider itself. */
export function isProvidersWord({ source }) {
  return PROVIDERS_WORD.includes(source);
}

/** The table row of a finding as it weighs on this port. */
export function severityOf(finding, row, known) {
  const base = known.get(finding.id);
  if (!base) return { status: 'not-tested', act: 'none', who: [] };
  const cause = settledBy(finding, row, known);
  if (cause) return { status: cause.status, act: cause.act, who: cause.who };
  const { status, act, who } = { ...base, who: whoMends(base, finding, row) };
  if (row.service.direction === 'relay') {
    // Without an exchanger of its own a domain takes no mail by 25, and nobody expects it to.
    if (base.dispensable || row.source === 'usual') return { status, act: 'none', who: [] };
    if (base.tolerated && act === 'fix') return { status, act: 'aware', who };
  }
  return { status, act, who };
}

/** Who can mend it, as far as the evidence goes. */
function whoMends({ who, whoIf = {}, inTheWay }, { args }, row) {
  const able = whoByEvidence({ who, whoIf }, row);
  // Seen from a second place, too: two networks are not likely to be wrong in the same way.
  if (!args?.there || inTheWay) return able;
  const others = able.filter((party) => party !== 'network');
  return whoIf.confirmed ?? (others.length > 0 ? others : able);
}

function whoByEvidence({ who, whoIf }, row) {
  if (whoIf.published && isProvidersWord(row)) return whoIf.published;
  if (whoIf.unproved && row.main && !row.proof) return whoIf.unproved;
  return who;
}

function settledBy({ id }, row, known) {
  const cause = row.findings.find(
    (other) => followsFrom(id).includes(other.id) && policyOf(other.id).settles,
  );
  return cause ? known.get(cause.id) : null;
}

/** The findings of a row that are shown: what only follows from another is left out. */
export function shownFindings(row) {
  const ids = row.findings.map(({ id }) => id);
  return row.findings.filter(({ id }) => !followsFrom(id).some((cause) => ids.includes(cause)));
}

/** A cause is as weighty as the weightiest of what follows from it. */
export function withFollowers(finding, row, known) {
  const followers = row.findings.filter(({ id }) => followsFrom(id).includes(finding.id));
  const heavier = (a, b) => STATUSES.indexOf(b.status) < STATUSES.indexOf(a.status);
  return followers
    .map((follower) => severityOf(follower, row, known))
    .reduce(
      (most, next) =>
        heavier(most, next) ? { ...most, status: next.status, act: next.act } : most,
      severityOf(finding, row, known),
    );
}

/** The findings that it only follows from. */
export function followsFrom(id) {
  return policyOf(id).hiddenBy ?? [];
}
