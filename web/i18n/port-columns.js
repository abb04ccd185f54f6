/** The table of the ports: its columns and what stands in them, for the page and for its plain HTML. */

/** Keys of the locale's `table` words. */
export const PORT_COLUMNS = ['port', 'protocol', 'encryption', 'direction', 'use'];

/**
 * @param {object} service row of the table
 * @param {object} words what createWords() returned
 * @returns {Record<string, string>} a text for each of PORT_COLUMNS
 */
export function portCells({ name, port, protocol, mode, direction }, words) {
  return {
    port: String(port),
    protocol: protocol.toUpperCase(),
    encryption: words.say(`mode.${mode}`),
    direction: words.say(`direction.${direction}`),
    use: words.say(`services.${name}`),
  };
}
