/**
 * What every conversation of the page is begun with, as core.js takes it. The answer to the last command is not waited
 * for: converse() gives the server the time to send it.
 * @param {{name: string, port: number}} service
 * @param {string} mode
 * @param {{host: string, address: string}} server
 * @param {{wallClock: () => number, clientName?: string}} how
 */
export function probeOptions(service, mode, { host, address }, { wallClock, clientName }) {
  return {
    service: service.name,
    mode,
    serverName: host,
    address,
    port: service.port,
    time: wallClock(),
    clientName,
    leaveUnanswered: true,
  };
}
