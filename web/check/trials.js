/**
 * Tries the settings that somebody copied from a mail app: first exactly as they are, then, once the
 * check of the domain has told what it found, the nearest ones that could be right. The conversations
 * are those of scan.js.
 */
import { scan } from '../scan/scan.js';
import { serviceFor, worthTrying } from '../verdict/app-settings-verdict.js';

/** Further conversations for one side: the other security, and the usual port of each. */
const TRY_LIMIT = 3;

/**
 * @param {object} options besides these, what scan() needs: core, known, openSocket, sockets …
 * @param {import('../input/read-app-settings.js').AppSettings} options.settings
 * @param {object} options.tables
 * @param {object} options.discovery what discover() returned
 * @param {Promise<object[]>} options.scanned the outcomes of the whole check
 * @param {AbortSignal} options.signal
 * @returns {Promise<{exact: object|null, further: object[]}>} outcomes as scan() has them; `exact`
 *   is null where the bridge has no way to the port
 */
export async function tryAppSettings({ settings, tables, discovery, scanned, signal, ...how }) {
  const { server } = settings;
  const own = settings.ip ? literal(server) : await discovery.addresses(server);
  const candidate = { host: server, source: 'typed', ...own };
  const addresses = async (host) => (host === server ? own : discovery.addresses(host));
  const hold = async (portAndMode) => {
    const service = serviceFor(tables.services, settings, portAndMode);
    const plan = {
      service,
      candidates: [candidate],
      undecided: () => false,
      elsewhere: [],
      declared: false,
      finding: null,
    };
    const [outcome] = await scan({
      ...how,
      tables: { ...tables, services: [service] },
      discovery: { ...discovery, plans: new Map([[service.name, plan]]), addresses },
      signal,
    });
    return outcome;
  };

  const testable = tables.services.some(({ port }) => port === settings.port);
  const exact = testable ? await hold(settings) : null;
  const outcomes = await scanned;
  const vouching = await discovery.vouching.wholly();
  const list = signal.aborted
    ? []
    : worthTrying({ appSettings: settings, tables, exact, outcomes, vouching });
  return { exact, further: await Promise.all(list.slice(0, TRY_LIMIT).map(hold)) };
}

function literal(ip) {
  const v6 = ip.includes(':');
  return { v4: v6 ? [] : [ip], v6: v6 ? [ip] : [], finding: null };
}
