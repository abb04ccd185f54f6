/** What a finding weighs on the port it was made on, and which findings only follow from others. Pure. */
import { STATUSES } from '../scan/evidence.js';
import { policyOf } from './findings.js';

/** The table row of a finding as it weighs on this port. */
export function severityOf(finding, row, known) {
  const base = known.get(finding.id);
  if (!base) return { status: 'not-tested', act: 'none', who: [] };
  const { status, act, who } = base;
  if (row.service.direction === 'relay') {
    if (base.dispensable) return { status, act: 'none', who };
    if (base.tolerated && act === 'fix') return { status, act: 'aware', who };
  }
  return { status, act, who };
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

function followsFrom(id) {
  return policyOf(id).hiddenBy ?? [];
}
