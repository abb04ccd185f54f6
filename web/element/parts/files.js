/** Files that are made of the settings, and what an administrator can publish. */
import { appleProfile } from '../../report/apple-profile.js';
import { autoconfig, srvLines } from '../../report/domain-files.js';
import { adminBody } from '../../view/admin.js';

/** @param {object} state the element's */
export function autoconfigOf({ domain, target, settings }) {
  return autoconfig({ domain, shown: target, settings });
}

export function profileOf({ settings, domain, target, mailbox }, description) {
  return appleProfile({ settings, domain, shown: target, mailbox, description });
}

export function adminView(context) {
  const { domain, settings } = context.state;
  return adminBody(context, srvLines(domain, settings));
}
