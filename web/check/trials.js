/**
 * Tries the settings that somebody typed: first exactly as they are, then, once the check of the
 * domain has told what it found, the nearest ones that could be right. The conversations are those
 * of scan.js.
 */
import { scan } from '../scan/scan.js';
import { serviceFor, worthTrying } from '../verdict/app-settings-verdict.js';

/** Further conversations for one side: the other security, and the usual port of each. */
const TRY_LIMIT = 3;

/**
 * @param {object} options
 * @param {import('../input/app-settings.js').TypedSide} options.typed
 * @param {object} options.tables
 * @param {object} options.discovery what discover() returned
 * @param {Promise<object[]>} options.scanned the outcomes of the whole check
 * @param {AbortSignal} options.signal
 * @param {object} options.means what scan() needs besides: core, known, openSocket, wallClock, gate
 * @returns {Promise<{exact: object|null, further: object[]}>} outcomes as scan() has them; `exact`
 *   is null where the bridge has no way to the typed port
 */
export async function tryTyped({ typed, tables, discovery, scanned, signal, means }) {
  const own = typed.ip ? literal(typed.server) : await discovery.addresses(typed.server);
  const candidate = { host: typed.server, source: 'typed', ...own };
  const addresses = async (host) => (host === typed.server ? own : discovery.addresses(host));
  const hold = async (settings) => {
    const service = serviceFor(tables.services, typed, settings);
    const plan = {
      service,
      candidates: [candidate],
      undecided: () => false,
      elsewhere: [],
      declared: false,
      finding: null,
    };
    const [outcome] = await scan({
      ...means,
      tables: { ...tables, services: [service] },
      discovery: { ...discovery, plans: new Map([[service.name, plan]]), addresses },
      signal,
    });
    return outcome;
  };

  const testable = tables.services.some(({ port }) => port === typed.port);
  const exact = testable ? await hold(typed) : null;
  const outcomes = await scanned;
  const vouching = await discovery.vouching.wholly();
  const list = signal.aborted ? [] : worthTrying({ typed, tables, exact, outcomes, vouching });
  return { exact, further: await Promise.all(list.slice(0, TRY_LIMIT).map(hold)) };
}

function literal(ip) {
  const v6 = ip.includes(':');
  return { v4: v6 ? [] : [ip], v6: v6 ? [ip] : [], finding: null };
}
