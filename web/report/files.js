/** Files that are made in the page from the proved settings, and what an administrator can publish. Pure. */
import { isHandheld } from '../verdict/app-steps.js';
import { PROFILE_TYPE, appleProfile, fitsProfile } from './apple-profile.js';
import { AUTOCONFIG_NAME, AUTOCONFIG_TYPE, autoconfig, lacking, srvLines } from './domain-files.js';

/** Apps of Apple's devices, which read configuration profiles. */
const PROFILE_APPS = ['apple', 'ios'];

/**
 * @typedef {{name: string, type: string, text: (description?: string) => string}} File
 *
 * @param {object} state the element's
 * @returns {{autoconfig: File|null, profile: File|null, tokenOnly: boolean,
 *   admin: {records: string|null, autoconfig: File|null, url: string}|null}} `autoconfig` and `profile`
 *   are what the chosen app can read, made when `text` is called; `tokenOnly`: it reads profiles, and they
 *   know no OAuth2; `admin`: what the domain does not publish yet, null where that is nothing
 */
export function filesOf(state) {
  const { settings, app, domain, target, saved, mailbox, platform } = state;
  const both = saved === null && settings.incoming && settings.outgoing;
  const configuration = {
    name: AUTOCONFIG_NAME,
    type: AUTOCONFIG_TYPE,
    text: () => autoconfig({ domain, shown: target, settings }),
  };
  const profile = {
    name: `${domain}.mobileconfig`,
    type: PROFILE_TYPE,
    text: (description) => appleProfile({ settings, domain, shown: target, mailbox, description }),
  };
  const readsProfiles = both && PROFILE_APPS.includes(app);
  const fits = fitsProfile(settings);
  const lacks = lacking(state);
  return {
    autoconfig: both && app === 'thunderbird' && !isHandheld(platform) ? configuration : null,
    profile: readsProfiles && fits ? profile : null,
    tokenOnly: Boolean(readsProfiles && !fits),
    admin:
      lacks.srv || lacks.autoconfig
        ? {
            records: lacks.srv ? srvLines(domain, settings) : null,
            autoconfig: lacks.autoconfig ? configuration : null,
            url: `https://autoconfig.${domain}/mail/${AUTOCONFIG_NAME}`,
          }
        : null,
  };
}
