import { connect } from 'node:net';

/** Sends bytes over a connection of its own and gives all that comes back until the server closes it. */
export function rawRequest(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => (received += text));
    socket.on('close', () => resolve(received)).on('error', reject);
    socket.write(bytes);
  });
}

/** A request as it goes over the wire, with the headers in this order and the connection closed after it. */
export function wire(requestLine: string, headers: readonly string[], body = ''): string {
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  return [`${requestLine} HTTP/1.1`, ...headers, ...length, 'Connection: close', '', body].join('\r\n');
}
