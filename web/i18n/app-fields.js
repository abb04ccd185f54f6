/**
 * The fields of one app's account form, in its own words and order. Pure.
 * @param {string} app one of APPS
 * @param {'incoming'|'outgoing'} side
 * @param {object} setting as proveSettings() has it
 * @param {object} words the locale's `apps` words
 * @param {string} [user] the user name to type, as far as it is known; it stays in the page
 * @returns {Array<{id: string, label: string, value: string, copy: boolean}>}
 */
export function fieldsFor(app, side, setting, words, user) {
  const { labels, security, authentication, username } = words[app];
  // Where an app asks differently for outgoing mail, or not at all, each side has its own words.
  const own = (text) => (typeof text === 'object' ? text[side] : text);
  const kind = setting.authentication === 'password' && setting.appPassword ? 'app-password' : null;
  const value = {
    protocol: setting.protocol.toUpperCase(),
    server: setting.server,
    port: String(setting.port),
    security: security[setting.security],
    authentication: own(authentication?.[kind] ?? authentication?.[setting.authentication]),
    username: user ?? username[setting.username],
  };
  const copied = { server: true, port: true, username: Boolean(user) };
  return Object.keys(labels)
    .map((id) => ({ id, label: own(labels[id]), value: value[id], copy: copied[id] ?? false }))
    .filter(({ label, value: text }) => label && text)
    .map((field) => ({ ...field, label: field.label.replace('{protocol}', value.protocol) }));
}
