/**
 * Which files can be made in the page from the proved settings, and what an administrator can publish. Pure. What is in
 * them is made when somebody wants it: apple-profile.js, domain-files.js.
 */
import { isHandheld } from '../verdict/app-steps.js';

const AUTOCONFIG_NAME = 'config-v1.1.xml';
const AUTOCONFIG_TYPE = 'application/xml';
const PROFILE_TYPE = 'application/x-apple-aspen-config';
/** Apps of Apple's devices, which read configuration profiles. */
const PROFILE_APPS = ['apple', 'ios'];

/**
 * @typedef {{name: string, type: string}} File
 *
 * @param {object} state the element's
 * @returns {{autoconfig: File|null, profile: File|null, tokenOnly: boolean,
 *   admin: {records: boolean, autoconfig: File|null, url: string}|null}} `autoconfig` and `profile`
 *   are what the chosen app can read; `tokenOnly`: it reads profiles, and they know no OAuth2; `admin`: what the
 *   domain does not publish yet, null where that is nothing; `records`: its SRV records are lacking
 */
export function filesOf(state) {
  const { settings, app, domain, saved, platform } = state;
  const both = saved === null && settings.incoming && settings.outgoing;
  const configuration = { name: AUTOCONFIG_NAME, type: AUTOCONFIG_TYPE };
  const profile = { name: `${domain}.mobileconfig`, type: PROFILE_TYPE };
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
            records: lacks.srv,
            autoconfig: lacks.autoconfig ? configuration : null,
            url: `https://autoconfig.${domain}/mail/${AUTOCONFIG_NAME}`,
          }
        : null,
  };
}

/**
 * What the domain lacks and its administrator could add.
 * @param {object} options
 * @param {object|null} options.summary of the discovery
 * @param {{incoming: object|null, outgoing: object|null}} options.settings
 * @returns {{srv: boolean, autoconfig: boolean}} nothing is lacking as long as nothing is proved, or
 *   where we could not learn what there is; a provider's own domain is not its users' to mend
 */
export function lacking({ summary, settings }) {
  const proved = [settings.incoming, settings.outgoing].every((setting) => setting?.vouched);
  const theirs = proved && summary !== null && !summary.own;
  return {
    srv: theirs && summary.published === false,
    autoconfig: theirs && summary.autoconfig === false,
  };
}

/**
 * Whether a profile can hold these settings: it needs both sides, each with a server that somebody
 * vouches for, and knows no OAuth2.
 * @param {{incoming: object|null, outgoing: object|null}} settings
 */
export function fitsProfile({ incoming, outgoing }) {
  return [incoming, outgoing].every(
    (setting) => setting?.vouched && setting.authentication === 'password',
  );
}
