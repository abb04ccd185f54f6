/**
 * What the page concludes from several conversations: one row for each verdict, in the shape of the
 * findings table. Ids are stable for ever and never reused. The words live in locales/.
 */
export const VERDICTS = [
  // Settled before any connection.
  { id: 'no-published-settings', status: 'not-tested', act: 'aware', who: ['you', 'provider'] },
  { id: 'no-server-known', status: 'not-tested', act: 'none', who: [] },
  { id: 'mail-not-accepted', status: 'not-offered', act: 'aware', who: ['you', 'provider'] },
  { id: 'declared-not-offered', status: 'not-offered', act: 'none', who: [] },
  { id: 'name-servers-failed', status: 'not-tested', act: 'aware', who: ['provider'] },
  { id: 'published-on-other-port', status: 'not-tested', act: 'aware', who: ['you'] },
  { id: 'provider-without-ports', status: 'not-offered', act: 'aware', who: ['you'] },
  { id: 'not-this-provider', status: 'not-tested', act: 'aware', who: ['you'] },
  { id: 'check-stopped', status: 'not-tested', act: 'none', who: [] },

  // Settled by comparing ports, names and addresses.
  { id: 'port-25-blocked', status: 'blocked', act: 'none', who: [] },
  { id: 'older-port-off', status: 'not-offered', act: 'none', who: [] },
  { id: 'refused-everywhere', status: 'not-offered', act: 'fix', who: ['you'] },
  { id: 'served-by-other-name', status: 'broken', act: 'fix', who: ['you'] },
  { id: 'address-differs', status: 'works-but', act: 'aware', who: ['provider'] },
  { id: 'ipv6-broken', status: 'works-but', act: 'aware', who: ['provider'] },
  { id: 'ipv6-unproved', status: 'works', act: 'aware', who: ['provider', 'network'] },
];
