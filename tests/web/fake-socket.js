/** A WebSocket-like object without a network. Data comes one byte at a time, as noVNC's tests do. */

export class FakeSocket {
  sent = [];
  closedWith = null;
  readyState = 0;

  constructor(url = '') {
    this.url = url;
  }

  send(bytes) {
    if (this.readyState !== 1) throw new Error('send before the socket is open');
    this.sent.push(bytes);
    this.onSend?.(bytes);
  }

  close(code) {
    this.closedWith ??= code;
    this.readyState = 3;
  }

  open() {
    this.readyState = 1;
    this.onopen?.({});
  }

  /** The bridge's one text frame. */
  status(ip = '192.0.2.10', connect_ms = 12.3, local = undefined) {
    if (this.readyState === 0) this.open();
    this.onmessage?.({ data: JSON.stringify({ ip, connect_ms, local }) });
  }

  text(data) {
    this.onmessage?.({ data });
  }

  /** Bytes from the server, one message for each. */
  deliver(bytes) {
    for (const byte of bytes) this.onmessage?.({ data: new Uint8Array([byte]).buffer });
  }

  deliverWhole(bytes) {
    this.onmessage?.({ data: new Uint8Array(bytes).buffer });
  }

  /** The bridge closes. */
  end(code, reason = '') {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
}

/** Everything that was sent, as text. */
export function sentText(socket) {
  return socket.sent.map((bytes) => Buffer.from(bytes).toString()).join('');
}
