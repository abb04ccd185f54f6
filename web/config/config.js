/** The operator's config.json, read with care: a mistake in it names the key. */

const KEYS = ['bridges', 'anchors', 'preset', 'examples'];

/**
 * @param {unknown} raw the parsed file
 * @returns {{bridges: Array<{name: string, url: string, ticket: string|null}>, anchors: string[], preset: unknown,
 *   examples: Array<{domain: string, label: string}>}}
 * @throws {Error}
 */
export function readConfig(raw) {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new Error('config.json: expected an object');
  }
  for (const key of Object.keys(raw)) {
    if (!KEYS.includes(key)) throw new Error(`config.json: unknown key "${key}"`);
  }
  const { bridges = [], anchors = [], preset = null, examples = [] } = raw;
  const list = (value, key) => {
    if (!Array.isArray(value)) throw new Error(`config.json: "${key}" must be a list`);
    return value;
  };
  return {
    bridges: list(bridges, 'bridges').map((bridge, index) => {
      if (typeof bridge?.url !== 'string') {
        throw new Error(`config.json: "bridges[${index}].url" must be a string`);
      }
      if (!['string', 'undefined'].includes(typeof bridge.ticket)) {
        throw new Error(`config.json: "bridges[${index}].ticket" must be a string`);
      }
      const { name, url, ticket = null } = bridge;
      return { name: typeof name === 'string' ? name : '', url, ticket };
    }),
    anchors: list(anchors, 'anchors').map((file, index) => {
      if (typeof file !== 'string')
        throw new Error(`config.json: "anchors[${index}]" must be a string`);
      return file;
    }),
    preset,
    examples: list(examples, 'examples').map((example, index) => {
      const { domain, label = domain } =
        typeof example === 'string' ? { domain: example } : (example ?? {});
      if (typeof domain !== 'string' || typeof label !== 'string') {
        throw new Error(`config.json: "examples[${index}]" must be a domain, or {domain, label}`);
      }
      return { domain, label };
    }),
  };
}
