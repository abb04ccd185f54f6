/**
 * What a bridge has found out about its own network: whether its resolver can be relied upon, and through
 * which ports it gets out. README.md, "What the first message says".
 */
import { complainOfBridge } from './complaint.js';

/** It tests every five minutes; what is older tells nothing of today. */
const OLDEST_S = 900;
/** There are seven mail ports. */
const MOST_PORTS = 16;
const RESOLVER = ['ok', 'failed', 'invents'];
const PORT = /^[1-9]\d{0,4}$/;
/** `ok`, or the id of a close. */
const HOW = /^[a-z][a-z-]{0,39}$/;

/**
 * @typedef {{resolver: 'ok'|'failed'|'invents'|null, ports: Map<number, string>}} SelfTest `resolver`:
 *   null where it was not tested, `failed` where it does not tell what there is, `invents` where it tells what
 *   there is not; `ports`: `ok`, or how a server failed that is known to work
 */

/**
 * @param {unknown} raw
 * @returns {SelfTest|null} null where there is none, or none to rely upon
 */
export function readSelfTest(raw) {
  if (raw === undefined || raw === null) return null;
  if (typeof raw !== 'object' || Array.isArray(raw)) {
    complainOfBridge('tested', raw, 'an object');
    return null;
  }
  const { seconds_ago: ago, resolver = null, ports = {} } = raw;
  if (!Number.isFinite(ago) || ago < 0) {
    complainOfBridge('tested.seconds_ago', ago, 'a number of seconds');
    return null;
  }
  return ago > OLDEST_S ? null : { resolver: readResolver(resolver), ports: readPorts(ports) };
}

function readResolver(resolver) {
  if (resolver === null || RESOLVER.includes(resolver)) return resolver;
  complainOfBridge('tested.resolver', resolver, RESOLVER.join(', '));
  return null;
}

function readPorts(ports) {
  if (typeof ports !== 'object' || ports === null || Array.isArray(ports)) {
    complainOfBridge('tested.ports', ports, 'an object');
    return new Map();
  }
  const found = new Map();
  for (const [port, how] of Object.entries(ports).slice(0, MOST_PORTS)) {
    if (PORT.test(port) && typeof how === 'string' && HOW.test(how)) found.set(Number(port), how);
    else complainOfBridge(`tested.ports["${port.slice(0, 10)}"]`, how, '"ok" or the id of a close');
  }
  return found;
}
